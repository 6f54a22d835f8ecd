"""A dated offering as a calendar entry: whole days, for a parent's own calendar."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from icalendar.enums import TRANSP

from widget.cards.display import display, postal_address

_PRODUCT = "-//Buendnislotse//DE"


def calendar_of(card: Mapping[str, Any], *, language: str, url: str) -> bytes | None:
    """Return an iCalendar file (RFC 5545) with the days of a card, or None for a card without a first day.

    Args:
        language: The reply language of its text.
        url: Absolute address of the offering's page.
    """
    if not card["valid_from"]:
        return None
    first = date.fromisoformat(card["valid_from"])
    last = date.fromisoformat(card["valid_to"] or card["valid_from"])
    entry = Event.new(
        uid=f"{card['id']}@{urlsplit(url).hostname}",  # the same each time: an entry taken again replaces the old one
        summary=card["title"],
        start=first,
        end=last + timedelta(days=1),  # the first day that is no longer in it
        location=postal_address(card) or None,
        description="\n".join(_told(card, language)),
        url=url,
        transparency=TRANSP.TRANSPARENT,  # a holiday programme does not fill a parent's day
    )
    return bytes(Calendar.new(prodid=_PRODUCT, subcomponents=[entry]).to_ical())


def _told(card: Mapping[str, Any], language: str) -> list[str]:
    shown = display(card, language)
    contact = [action for action in shown["actions"] if action["kind"] == "phone"]
    return [f"{one['label']}: {one['text']}" for one in [*shown["facts"], *contact]]
