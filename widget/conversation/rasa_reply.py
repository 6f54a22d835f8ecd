"""Reads what Rasa's REST channel answers: messages in the contract's shape, and what the gateway is to remember."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from widget.conversation.observing import Searched
from widget.texts import REPLY_LANGUAGES

Message = dict[str, Any]


class GarbledReplyError(Exception):
    """Rasa answered, but not in the shape of docs/dialogue.md."""


@dataclass(frozen=True, kw_only=True)
class AssistantReply:
    """One turn of the assistant: what is shown, what is remembered (None: nothing new), the language it changed to.

    `deletes` is True when the parent wants the conversation deleted, `question_left` when a question for an alliance was stored,
    `contact_asked` when it is asked where the answer is to go. `searched` is what came of the turn's search, None where there
    was none.
    """

    messages: list[Message]
    memory: Mapping[str, Any] | None = None
    language: str | None = None
    deletes: bool = False
    question_left: bool = False
    searched: Searched | None = None
    contact_asked: bool = False


@dataclass
class _Reading:
    messages: list[Message] = field(default_factory=list)
    memory: Mapping[str, Any] | None = None
    language: str | None = None
    deletes: bool = False
    question_left: bool = False
    searched: Searched | None = None
    contact_asked: bool = False


def read_reply(raw: Any) -> AssistantReply:
    """Return the reply in Rasa's list of messages.

    Raises:
        GarbledReplyError: It is no such list, or shows nothing.
    """
    if not isinstance(raw, list):
        raise GarbledReplyError("no list of messages")
    reading = _Reading()
    for part in raw:
        if not isinstance(part, dict):
            raise GarbledReplyError("a message that is no object")
        _read_part(part, reading)
    if not reading.messages:
        raise GarbledReplyError("nothing to show")
    return AssistantReply(
        messages=reading.messages, memory=reading.memory, language=reading.language, deletes=reading.deletes,
        question_left=reading.question_left, contact_asked=reading.contact_asked, searched=reading.searched,
    )  # fmt: skip


def _read_part(part: Mapping[str, Any], reading: _Reading) -> None:
    text, custom = part.get("text") or "", part.get("custom") or {}
    if not isinstance(text, str) or not isinstance(custom, dict):
        raise GarbledReplyError("a text or a custom part of another type")
    buttons = [_button(button) for button in _listed(part.get("buttons"))]
    if text or buttons:
        reading.messages.append({"text": text, "offerings": [], "buttons": buttons})
    offerings = [_offering(offering) for offering in _listed(custom.get("offerings"))]
    if offerings:
        # Cards stand under the text before them.
        if not reading.messages or reading.messages[-1]["offerings"]:
            reading.messages.append({"text": "", "offerings": [], "buttons": []})
        reading.messages[-1]["offerings"] = offerings
    if isinstance(custom.get("memory"), dict):
        reading.memory = custom["memory"]
    if isinstance(custom.get("search"), dict):
        reading.searched = _searched(custom["search"])
    if custom.get("language") in REPLY_LANGUAGES:
        reading.language = custom["language"]
    reading.deletes |= custom.get("delete_conversation") is True
    reading.question_left |= custom.get("question_left") is True
    reading.contact_asked |= custom.get("contact_asked") is True


def _searched(value: Mapping[str, Any]) -> Searched | None:
    """Return what came of a search; what is not in its form is not worth an answer, and counts as none."""
    answered, needs = value.get("answered"), value.get("needs")
    if not isinstance(answered, bool) or not isinstance(needs, dict):
        return None
    return Searched(
        answered=answered, needs={need: float(p) for need, p in needs.items() if isinstance(p, int | float)}
    )


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise GarbledReplyError("something else where a list stands")
    return value


def _button(value: Any) -> dict[str, str]:
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("title"), str)
        or not isinstance(value.get("payload"), str)
    ):
        raise GarbledReplyError("a button without title and payload")
    return {"title": value["title"], "payload": value["payload"]}


def _offering(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not isinstance(value.get("title"), str):
        raise GarbledReplyError("an offering without id and title")
    return value
