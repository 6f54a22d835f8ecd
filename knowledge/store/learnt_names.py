"""Names for needs that coordinators add in the console: the search understands them at once, beside the taxonomy's."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from knowledge.errors import NameTakenError
from knowledge.store.tables import LearntNameRow
from knowledge.text import words

_READ_AGAIN_S = 0.5


@dataclass(frozen=True, kw_only=True)
class LearntName:
    """A name that parents use for a need, with who added it; `revoked_by` where it no longer counts.

    `alliance` is the one from whose questions it came; None: the service office added it.
    """

    id: int
    language: str
    name: str
    code: str
    alliance: str | None
    added_by: str
    added_at: datetime
    revoked_by: str | None = None
    revoked_at: datetime | None = None


class LearntNames:
    """Keeps names in the store's database; what was read lately is not read again."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)
        self._clock = clock
        self._known: tuple[float, Mapping[tuple[str, ...], str]] | None = None

    def current(self) -> Mapping[tuple[str, ...], str]:
        """Return the names that count, each as its folded words -> code; at most half a second old.

        Raises:
            SQLAlchemyError: They cannot be read, and never could; those that were read before stay.
        """
        known = self._known
        if known is None or self._clock() - known[0] >= _READ_AGAIN_S:
            known = self._known = self._clock(), self._read(otherwise=known[1] if known else None)
        return known[1]

    def _read(self, *, otherwise: Mapping[tuple[str, ...], str] | None) -> Mapping[tuple[str, ...], str]:
        try:
            with self._reading.connect() as connection:
                rows = connection.execute(
                    select(LearntNameRow.folded, LearntNameRow.code).where(LearntNameRow.revoked_at.is_(None))
                ).all()
        except SQLAlchemyError:
            if otherwise is None:
                raise
            return otherwise
        return {tuple(folded.split()): code for folded, code in rows}

    def all(self) -> list[LearntName]:
        """Return all names that count, latest first."""
        wanted = select(LearntNameRow).where(LearntNameRow.revoked_at.is_(None)).order_by(LearntNameRow.id.desc())
        with Session(self._reading) as session:
            return [_value(row) for row in session.scalars(wanted)]

    def one(self, name_id: int) -> LearntName | None:
        """Return one name, revoked or not, or None."""
        with Session(self._reading) as session:
            row = session.get(LearntNameRow, name_id)
            return _value(row) if row else None

    def add(self, name: str, *, language: str, code: str, alliance: str | None, by: str) -> LearntName:
        """Add a name.

        Raises:
            NameTakenError: It counts already, for this need or another.
        """
        row = LearntNameRow(
            language=language, name=name, folded=" ".join(words(name)), code=code, alliance_id=alliance, added_by=by,
            added_at=datetime.now(UTC),
        )  # fmt: skip
        try:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                session.add(row)
        except IntegrityError as error:
            raise NameTakenError(f"{name!r} is a learnt name already; revoke it first") from error
        self._known = None
        return _value(row)

    def revoke(self, name_id: int, *, by: str) -> None:
        """Let a name no longer count; one that does not count any more stays as it is."""
        with self._writing.begin() as connection:
            connection.execute(
                update(LearntNameRow)
                .where(LearntNameRow.id == name_id, LearntNameRow.revoked_at.is_(None))
                .values(revoked_by=by, revoked_at=datetime.now(UTC))
            )
        self._known = None


def _value(row: LearntNameRow) -> LearntName:
    return LearntName(
        id=row.id, language=row.language, name=row.name, code=row.code, alliance=row.alliance_id, added_by=row.added_by,
        added_at=row.added_at, revoked_by=row.revoked_by, revoked_at=row.revoked_at,
    )  # fmt: skip
