"""The list of offerings: what is searched and filtered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge import Edition
from knowledge.text import fold_german

_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the list should show; empty texts mean any."""

    q: str = ""
    state: str = ""
    category: str = ""
    alliance: str = ""
    unchecked: bool = False

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Wish":
        """Return the wish that an address names."""
        return cls(
            q=args.get("q", "")[:200], state=args.get("state", ""), category=args.get("category", ""),
            alliance=args.get("alliance", ""), unchecked=args.get("unchecked") == "yes",
        )  # fmt: skip


def listed(editions: Iterable[Edition], wish: Wish, *, today: date) -> list[Edition]:
    """Return the editions that fit, by title."""
    words = fold_german(wish.q).split()
    found = [one for one in editions if _fits(one, wish, today) and _has(one, words)]
    return sorted(found, key=lambda one: (fold_german(one.offering.title), one.offering.id))


def is_unchecked(edition: Edition, today: date) -> bool:
    """Return whether nobody has confirmed the offering for more than a year."""
    checked = edition.offering.checked_on
    return checked is None or checked < today - _A_YEAR


def _fits(edition: Edition, wish: Wish, today: date) -> bool:
    offering = edition.offering
    # A published offering stays one while a draft lies beside it.
    states = {edition.state, "published"} if edition.public else {edition.state}
    return (
        (not wish.state or wish.state in states)
        and (not wish.category or wish.category in offering.categories)
        and (not wish.alliance or wish.alliance == offering.alliance)
        and (not wish.unchecked or is_unchecked(edition, today))
    )


def _has(edition: Edition, words: Sequence[str]) -> bool:
    if not words:
        return True
    offering = edition.offering
    text = fold_german(
        " ".join([offering.title, offering.provider or "", offering.city or "", offering.postal_code or ""])
    )
    return all(word in text for word in words)
