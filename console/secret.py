"""The secret that signs the console's links and forms: the server's own."""

from widget.secret import secret_key

__all__ = ["secret_key"]
