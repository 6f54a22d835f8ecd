"""What the console's views work with, wired once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import current_app

from knowledge import Knowledge
from widget.mail.postbox import Postbox
from widget.settings import WebSettings


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The console's collaborators.

    Attributes:
        key: Signs links and forms.
        reindex: To be called after each edit that parents can see.
        postbox: Where mails go out.
    """

    knowledge: Knowledge
    settings: WebSettings
    key: str = field(repr=False)
    reindex: Callable[[], None]
    postbox: Postbox


def parts() -> Parts:
    """Return the parts of the application that answers now."""
    found: Parts = current_app.extensions["console"]
    return found
