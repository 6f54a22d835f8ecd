"""Offerings that may be the same as one that is just being written."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from knowledge import Offering
from knowledge.text import fold_german

_MOST = 5
_FEWEST_DIGITS = 6


def likely_same(offering: Offering, others: Iterable[Offering]) -> list[Offering]:
    """Return offerings of the same title and place, or the same phone number or web page; the likest titles first."""
    title, place, contacts = fold_german(offering.title), _place(offering), _contacts(offering)
    found = [
        other
        for other in others
        if other.id != offering.id
        and ((fold_german(other.title) == title and _place(other) == place) or contacts & _contacts(other))
    ]
    return sorted(found, key=lambda other: -fuzz.ratio(title, fold_german(other.title)))[:_MOST]


def _place(offering: Offering) -> str:
    return offering.postal_code or fold_german(offering.city or "")


def _contacts(offering: Offering) -> set[str]:
    """Return phone number and web page in one way of writing."""
    digits = (
        re.sub(r"\D", "", (offering.phone or "").replace("(0)", "")).removeprefix("0049").removeprefix("49").lstrip("0")
    )
    page = re.sub(r"^https?://(www\.)?", "", (offering.url or "").casefold()).rstrip("/")
    return {contact for contact in (digits if len(digits) >= _FEWEST_DIGITS else "", page) if contact}
