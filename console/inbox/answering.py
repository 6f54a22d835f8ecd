"""An answer to a parent's question, by mail; `widget.channels.handover` has that by a messenger."""

import logging
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from console.texts import say
from knowledge import Alliance, Question
from widget.announcing import UnsafeMailServerError, connected
from widget.channels.handover import messenger_of
from widget.settings import MailSettings

_log = logging.getLogger(__name__)


def is_mail_address(contact: str) -> bool:
    """Return whether a contact is an e-mail address that a mail can be sent to; else it is a phone number or a messenger."""
    try:
        return (
            "@" in contact
            and messenger_of(contact) is None
            and bool(Address(addr_spec=contact).domain)
            and contact.isprintable()
        )
    except (ValueError, IndexError, MessageError):
        return False


def send_answer(question: Question, text: str, alliance: Alliance, mail: MailSettings) -> bool:
    """Mail an answer with the alliance's own words alone, and return whether the mail server took it."""
    message = EmailMessage()
    message["Subject"] = say("de", "answer_subject", id=question.id)
    message["From"] = Address(display_name=alliance.name, addr_spec=mail.sender)
    try:
        message["To"] = Address(addr_spec=question.contact)
        if alliance.email:
            message["Reply-To"] = Address(addr_spec=alliance.email)
        message.set_content(f"{text}\n\n-- \n{alliance.name}\n")
        with connected(mail) as server:
            server.send_message(message)
    except (OSError, ValueError, MessageError, UnsafeMailServerError) as error:
        _log.warning("the answer to question %d was not mailed: %s", question.id, type(error).__name__)
        return False
    return True
