"""Which language to answer in: that of the message, or that of the conversation where the message is too short to tell."""

import logging
from collections.abc import Callable
from typing import Protocol

from knowledge import written_language
from widget.texts import REPLY_LANGUAGES

_log = logging.getLogger(__name__)


class Identifier(Protocol):
    """Tells a message's language (ISO 639-1), or the default where it does not show."""

    def identify(self, text: str, *, default: str) -> str:
        """Return one of the ten languages."""
        ...


def reply_language(text: str, *, otherwise: str, identifier: Identifier) -> str:
    """Return the language of a message; Einfache Sprache stays until another language is written.

    Args:
        otherwise: The reply language to keep where the message does not tell; `de-simple` included.
    """
    plain = written_language(otherwise)
    found = identifier.identify(text, default=plain)
    return otherwise if found == plain else found


def first_known(*candidates: str | None) -> str:
    """Return the first candidate that is a reply language, else German."""
    return next((language for language in candidates if language in REPLY_LANGUAGES), "de") or "de"


def reliably(identify: Callable[[], str], *, otherwise: str) -> str:
    """Return a language, or another when what tells it is down: help in a crisis must never fail."""
    try:
        return identify()
    except Exception as error:
        _log.warning("language not identified: %s", type(error).__name__)
        return otherwise
