"""Asks the questions of a group again, to see which of them find something good now."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.in_vain.grouping import Group
from knowledge import Knowledge, Match, Place, Query, broader
from knowledge.reasons import meets_every_wish
from knowledge.redaction import masked
from knowledge.store import AskedInVain

_MOST_ASKED = 10
_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Again:
    """One question asked again: its words where they may be shown, where, and what it finds now."""

    text: str | None
    language: str
    place: str | None
    good: bool
    matches: Sequence[Match]


def ask_again(knowledge: Knowledge, group: Group) -> list[Again]:
    """Return what the latest different questions of a group find now.

    Raises:
        KnowledgeError: The search cannot be used.
    """
    different: dict[tuple[str | None, str, str | None], AskedInVain] = {}
    for one in reversed(group.questions):
        if one.text or one.need:
            different.setdefault((one.text, "" if one.text else one.language, one.place), one)
    allowed = frozenset(group.frequent_words())
    return [_again(knowledge, one, group.shows_words, allowed) for one in list(different.values())[:_MOST_ASKED]]


def _again(knowledge: Knowledge, one: AskedInVain, shows_words: bool, allowed: frozenset[str]) -> Again:
    answer = knowledge.search(_query(knowledge, one))
    good = not answer.no_good_answer and any(meets_every_wish(match) for match in answer.matches)
    return Again(
        text=masked(one.text, language=one.language, allowed=allowed) if one.text and shows_words else None,
        language=one.language,
        place=one.place,
        good=good,
        matches=answer.matches,
    )


def _query(knowledge: Knowledge, one: AskedInVain) -> Query:
    near = None
    if one.place and one.latitude is not None and one.longitude is not None:
        near = Place(name=one.place, latitude=one.latitude, longitude=one.longitude, kind="town")
    if one.text:
        return Query(text=one.text, language=one.language, near=near, limit=_SHOWN)
    need = one.need or ""
    label = knowledge.taxonomy.label(need, "de")
    return Query(text=label, categories=(broader(need),), language=one.language, near=near, limit=_SHOWN)
