"""What WhatsApp's Cloud API and Messenger share: the signature of Meta's webhooks, and the question by which it knows an address."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from widget.channels.channel import UnreadableUpdateError

_LONGEST_CHALLENGE = 256
_LONGEST_ID = 200
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def is_signed(body: bytes, signature: str | None, app_secret: str) -> bool:
    """Return whether a webhook's raw body carries Meta's signature of it (`X-Hub-Signature-256: sha256=<hex>`)."""
    if not app_secret or not signature:
        return False
    expected = "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))


def challenge(query: Mapping[str, str], verify_token: str) -> str | None:
    """Return what Meta wants to hear when a person enters our address there (a number), or None for anybody else.

    Args:
        query: `hub.mode`, `hub.verify_token` and `hub.challenge` of the address.
        verify_token: What was entered beside the address.
    """
    asked = query.get("hub.challenge", "")
    is_meta = bool(verify_token) and hmac.compare_digest(
        verify_token.encode(), query.get("hub.verify_token", "").encode(errors="replace")
    )
    # Nothing but letters and digits goes back, so that nobody can have our address show a page of theirs.
    fits = asked.isascii() and asked.isalnum() and len(asked) <= _LONGEST_CHALLENGE
    return asked if is_meta and query.get("hub.mode") == "subscribe" and fits else None


def entries(body: bytes, *, of: str) -> list[dict[str, Any]]:
    """Return the entries of a webhook's batch, none where it concerns something else than `of`.

    Raises:
        UnreadableUpdateError: The body is not in Meta's form.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("entry"), list):
        raise UnreadableUpdateError("no object with entries")
    return objects(content["entry"]) if content.get("object") == of else []


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in what should be a list of them."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def known_id(event_id: str) -> str:
    """Return an event's id as the store takes it; a very long one by its digest."""
    if len(event_id) <= _LONGEST_ID:
        return event_id
    return f"long {hashlib.blake2b(event_id.encode(errors='replace'), digest_size=32).hexdigest()}"


def words_in(value: Any, *path: str) -> str:
    """Return the text at a path in nested objects, empty where there is none; without what no database takes."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return _UNSTORABLE.sub("", value) if isinstance(value, str) else ""
