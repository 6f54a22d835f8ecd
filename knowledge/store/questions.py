"""Questions that parents leave for an alliance's coordinator: with whom, until when, and whether the alliance has been told."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownRecordError
from knowledge.store.tables import ChannelAddressRow, QuestionRow

QuestionState = Literal["open", "answered"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question in a parent's words, and where the parent wants the answer.

    Attributes:
        conversation: Id of the conversation it was left in, so that it is deleted with it.
        language: The language of the reply that the parent saw, `de-simple` included.
        contact: An e-mail address or a phone number.
        delete_after: As promised to the parent when the question was left.
        notified_at: When the alliance was sent a mail about it; None until then.
    """

    id: int
    alliance: str
    conversation: str
    language: str
    text: str
    contact: str
    state: QuestionState
    asked_at: datetime
    delete_after: datetime
    notified_at: datetime | None = None


class Questions:
    """Keeps questions in the store's database. All times are UTC."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def leave(
        self, *, alliance: str, conversation: str, language: str, text: str, contact: str, keep_for: timedelta
    ) -> Question:
        """Store a question for an alliance; the parent has agreed to it."""
        now = datetime.now(UTC)
        with Session(self._writing) as session, session.begin():
            row = QuestionRow(
                alliance_id=alliance, conversation_id=conversation, language=language, text=text, contact=contact,
                state="open", asked_at=now, delete_after=now + keep_for,
            )  # fmt: skip
            session.add(row)
            session.flush()
            return _question(row)

    def all(self, *, alliance: str | None = None, state: QuestionState | None = None) -> list[Question]:
        """Return questions, oldest first: of one alliance or all, in one state or any."""
        wanted = select(QuestionRow).order_by(QuestionRow.id)
        if alliance is not None:
            wanted = wanted.where(QuestionRow.alliance_id == alliance)
        if state is not None:
            wanted = wanted.where(QuestionRow.state == state)
        with Session(self._reading) as session:
            return [_question(row) for row in session.scalars(wanted)]

    def left_in(self, conversation: str, *, within: timedelta) -> int:
        """Return how many questions were left in a conversation in a time up to now."""
        theirs = select(func.count()).select_from(QuestionRow).where(QuestionRow.conversation_id == conversation)
        with Session(self._reading) as session:
            return session.scalar(theirs.where(QuestionRow.asked_at > datetime.now(UTC) - within)) or 0

    def one(self, question_id: int) -> Question:
        """Return a question.

        Raises:
            UnknownRecordError: No question has this id, or it was deleted.
        """
        with Session(self._reading) as session:
            return _question(_row(session, question_id))

    def unannounced(self) -> list[Question]:
        """Return open questions of which their alliance has not been told by mail, oldest first."""
        return [question for question in self.all(state="open") if question.notified_at is None]

    def mark_notified(self, question_id: int) -> None:
        """Remember that the alliance has been told; a question deleted meanwhile needs no mark."""
        with Session(self._writing) as session, session.begin():
            row = session.get(QuestionRow, question_id)
            if row is not None:
                row.notified_at = datetime.now(UTC)

    def set_state(self, question_id: int, state: QuestionState) -> None:
        """Mark a question as open or answered.

        Raises:
            UnknownRecordError: No question has this id, or it was deleted.
        """
        with Session(self._writing) as session, session.begin():
            _row(session, question_id).state = state

    def delete(self, question_id: int) -> None:
        """Delete a question for good.

        Raises:
            UnknownRecordError: No question has this id, or it was deleted.
        """
        with Session(self._writing) as session, session.begin():
            row = _row(session, question_id)
            session.delete(row)
            session.flush()
            others = select(QuestionRow.id).where(QuestionRow.conversation_id == row.conversation_id)
            if session.scalar(others.limit(1)) is None:  # nobody waits in a messenger for an answer any more
                there = ChannelAddressRow.conversation_id == row.conversation_id
                session.execute(delete(ChannelAddressRow).where(there))

    def delete_of(self, conversation: str) -> int:
        """Delete all questions left in a conversation; return how many there were."""
        with Session(self._writing) as session, session.begin():
            theirs = delete(QuestionRow).where(QuestionRow.conversation_id == conversation)
            return int(session.execute(theirs).rowcount)  # type: ignore[attr-defined]  # a cursor result, for a DELETE

    def delete_expired(self) -> int:
        """Delete the questions whose time is over; return how many there were."""
        with Session(self._writing) as session, session.begin():
            expired = delete(QuestionRow).where(QuestionRow.delete_after <= datetime.now(UTC))
            return int(session.execute(expired).rowcount)  # type: ignore[attr-defined]  # a cursor result, for a DELETE


def _row(session: Session, question_id: int) -> QuestionRow:
    row = session.get(QuestionRow, question_id)
    if row is None:
        raise UnknownRecordError(f"no question {question_id}; `lotse inbox --all` lists those that are there")
    return row


def _question(row: QuestionRow) -> Question:
    return Question(
        id=row.id, alliance=row.alliance_id, conversation=row.conversation_id, language=row.language, text=row.text,
        contact=row.contact, state="answered" if row.state == "answered" else "open", asked_at=_utc(row.asked_at),
        delete_after=_utc(row.delete_after), notified_at=_utc(row.notified_at) if row.notified_at else None,
    )  # fmt: skip


def _utc(moment: datetime) -> datetime:
    """Return a moment with its zone, which SQLite does not keep."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
