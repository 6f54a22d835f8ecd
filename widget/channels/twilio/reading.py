"""What Twilio delivers: one message a request, as a form."""

import re
from collections.abc import Mapping, Sequence

from widget.channels.channel import Incoming, Kind, UnreadableUpdateError
from widget.channels.positions import position_of
from widget.channels.twilio.signature import form_fields

# Field names and values stand side by side under the signature, without a mark between them: exact forms keep what was signed
# from being cut anew.
_MESSAGE_ID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_USER = re.compile(r"whatsapp:\+[1-9]\d{5,14}")
_ERROR = re.compile(r"\d{4,6}")
_FAILED = frozenset({"failed", "undelivered"})


def read_form(body: bytes) -> dict[str, str]:
    """Return the fields of a delivery.

    Raises:
        UnreadableUpdateError: It is no form, or names a field twice.
    """
    fields = form_fields(body)
    if not fields or len({name for name, _ in fields}) != len(fields):
        raise UnreadableUpdateError("no form")
    return dict(fields)


def read_message(form: Mapping[str, str], *, account: str, number: str) -> Incoming | None:
    """Return what a user did; None for what is not a message to our number."""
    message_id, user = form.get("MessageSid", ""), form.get("From", "")
    ours = form.get("AccountSid") == account and form.get("To") == f"whatsapp:{number}"
    if not ours or "MessageStatus" in form or not _MESSAGE_ID.fullmatch(message_id) or not _USER.fullmatch(user):
        return None
    kind, text = _read(form)
    return Incoming(update_id=message_id, user=user, kind=kind, text=text)


def read_failure(form: Mapping[str, str]) -> int | None:
    """Return the error code of a message that could not be delivered, 0 where Twilio does not tell; None for all else."""
    if form.get("MessageStatus") not in _FAILED:
        return None
    code = form.get("ErrorCode", "")
    return int(code) if _ERROR.fullmatch(code) else 0


def choice_meant(text: str, payloads: Sequence[str]) -> str | None:
    """Return the payload whose number a text is, or None."""
    number = re.fullmatch(r"(\d{1,2})[.)]?", text.strip())  # \d: digits of every script
    place = int(number[1]) if number else 0
    return payloads[place - 1] if 1 <= place <= len(payloads) else None


def _read(form: Mapping[str, str]) -> tuple[Kind, str]:
    where = position_of(form.get("Latitude"), form.get("Longitude"))
    if where:
        return "location", where
    if form.get("ButtonPayload", "").startswith("/"):
        return "button", form["ButtonPayload"]
    if form.get("Body", "").strip():
        return "text", form["Body"]
    media = form.get("MediaContentType0", "")
    if media.startswith("audio/"):
        return "unreadable", "voice"
    return "unreadable", "picture" if media else "other"
