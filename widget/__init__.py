"""The public door: the gateway in front of Rasa and the search, and the page parents see."""

from widget.app import create_app

__all__ = ["create_app"]
