"""Trains what the knowledge base learns from: the encoder, the need model, the language model."""
