"""The pages that parents see: chat, offerings, posters, and what other websites embed."""
