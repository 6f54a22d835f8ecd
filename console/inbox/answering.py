"""An answer to a parent's question, by mail; `widget.channels.handover` has that by a messenger."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from console.texts import say
from knowledge import Alliance, Question
from widget.channels.handover import messenger_of
from widget.mail.postbox import Postbox, send_one


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


def send_answer(question: Question, text: str, alliance: Alliance, postbox: Postbox) -> bool:
    """Mail an answer with the alliance's own words alone, and return whether the mail server took it."""
    message = EmailMessage()
    message["Subject"] = say("de", "answer_subject", id=question.id)
    message["From"] = Address(display_name=alliance.name, addr_spec=postbox.sender)
    try:
        message["To"] = Address(addr_spec=question.contact)
        if alliance.email:
            message["Reply-To"] = Address(addr_spec=alliance.email)
    except (ValueError, IndexError, MessageError):
        return False  # an address that no header may hold
    message.set_content(f"{text}\n\n-- \n{alliance.name}\n")
    return send_one(postbox, message)
