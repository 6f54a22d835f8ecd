"""Reads what Telegram delivers: an Update of the Bot API becomes what a user did, or nothing."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from widget.channels.channel import Incoming, UnreadableUpdateError

# Which kinds of Update are asked for, when a webhook is set and when events are fetched.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
# A callback's data may have 64 bytes; a longer payload stands under a key, after this letter.
KEY_MARK = "#"
_CANNOT = {
    "voice": ("voice", "audio", "video_note"),
    "picture": ("photo", "video", "animation", "sticker", "document"),
    "other": ("contact", "poll", "dice", "game", "story", "paid_media", "checklist"),
}
_GROUPS = {"group", "supergroup"}


class _User(BaseModel):
    id: int
    is_bot: bool = False
    language_code: str | None = None


class _Chat(BaseModel):
    id: int
    type: str


class _Location(BaseModel):
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class _Message(BaseModel):
    date: int = Field(ge=0, le=2**40)
    edit_date: int | None = Field(default=None, ge=0, le=2**40)
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str | None = None
    location: _Location | None = None
    media_group_id: str | None = None


class _Callback(BaseModel):
    id: str
    sender: _User = Field(alias="from")
    data: str | None = None


class _Member(BaseModel):
    status: str


class _Membership(BaseModel):
    chat: _Chat
    sender: _User = Field(alias="from")
    date: int = Field(ge=0, le=2**40)
    new_chat_member: _Member


def read_body(body: bytes, button: Callable[[str], str | None]) -> list[Incoming]:
    """Return what the one Update of a webhook's body says.

    Args:
        button: Returns the payload of a long button's key, or None for an unknown one.

    Raises:
        UnreadableUpdateError: The body holds no Update.
    """
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableUpdateError("no JSON") from error
    incoming = read_update(update, button)
    return [] if incoming is None else [incoming]


def read_update(update: Any, button: Callable[[str], str | None]) -> Incoming | None:
    """Return what an Update says; None where it needs no answer.

    Raises:
        UnreadableUpdateError: It is no Update.
    """
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > 2**62:
        raise UnreadableUpdateError("no Update")
    for kind, read in _READERS.items():
        if isinstance(update.get(kind), dict):
            try:
                return read(str(number), update[kind], button)
            except ValidationError as error:
                raise UnreadableUpdateError("an Update of another form") from error
    return None


def _message(number: str, raw: Mapping[str, Any], _: Callable[[str], str | None]) -> Incoming | None:
    message = _Message.model_validate(raw)
    sender = message.sender
    if sender is None or sender.is_bot:
        return None
    text = message.text or message.caption
    if message.chat.type in _GROUPS:
        # A bot may read everything in a group; only what is meant for bots is answered.
        meant = bool(text and text.startswith("/"))
        return _incoming(number, message, kind="group", user=message.chat.id) if meant else None
    if message.chat.type != "private":
        return None
    if text:
        return _incoming(number, message, kind="text", text=text)
    if message.location is not None:
        # As the page does: about a hundred metres are near enough.
        return _incoming(number, message, kind="location", text=_position(message.location))
    cannot = next((name for name, keys in _CANNOT.items() if any(key in raw for key in keys)), None)
    if cannot is None:
        return None  # a message about the chat itself
    # Of an album of pictures one is answered.
    number = f"album {message.media_group_id[:100]}" if message.media_group_id else number
    return _incoming(number, message, kind="unreadable", text=cannot)


def _edited(number: str, raw: Mapping[str, Any], button: Callable[[str], str | None]) -> Incoming | None:
    """Return a corrected text as a new one; a location that moves on is none."""
    return _message(number, raw, button) if "text" in raw else None


def _callback(number: str, raw: Mapping[str, Any], button: Callable[[str], str | None]) -> Incoming | None:
    pressed = _Callback.model_validate(raw)
    data = pressed.data
    if not data or pressed.sender.is_bot:
        return None
    payload = button(data.removeprefix(KEY_MARK)) if data.startswith(KEY_MARK) else data
    return Incoming(
        update_id=number, user=str(pressed.sender.id), kind="button" if payload else "unreadable", text=payload or "old button",
        language=_language(pressed.sender), handle=pressed.id,
    )  # fmt: skip


def _membership(number: str, raw: Mapping[str, Any], _: Callable[[str], str | None]) -> Incoming | None:
    change = _Membership.model_validate(raw)
    status, chat = change.new_chat_member.status, change.chat
    kind = None
    if chat.type == "private" and status == "kicked":
        kind = "gone"
    if chat.type in _GROUPS and status in {"member", "administrator"}:
        kind = "group"
    if kind is None:
        return None
    return Incoming(
        update_id=number, user=str(chat.id), kind="gone" if kind == "gone" else "group", sent_at=_moment(change.date),
        language=_language(change.sender),
    )  # fmt: skip


def _incoming(number: str, message: _Message, *, kind: Any, text: str = "", user: int | None = None) -> Incoming:
    assert message.sender is not None
    return Incoming(
        update_id=number, user=str(user or message.sender.id), kind=kind, text=text, language=_language(message.sender),
        sent_at=_moment(message.edit_date or message.date),
    )  # fmt: skip


def _position(location: _Location) -> str:
    return f"{location.latitude:.3f},{location.longitude:.3f}"


def _language(user: _User) -> str | None:
    return user.language_code.partition("-")[0].lower()[:3] if user.language_code else None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(min(seconds, 2**33), UTC)


_READERS: Mapping[str, Callable[[str, Mapping[str, Any], Callable[[str], str | None]], Incoming | None]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _callback,
    "my_chat_member": _membership,
}
