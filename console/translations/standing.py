"""How each translation stands: missing, out of date, made by a machine, or done; and in which order people should go through them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge import LANGUAGES, Edition, Offering
from knowledge.text import fold_german

Standing = Literal["outdated", "missing", "machine", "done"]
# The most needed first: what is out of date may tell parents something wrong.
STANDINGS: tuple[Standing, ...] = ("outdated", "missing", "machine", "done")
TRANSLATED = tuple(language for language in LANGUAGES if language != "de")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One offering in one language."""

    edition: Edition
    language: str
    standing: Standing

    @property
    def offering(self) -> Offering:
        return self.edition.offering


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the list should show; empty texts mean any, `open` all that is not done."""

    q: str = ""
    language: str = ""
    standing: str = "open"
    alliance: str = ""
    offering: str = ""


def entries(
    editions: Iterable[Edition], outdated: Mapping[str, frozenset[str]], *, today: date, language: str = ""
) -> list[Entry]:
    """Return how every translation stands, the most needed first. What is withdrawn or over needs none.

    Args:
        outdated: By an offering's id, the languages whose translation is out of date.
        language: Only this one.
    """
    found = [
        Entry(edition=one, language=code, standing=standing_of(one.offering, code, outdated))
        for one in editions
        if needs_translation(one, today)
        for code in ((language,) if language else TRANSLATED)
    ]
    return sorted(found, key=_need)


def standing_of(offering: Offering, language: str, outdated: Mapping[str, frozenset[str]]) -> Standing:
    """Return how an offering's translation stands; one without the description that the German text has is missing."""
    translation = offering.translations.get(language)
    if translation is None or (offering.description and not translation.description):
        return "missing"
    if language in outdated.get(offering.id, ()):
        return "outdated"
    return "machine" if translation.machine else "done"


def needs_translation(edition: Edition, today: date) -> bool:
    """Return whether parents see the offering, or will."""
    last = edition.offering.valid_to
    return edition.state != "withdrawn" and (last is None or last >= today)


def counts(found: Iterable[Entry]) -> dict[str, Counter[Standing]]:
    """Return how many translations stand how, by language."""
    counted: dict[str, Counter[Standing]] = {code: Counter() for code in TRANSLATED}
    for one in found:
        counted[one.language][one.standing] += 1
    return counted


def listed(found: Iterable[Entry], wish: Wish) -> list[Entry]:
    """Return the entries that fit, in their order."""
    words = fold_german(wish.q).split()
    return [one for one in found if _fits(one, wish) and all(word in fold_german(one.offering.title) for word in words)]


def _fits(one: Entry, wish: Wish) -> bool:
    return (
        (not wish.language or one.language == wish.language)
        and (not wish.alliance or one.offering.alliance == wish.alliance)
        and (not wish.offering or one.offering.id == wish.offering)
        and (one.standing != "done" if wish.standing == "open" else not wish.standing or one.standing == wish.standing)
    )


def _need(one: Entry) -> tuple[object, ...]:
    """Order by need: how it stands, public first, then where the service itself speaks the language."""
    return (
        STANDINGS.index(one.standing), one.edition.public is None, one.language not in one.offering.languages,
        fold_german(one.offering.title), one.offering.id, TRANSLATED.index(one.language),
    )  # fmt: skip
