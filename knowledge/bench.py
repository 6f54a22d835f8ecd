"""The test bench: asks saved questions of an index, the present one or one that is only tried, and says how they went."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.evaluation import JudgedQuestion, Judgement
from knowledge.explaining import Standing, standing
from knowledge.german_time import german_today
from knowledge.index import Snapshot
from knowledge.search import Found, Search
from knowledge.store import Asked, QuestionOutcome, SavedQuestion, SavedQuestions
from knowledge.values import Query

# Nobody can be said to have failed where parents can not find the offering at all.
_RESTING = {"not_there", "ended"}


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A question that passes now and would not after an edit; `instead` is the id of the offering that parents would see first."""

    question: SavedQuestion
    outcome: QuestionOutcome
    instead: str | None


def query_of(asked: Asked) -> Query:
    """Return a saved question as the search takes it."""
    return Query(text=asked.text, language=asked.language, near=asked.near or None)


def ask(search: Search, asked: Asked, offering_id: str, snapshot: Snapshot | None = None) -> QuestionOutcome:
    """Return how a question goes.

    Raises:
        IndexMissingError: There is no index to search.
    """
    found = search.find(query_of(asked), snapshot=snapshot)
    return outcome_of(found, standing(found, offering_id, within=asked.within))


def outcome_of(found: Found, stands: Standing) -> QuestionOutcome:
    """Return how a question went. A place that parents would be asked about again is no answer, whatever was found everywhere."""
    if stands.why in _RESTING:
        return QuestionOutcome(state="resting", why=stands.why)
    if place_is_unclear(found):
        return QuestionOutcome(state="failed", rank=stands.rank, why="place_unclear")
    if stands.why == "found":
        return QuestionOutcome(state="passed", rank=stands.rank)
    return QuestionOutcome(state="failed", rank=stands.rank, why=stands.why)


def place_is_unclear(found: Found) -> bool:
    """Return whether a place was named that nobody knows, or one of several of that name."""
    where = found.understood.where
    return where.place is None and bool(where.options or where.unknown)


def lost(search: Search, questions: Iterable[SavedQuestion], tried: Snapshot) -> list[Loss]:
    """Return the questions that pass at the present index and would not at another.

    What is noted of the present index is not asked of it again; else a question is understood once for both.
    """
    present = search.library.snapshot()
    today = search.today or german_today()
    losses = []
    for question in questions:
        noted = question.last.state if is_current(question, present, today) else None
        if noted not in {None, "passed"}:
            continue
        query, offering, within = query_of(question.asked), question.offering, question.asked.within
        understood = search.understand(query, present, today)
        after = search.find(query, snapshot=tried, understood=understood)
        outcome = outcome_of(after, standing(after, offering, within=within))
        if outcome.state == "passed":
            continue
        if noted is None:
            before = search.find(query, snapshot=present, understood=understood)
            noted = outcome_of(before, standing(before, offering, within=within)).state
        if noted == "passed":
            rows = after.candidates.rows[after.ranked[:1]]
            instead = tried.ids[rows[0]] if len(rows) and not after.declined else None
            losses.append(Loss(question=question, outcome=outcome, instead=instead))
    return losses


def is_current(question: SavedQuestion, snapshot: Snapshot, today: date) -> bool:
    """Return whether what is noted of a question is what it would give now."""
    return (question.index_of, question.asked_on) == (snapshot.generation, today)


def refresh(
    search: Search, saved: SavedQuestions, questions: Sequence[SavedQuestion], *, at_most_s: float | None = None
) -> int:
    """Ask questions again and note how they went; return how many were left when the time was over, at least one being asked.

    Args:
        at_most_s: How long, in seconds; None for as long as it takes.

    Raises:
        IndexMissingError: There is no index to search.
    """
    snapshot, today = search.library.snapshot(), search.today or german_today()
    until = None if at_most_s is None else time.monotonic() + at_most_s
    outcomes: list[tuple[SavedQuestion, QuestionOutcome]] = []
    for question in questions:
        if outcomes and until is not None and time.monotonic() > until:
            break
        outcomes.append((question, ask(search, question.asked, question.offering, snapshot)))
    if outcomes:
        saved.note(outcomes, asked_on=today, index_of=snapshot.generation)
    return len(questions) - len(outcomes)


def refresh_stale(search: Search, saved: SavedQuestions) -> None:
    """Ask all questions again whose outcome is not of today and of the present index; the round that does so calls it."""
    snapshot, today = search.library.snapshot(), search.today or german_today()
    refresh(search, saved, [one for one in saved.all() if not is_current(one, snapshot, today)])


def judged(questions: Iterable[SavedQuestion]) -> list[JudgedQuestion]:
    """Return saved questions as `lotse evaluate` reads them: those of the same words, language and place are one."""
    found: dict[tuple[str, str, str], JudgedQuestion] = {}
    for one in questions:
        asked = one.asked
        same = found.setdefault(
            (asked.text, asked.language, asked.near),
            JudgedQuestion(
                id=f"saved-{one.id}", text=asked.text, language=asked.language, near=asked.near or None, relevant=[]
            ),
        )
        same.relevant.append(Judgement(id=one.offering, grade=2))
    return list(found.values())


def judged_lines(questions: Iterable[SavedQuestion]) -> str:
    """Return saved questions as the JSON Lines of `lotse evaluate`."""
    return "".join(one.model_dump_json(exclude={"style"}) + "\n" for one in judged(questions))
