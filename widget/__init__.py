"""The public door: gateway, chat page and open data, in one Flask application.

The application is imported when first used (PEP 562), so that its settings and the crisis layer can be had without it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from widget.app import create_app as create_app

__all__ = ["create_app"]  # by __getattr__


def __getattr__(name: str) -> object:
    if name != "create_app":
        raise AttributeError(f"module 'widget' has no attribute {name!r}")
    from widget.app import create_app

    return create_app
