"""Turns texts into vectors of one space, so that what means the same lies close together."""

from knowledge.encoder.encoders import Encoder, HubEncoder, StaticEncoder, load_encoder

__all__ = ["Encoder", "HubEncoder", "StaticEncoder", "load_encoder"]
