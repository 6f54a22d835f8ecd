"""An answer of an alliance's people goes back into the messenger in which the question was left."""

from collections.abc import Mapping
from typing import Any, Literal

from knowledge import Knowledge, Question
from widget.channels.channel import Channel, Showing
from widget.channels.texts import say
from widget.conversation.given_replies import Reply
from widget.conversation.own_answer import message

# The form of an e-mail address, so that all who read contacts can read this one; no mail can ever be sent to it (RFC 2606).
_HERE = "@chat.invalid"


Handover = Literal["sent", "no_messenger", "too_late"]
"""What became of an answer: "no_messenger" where it is turned off, or the parent has deleted the conversation; "too_late" where
the messenger takes it only for some time after the parent's last message, or not at this length."""


def contact_here(title: str) -> str:
    """Return the contact of a parent who waits for the answer in a messenger of that title."""
    return title.replace(" ", "_") + _HERE


def messenger_of(contact: str) -> str | None:
    """Return the title of the messenger in which an answer is awaited; None for an address or a number."""
    return contact.removesuffix(_HERE).replace("_", " ") if contact.endswith(_HERE) else None


def send_into_messenger(
    knowledge: Knowledge, channels: Mapping[str, Channel], question: Question, text: str, *, alliance: str
) -> Handover:
    """Put an answer with the alliance's own words into the box of what is to be sent, behind what waits there."""
    there = knowledge.channel_notes.address(question.conversation)
    channel = channels.get(there.channel) if there else None
    if there is None or channel is None:
        return "no_messenger"
    messages = _rendered(channel, question, text, alliance)
    if not messages:
        return "too_late"
    knowledge.channel_messages.put(
        channel=there.channel, user=question.conversation, address=there.address, messages=messages
    )
    return "sent"


def foreseen(knowledge: Knowledge, channels: Mapping[str, Channel], question: Question) -> Handover:
    """Return what would become of a short answer now, so that nobody need write one in vain."""
    there = knowledge.channel_notes.address(question.conversation)
    channel = channels.get(there.channel) if there else None
    if channel is None:
        return "no_messenger"
    return "sent" if _rendered(channel, question, "…", "…") else "too_late"


def _rendered(channel: Channel, question: Question, text: str, alliance: str) -> list[Mapping[str, Any]]:
    """Return an answer as the messenger shows it; empty where it takes none now."""
    heading = say(question.language, "answer_from", alliance=alliance, number=str(question.id))
    messages = [message(f"{heading}\n\n{text}")]
    reply = Reply(conversation=question.conversation, language=question.language, messages=messages, by="people")
    return [one.content for one in channel.render(Showing(reply=reply))]
