"""Asks the questions of one offering: of the present index, or for a draft as if it were published."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.bench.suggesting import suggestions
from knowledge import Edition, Knowledge, SavedQuestion
from knowledge.bench import ask, is_current, refresh
from knowledge.errors import IndexMissingError
from knowledge.index import Snapshot
from knowledge.store import Asked, QuestionOutcome


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question with how it goes (None: there is no index), and itself where it is saved."""

    asked: Asked
    outcome: QuestionOutcome | None
    question: SavedQuestion | None = None


def asked_of_offering(knowledge: Knowledge, edition: Edition) -> list[Row]:
    """Return the saved questions of an offering, each asked now; what parents would get is noted, what a draft would give is not."""
    saved = knowledge.saved_questions
    try:
        snapshot = _snapshot(knowledge, edition)
        if edition.state == "published":
            today = knowledge.settings.current_date()
            due = [one for one in saved.of(edition.offering.id) if not is_current(one, snapshot, today)]
            refresh(knowledge.search, saved, due)
            return [Row(asked=one.asked, outcome=one.last, question=one) for one in saved.of(edition.offering.id)]
    except IndexMissingError:
        return [Row(asked=one.asked, outcome=None, question=one) for one in saved.of(edition.offering.id)]
    return [
        Row(asked=one.asked, outcome=_outcome(knowledge, one.asked, edition, snapshot), question=one)
        for one in saved.of(edition.offering.id)
    ]


def suggested(knowledge: Knowledge, edition: Edition, way: str) -> Sequence[Row]:
    """Return suggestions for an offering, each asked now."""
    offered = suggestions(knowledge, edition.offering, way)
    try:
        snapshot = _snapshot(knowledge, edition)
    except IndexMissingError:
        return [Row(asked=one, outcome=None) for one in offered]
    return [Row(asked=one, outcome=_outcome(knowledge, one, edition, snapshot)) for one in offered]


def _outcome(knowledge: Knowledge, asked: Asked, edition: Edition, snapshot: Snapshot) -> QuestionOutcome:
    return ask(knowledge.search, asked, edition.offering.id, snapshot)


def _snapshot(knowledge: Knowledge, edition: Edition) -> Snapshot:
    """Return the index of which a question of the offering is asked.

    Raises:
        IndexMissingError: There is no index.
    """
    if edition.state in {"draft", "review"}:
        return knowledge.index_with(edition.offering.id, edition.offering)
    return knowledge.search.library.snapshot()
