"""What Messenger delivers: messages, pressed buttons and followed links, in batches."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from widget.channels.channel import Incoming, Kind
from widget.channels.meta import entries, known_id, objects, words_in

# What the buttons of the page's menu send: the command, and the language in which the menu was read.
_MENU = re.compile(r"(/(?:start|help|language|stop)) lang=([a-z]{2})")
_ALLIANCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_USER = re.compile(r"\d{5,25}")

_Read = tuple[Kind, str, str | None]


def read_events(body: bytes) -> list[Incoming]:
    """Return what users did, in order; what our own page wrote, and what was only delivered or read, is left out.

    Raises:
        UnreadableUpdateError: The body is not in Meta's form.
    """
    return [
        incoming
        for entry in entries(body, of="page")
        for event in objects(entry.get("messaging"))
        if (incoming := _incoming(event)) is not None
    ]


def _incoming(event: dict[str, Any]) -> Incoming | None:
    user = words_in(event, "sender", "id")
    read = _read(event) if _USER.fullmatch(user) else None
    if read is None:
        return None
    kind, text, language = read
    event_id = words_in(event, "message", "mid") or words_in(event, "postback", "mid") or _made_id(event, user)
    return Incoming(
        update_id=known_id(event_id), user=user, kind=kind, text=text, language=language, sent_at=_sent_at(event)
    )


def _read(event: dict[str, Any]) -> _Read | None:
    """Return what kind of thing an event is to us, what it says, and the language of the menu that it was chosen from."""
    message, postback = event.get("message"), event.get("postback")
    if isinstance(message, dict):
        return _read_message(message)
    if isinstance(postback, dict):
        followed = words_in(postback, "referral", "ref")
        return _begun(followed) if followed else _pressed(words_in(postback, "payload"))
    followed = words_in(event, "referral", "ref")
    return _begun(followed) if followed else None


def _read_message(message: dict[str, Any]) -> _Read | None:
    if message.get("is_echo") or message.get("is_deleted"):
        return None
    if words_in(message, "quick_reply", "payload"):
        return _pressed(words_in(message, "quick_reply", "payload"))
    text = words_in(message, "text")
    if text.strip():
        return "text", text, None
    kinds = {words_in(one, "type") for one in objects(message.get("attachments"))}
    if not kinds:
        return "unreadable", "other", None
    if "audio" in kinds:
        return "unreadable", "voice", None
    return "unreadable", "picture" if kinds & {"image", "video", "file"} else "other", None


def _pressed(payload: str) -> _Read | None:
    of_menu = _MENU.fullmatch(payload)
    if of_menu:
        return "button", of_menu[1], of_menu[2]
    return ("button", payload, None) if payload else None


def _begun(alliance: str) -> _Read:
    """Return what following an alliance's link means (m.me/page?ref=alliance)."""
    return "button", f"/start {alliance}" if _ALLIANCE.fullmatch(alliance) else "/start", None


def menu_payload(command: str, language: str | None) -> str:
    """Return what a button of the page's menu sends."""
    return f"/{command} lang={language}" if language else f"/{command}"


def _made_id(event: dict[str, Any], user: str) -> str:
    """Return an id for an event to which Messenger gives none: another delivery of it gets the same one."""
    told = f"{user} {event.get('timestamp')} {sorted(event)}"
    return f"made {hashlib.blake2b(told.encode(errors='replace'), digest_size=18).hexdigest()}"


def _sent_at(event: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
