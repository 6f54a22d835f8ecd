"""Tells alliances by mail of the questions that parents left for them."""

import logging
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge import SIMPLE_GERMAN, Alliance, Knowledge, Question
from knowledge.reasons import language_name
from widget.channels.handover import messenger_of
from widget.mail.postbox import MailRefusedError, Postbox
from widget.texts import day, language_names

_log = logging.getLogger(__name__)
_SENTENCES = Path(__file__).with_name("mail.yml")


def announce_questions(knowledge: Knowledge, postbox: Postbox, *, public_url: str | None = None) -> bool:
    """Send one mail for each question that its alliance has not been told of, and return whether all were taken.

    An alliance without an address is told nothing; the console and `lotse inbox` show its questions.

    Args:
        public_url: Where coordinators reach the console; None: the mail names the command alone.

    Raises:
        PostboxAwayError: No mail can be sent now.
    """
    reachable = {alliance.id: alliance for alliance in knowledge.store.alliances() if alliance.email}
    waiting = [question for question in knowledge.questions.unannounced() if question.alliance in reachable]
    if not waiting:
        return True
    all_sent = True
    with postbox.opened() as counter:
        for question in waiting:
            alliance = reachable[question.alliance]
            try:
                counter.send(mail_about(question, alliance, sender=postbox.sender, public_url=public_url))
            except (MailRefusedError, ValueError) as error:
                # One mail that is not taken must not keep the others back.
                _log.warning("the mail about question %d was not sent: %s", question.id, type(error).__name__)
                all_sent = False
            else:
                knowledge.questions.mark_notified(question.id)
    return all_sent


def mail_about(question: Question, alliance: Alliance, *, sender: str, public_url: str | None = None) -> EmailMessage:
    """Return the mail about a question. What a parent wrote stands in its body alone, but for an address to reply to."""
    say = _sentences()
    mail = EmailMessage()
    mail["Subject"] = say["subject"].format(id=question.id)
    mail["From"] = Address(display_name=say["sender"], addr_spec=sender)
    mail["To"] = Address(addr_spec=alliance.email or "")
    reply_to = _address(question.contact)
    if reply_to is not None:
        mail["Reply-To"] = reply_to
    done = say["done_in_console"] if public_url else say["done_on_server"]
    mail.set_content(
        say["body"].format(
            id=question.id, alliance=alliance.name, asked_on=day("de", question.asked_at.date()),
            question=_quoted(question.text), contact=_named(question.contact, say), language=_language(question.language),
            delete_after=day("de", question.delete_after.date()),
            done=done.format(id=question.id, page=f"{public_url}/console/inbox/{question.id}").strip(),
        )
    )  # fmt: skip
    return mail


def _address(contact: str) -> Address | None:
    """Return a contact as an address to reply to; None for a phone number, a messenger, and for what no header may hold."""
    if messenger_of(contact) is not None:
        return None
    try:
        address = Address(addr_spec=contact)
    except (ValueError, IndexError, MessageError):
        return None
    return address if contact.isascii() and contact.isprintable() and address.domain else None


def _named(contact: str, say: Mapping[str, str]) -> str:
    messenger = messenger_of(contact)
    return contact if messenger is None else say["in_messenger"].format(messenger=messenger)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _language(code: str) -> str:
    return language_names()[code] if code == SIMPLE_GERMAN else language_name(code, "de")


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, str]:
    content: Mapping[str, str] = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    return content
