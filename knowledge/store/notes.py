"""Notes about offerings: what somebody who may not or need not sign in has written, until it is dealt with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.store.tables import NoteRow, OfferingRow


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note about the version of an offering that its author saw."""

    id: int
    offering: str
    version: int
    author: str
    text: str
    written_at: datetime
    done_at: datetime | None = None


class Notes:
    """Keeps notes in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def leave(self, offering_id: str, *, version: int, author: str, text: str) -> bool:
        """Keep a note, and return False where its author has left one about this version before."""
        row = NoteRow(offering_id=offering_id, version=version, author=author, text=text, written_at=datetime.now(UTC))
        try:
            with Session(self._writing) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return False
        return True

    def is_left(self, offering_id: str, *, version: int, author: str) -> bool:
        """Return whether an author has left a note about a version."""
        about = (NoteRow.offering_id == offering_id, NoteRow.version == version, NoteRow.author == author)
        with Session(self._reading) as session:
            return session.scalar(select(NoteRow.id).where(*about)) is not None

    def waiting(self, alliances: Collection[str] | None = None, *, offering_id: str | None = None) -> list[Note]:
        """Return the notes that nobody has dealt with, oldest first: about some alliances' offerings (None: all), or one."""
        wanted = select(NoteRow).where(NoteRow.done_at.is_(None)).order_by(NoteRow.id)
        if alliances is not None:
            wanted = wanted.join(OfferingRow, OfferingRow.id == NoteRow.offering_id)
            wanted = wanted.where(OfferingRow.alliance_id.in_(alliances))
        if offering_id is not None:
            wanted = wanted.where(NoteRow.offering_id == offering_id)
        with Session(self._reading) as session:
            return [_note(row) for row in session.scalars(wanted)]

    def one(self, note_id: int) -> Note | None:
        """Return a note, or None."""
        with Session(self._reading) as session:
            row = session.get(NoteRow, note_id)
            return _note(row) if row else None

    def tick(self, note_id: int) -> None:
        """Remember that a note is dealt with; the first time counts."""
        with self._writing.begin() as connection:
            open_one = update(NoteRow).where(NoteRow.id == note_id, NoteRow.done_at.is_(None))
            connection.execute(open_one.values(done_at=datetime.now(UTC)))


def _note(row: NoteRow) -> Note:
    return Note(
        id=row.id, offering=row.offering_id, version=row.version, author=row.author, text=row.text,
        written_at=row.written_at, done_at=row.done_at,
    )  # fmt: skip
