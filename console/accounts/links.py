"""Invitations and password resets: by mail where a mail server and the server's own address are set, else shown to be passed on."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from console.accounts.passwords import link_token
from console.parts import Parts, parts
from console.texts import say
from knowledge import Account
from widget.mail.postbox import send_one


def mails_go_out() -> bool:
    """Return whether links can be mailed. A mail's link must not follow what a request's Host header says."""
    return parts().postbox.delivers and parts().settings.public_url is not None


def link_for(key: str, account: Account, *, base_url: str) -> str:
    """Return the address at which an account's password is chosen, once."""
    return f"{base_url.rstrip('/')}/console/password/{link_token(key, account)}"


def mail_link(with_parts: Parts, account: Account) -> bool:
    """Mail an account its link, and return whether the mail server took it."""
    postbox, public_url = with_parts.postbox, with_parts.settings.public_url
    if not postbox.delivers or public_url is None:
        return False
    link = link_for(with_parts.key, account, base_url=public_url)
    kind = "reset" if account.password_hash else "invitation"
    mail = EmailMessage()
    mail["Subject"] = say(account.language, f"mail_{kind}_subject")
    mail["From"] = Address(display_name=say(account.language, "mail_sender"), addr_spec=postbox.sender)
    try:
        mail["To"] = Address(addr_spec=account.email)
    except (ValueError, IndexError, MessageError):
        return False  # an address that no header may hold
    mail.set_content(say(account.language, f"mail_{kind}", link=link))
    return send_one(postbox, mail)
