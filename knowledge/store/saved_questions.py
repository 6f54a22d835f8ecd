"""Saved questions: with which words an offering should be found, and how that went when they were asked last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from knowledge.errors import TooManyQuestionsError, UnknownRecordError
from knowledge.store.engine import wait_for_turn
from knowledge.store.tables import SavedQuestionRow

LONGEST_QUESTION = 300
LONGEST_PLACE = 100
MOST_OF_AN_OFFERING = 30
# Among how many of the first the offering should be; the first one is the usual wish.
ASKED_FOR = (3, 1)
# `resting`: parents can not find the offering now, because nobody published it or it has ended.
QuestionState = Literal["new", "passed", "failed", "resting"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: the words, the language that a short question is read in, a place ("" for none), and the wish.

    Attributes:
        within: The offering should be among so many of the first.
    """

    text: str
    language: str
    near: str = ""
    within: int = ASKED_FOR[0]


@dataclass(frozen=True, kw_only=True)
class QuestionOutcome:
    """How a question went.

    Attributes:
        rank: The offering's place among what was found, from 1; None where it is not among it.
        why: Code of the cause where it did not pass (see knowledge/bench.py).
    """

    state: QuestionState = "new"
    rank: int | None = None
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class SavedQuestion:
    """A question of an offering with its last outcome.

    Attributes:
        asked_on: The day that it was asked for last, and `index_of` the generation of the index then; None: never.
    """

    id: int
    alliance: str
    offering: str
    asked: Asked
    last: QuestionOutcome = QuestionOutcome()
    asked_on: date | None = None
    index_of: int | None = None


class SavedQuestions:
    """Keeps saved questions in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def all(self, alliances: Collection[str] | None = None) -> list[SavedQuestion]:
        """Return the questions of some alliances (None: of all) by offering, oldest first."""
        wanted = select(SavedQuestionRow)
        if alliances is not None:
            wanted = wanted.where(SavedQuestionRow.alliance_id.in_(alliances))
        with Session(self._reading) as session:
            found = [_question(row) for row in session.scalars(wanted)]
        return sorted(found, key=lambda one: (one.offering, one.id))

    def of(self, offering_id: str) -> list[SavedQuestion]:
        """Return the questions of an offering, oldest first."""
        with Session(self._reading) as session:
            rows = session.scalars(select(SavedQuestionRow).where(SavedQuestionRow.offering_id == offering_id))
            return sorted(map(_question, rows), key=lambda one: one.id)

    def failing(self, alliances: Collection[str] | None = None) -> list[SavedQuestion]:
        """Return the questions of some alliances (None: of all) that failed when they were asked last."""
        return [one for one in self.all(alliances) if one.last.state == "failed"]

    def one(self, id_: int) -> SavedQuestion | None:
        """Return a question, or None."""
        with Session(self._reading) as session:
            row = session.get(SavedQuestionRow, id_)
            return None if row is None else _question(row)

    def add(self, asked: Asked, *, offering: str, alliance: str) -> SavedQuestion:
        """Save a question of an offering; the same words, language and place again are the question that is there.

        Raises:
            TooManyQuestionsError: The offering has as many as it may.
        """
        with Session(self._writing) as session, session.begin():
            wait_for_turn(session.connection(), "saved questions")
            row = _same(session, offering, asked)
            if row is None:
                count = select(func.count()).select_from(SavedQuestionRow)
                if (session.scalar(count.where(SavedQuestionRow.offering_id == offering)) or 0) >= MOST_OF_AN_OFFERING:
                    raise TooManyQuestionsError(f"{offering} has {MOST_OF_AN_OFFERING} questions; delete one first")
                row = SavedQuestionRow(alliance_id=alliance, offering_id=offering, **_columns(asked))
                session.add(row)
            elif row.within != asked.within:
                _replace(row, asked)
            session.flush()
            return _question(row)

    def change(self, id_: int, asked: Asked) -> bool:
        """Put other words, language, place or wish in a question's place; return False where the offering has the like.

        Raises:
            UnknownRecordError: There is no such question.
        """
        with Session(self._writing) as session, session.begin():
            wait_for_turn(session.connection(), "saved questions")
            row = session.get(SavedQuestionRow, id_)
            if row is None:
                raise UnknownRecordError(f"no saved question {id_}")
            same = _same(session, row.offering_id, asked)
            if same is not None and same.id != id_:
                return False
            _replace(row, asked)
            return True

    def delete(self, id_: int) -> None:
        """Delete a question, if it is there."""
        with Session(self._writing) as session, session.begin():
            session.execute(delete(SavedQuestionRow).where(SavedQuestionRow.id == id_))

    def note(self, outcomes: Iterable[tuple[SavedQuestion, QuestionOutcome]], *, asked_on: date, index_of: int) -> None:
        """Note how questions went; one that was changed meanwhile keeps what is noted of its new words."""
        with Session(self._writing) as session, session.begin():
            for question, outcome in outcomes:
                table, asked = SavedQuestionRow, question.asked
                session.execute(
                    update(table)
                    .where(table.id == question.id, table.text == asked.text, table.language == asked.language)
                    .where(table.near == asked.near, table.within == asked.within)
                    .values(
                        state=outcome.state, rank=outcome.rank, why=outcome.why, asked_on=asked_on, index_of=index_of
                    )
                )


def _same(session: Session, offering: str, asked: Asked) -> SavedQuestionRow | None:
    """Return the question of an offering that has these words, this language and this place."""
    table = SavedQuestionRow
    wanted = select(table).where(table.offering_id == offering, table.text == asked.text)
    return session.scalars(wanted.where(table.language == asked.language, table.near == asked.near)).one_or_none()


def _columns(asked: Asked) -> dict[str, Any]:
    return {
        "text": asked.text, "language": asked.language, "near": asked.near, "within": asked.within,
        "state": "new", "rank": None, "why": None, "asked_on": None, "index_of": None,
    }  # fmt: skip


def _replace(row: SavedQuestionRow, asked: Asked) -> None:
    for name, value in _columns(asked).items():
        setattr(row, name, value)


def _question(row: Any) -> SavedQuestion:
    return SavedQuestion(
        id=row.id, alliance=row.alliance_id, offering=row.offering_id,
        asked=Asked(text=row.text, language=row.language, near=row.near, within=row.within),
        last=QuestionOutcome(state=row.state, rank=row.rank, why=row.why),
        asked_on=row.asked_on, index_of=row.index_of,
    )  # fmt: skip
