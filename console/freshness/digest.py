"""Reminders by mail: one a week for each alliance and recipient, with what should be looked at and links that need no sign-in."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.freshness.due import Reviewed, reviewed, why
from console.freshness.recipients import Recipient, recipients_of
from console.freshness.review_links import LASTS, review_token
from console.freshness.urgency import shown_lately, urgency
from console.parts import Parts
from console.texts import say, texts
from knowledge import Alliance
from widget.mail.postbox import send_one

_log = logging.getLogger(__name__)
_TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "console" / "mail"
# More would not be read; the console has them all.
_MOST = 12


def remind(of: Parts, *, now: datetime) -> bool:
    """Send the reminders whose time has come, and return whether all of them were taken.

    Each is claimed before it is sent, so that of several processes one sends it; one that was not taken is tried again later.
    """
    knowledge, public_url = of.knowledge, of.settings.public_url
    if public_url is None:
        return True  # its links could not lead here
    today, shown = knowledge.settings.current_date(), shown_lately(knowledge)
    due: dict[str, list[Reviewed]] = {}
    for one in reviewed(knowledge):
        if one.overdue_days(today) >= 0:
            due.setdefault(one.published.alliance, []).append(one)
    accounts, all_sent = knowledge.accounts.all(), True
    for alliance in knowledge.store.alliances():
        theirs = sorted(due.get(alliance.id, ()), key=lambda one: _rank(one, today, shown))
        for recipient in recipients_of(alliance, accounts) if theirs else ():
            number = knowledge.reminders.claim(alliance.id, recipient.email, now=now)
            if number is None:
                continue
            mail = _written(of, alliance, recipient, theirs, number, public_url)
            if mail is not None and send_one(of.postbox, mail):
                knowledge.reminders.mark_sent(alliance.id, recipient.email, number, now=now)
            else:
                all_sent = False
    return all_sent


def _rank(one: Reviewed, today: date, shown: Mapping[str, int]) -> tuple[float, str]:
    return -urgency(overdue_days=one.overdue_days(today), shown=shown.get(one.published.id, 0)), one.published.id


def _written(
    of: Parts, alliance: Alliance, recipient: Recipient, due: Sequence[Reviewed], number: int, public_url: str
) -> EmailMessage | None:
    """Return the mail, or None for an address that no header may hold. The same reminder has the same Message-ID."""
    language, said = recipient.language, texts(recipient.language)
    today = of.knowledge.settings.current_date()
    values: dict[str, Any] = {
        "t": said, "language": language, "alliance": alliance.name, "count": len(due), "days": LASTS.days,
        "offerings": [_shown(of, one, recipient, public_url, today) for one in due[:_MOST]],
        "more": len(due) - _MOST, "console": f"{public_url}/console/",
        "say": lambda key, **given: say(language, key, **given),
    }  # fmt: skip
    mail = EmailMessage()
    name = " ".join(alliance.name.split())  # a header takes no second line
    mail["Subject"] = say(language, "digest_subject", count=len(due), alliance=name)
    try:
        mail["From"] = Address(display_name=said["mail_sender"], addr_spec=of.postbox.sender)
        mail["To"] = Address(addr_spec=recipient.email)
    except (ValueError, IndexError, MessageError):
        _log.warning("a recipient of %s has an address that no mail can go to", alliance.id)
        return None
    host = urlsplit(public_url).hostname
    mail["Message-ID"] = f"<reminder.{alliance.id}.{recipient.stamp}.{number}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_template("digest.txt").render(values))
    mail.add_alternative(_template("digest.html").render(values), subtype="html")
    return mail


def _shown(of: Parts, one: Reviewed, recipient: Recipient, public_url: str, today: date) -> dict[str, str]:
    published, content = one.published, one.published.content
    token = review_token(of.key, published.id, published.version, recipient)
    return {
        "title": content["title"],
        "place": " ".join(filter(None, (content.get("postal_code"), content.get("city")))),
        "why": why(one, recipient.language, today),
        **{
            name: f"{public_url}/console/review/{name.replace('_', '-')}/{token}"
            for name in ("still_true", "change", "gone")
        },
    }


@lru_cache(maxsize=2)
def _template(name: str) -> Any:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=name.endswith(".html"), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)
