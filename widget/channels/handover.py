"""An answer of an alliance's people goes back into the messenger in which the question was left."""

from collections.abc import Mapping

from knowledge import Knowledge, Question
from widget.channels.channel import Channel, Showing
from widget.channels.texts import say
from widget.given_replies import Reply
from widget.own_answer import message

# The form of an e-mail address, so that all who read contacts can read this one; no mail can ever be sent to it (RFC 2606).
_HERE = "@chat.invalid"


def contact_here(title: str) -> str:
    """Return the contact of a parent who waits for the answer in a messenger of that title."""
    return title.replace(" ", "_") + _HERE


def messenger_of(contact: str) -> str | None:
    """Return the title of the messenger in which an answer is awaited; None for an address or a number."""
    return contact.removesuffix(_HERE).replace("_", " ") if contact.endswith(_HERE) else None


def send_into_messenger(
    knowledge: Knowledge, channels: Mapping[str, Channel], question: Question, text: str, *, alliance: str
) -> bool:
    """Put an answer with the alliance's own words into the box of what is to be sent, behind what waits there.

    Returns:
        False where the messenger is turned off, or the parent has deleted the conversation.
    """
    there = knowledge.channel_notes.address(question.conversation)
    channel = channels.get(there.channel) if there else None
    if there is None or channel is None:
        return False
    heading = say(question.language, "answer_from", alliance=alliance, number=str(question.id))
    reply = Reply(
        conversation=question.conversation, language=question.language, messages=[message(f"{heading}\n\n{text}")], by="people"
    )  # fmt: skip
    knowledge.channel_messages.put(
        channel=there.channel, user=question.conversation, address=there.address,
        messages=[one.content for one in channel.render(Showing(reply=reply))],
    )  # fmt: skip
    return True
