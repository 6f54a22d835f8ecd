"""Imports of spreadsheets, from the upload on: in which state each is, which process works on it, and what it has found.

Work is claimed with a lease: of several processes one gets it, and when that one dies, another takes it up after the lease.
Every write of a worker says whose it is, so that one that was believed dead can no longer write.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.orm import Session

from knowledge.errors import LeaseLostError
from knowledge.store.claiming import claim_first
from knowledge.store.tables import (
    SpreadsheetFileRow,
    SpreadsheetImportRow,
    SpreadsheetLineRow,
    SpreadsheetMappingRow,
)

# What a worker does; the other states wait for a person or are an end.
WORK = ("reading", "checking", "applying", "undoing")
LEASE = timedelta(seconds=30)
_MOST_TRIES = 3
_FILES_KEPT = timedelta(days=7)
LINES_KEPT = timedelta(days=90)
_MOST_LISTED = 200


@dataclass(frozen=True, kw_only=True)
class SpreadsheetImport:
    """An import as its coordinators see it.

    Attributes:
        state: reading, mapping (waits for the columns), checking, checked (waits for a yes), applying, applied, undoing, undone,
            or failed.
        problem: Why it failed, or why it has to be looked at again, in one word.
        needs_index: Whether the index does not show yet what was written.
        done, total: How far the present work is, in rows; a total of 0 where it is not known.
        sheets: One entry a sheet: `name`, `columns` with `heading` and `samples`, and `rows`, how many there are.
        mapping: Sheet -> column -> field, and under "" the `category` of rows that name none.
        counts: Kind of line -> how many.
    """

    id: int
    alliance: str
    editor: str
    file_name: str
    created_at: datetime
    state: str
    problem: str | None
    needs_index: bool
    done: int
    total: int
    withdraws: bool
    undone_by: str | None
    sheets: Sequence[Mapping[str, Any]]
    mapping: Mapping[str, Any]
    counts: Mapping[str, int]

    @property
    def can_be_undone(self) -> bool:
        return self.state == "applied" and self.created_at > datetime.now(UTC) - LINES_KEPT


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Work that one process has taken on; `task` is its state, or `indexing`."""

    import_id: int
    worker: str
    task: str


class SpreadsheetImports:
    """Keeps imports in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def begin(self, *, alliance: str, editor: str, file_name: str, content: bytes) -> int:
        """Take an uploaded file and have it read; return the import's id."""
        row = SpreadsheetImportRow(
            alliance_id=alliance, editor=editor, file_name=file_name[:200], created_at=datetime.now(UTC), state="reading",
            needs_index=False, tries=0, done=0, total=0, withdraws=False, sheets=[], mapping={}, counts={},
        )  # fmt: skip
        with Session(self._writing) as session, session.begin():
            session.add(row)
            session.flush()
            session.add(SpreadsheetFileRow(import_id=row.id, content=content))
            return row.id

    def one(self, import_id: int) -> SpreadsheetImport | None:
        """Return an import, or None."""
        with Session(self._reading) as session:
            row = session.get(SpreadsheetImportRow, import_id)
            return _of(row) if row else None

    def all(self, alliances: Collection[str] | None = None) -> list[SpreadsheetImport]:
        """Return the latest imports of some alliances, the newest first; None: of all alliances."""
        wanted = select(SpreadsheetImportRow).order_by(SpreadsheetImportRow.id.desc()).limit(_MOST_LISTED)
        if alliances is not None:
            wanted = wanted.where(SpreadsheetImportRow.alliance_id.in_(alliances))
        with Session(self._reading) as session:
            return [_of(row) for row in session.scalars(wanted)]

    def content(self, import_id: int) -> bytes | None:
        """Return the content of an import's file; None once it was deleted."""
        with Session(self._reading) as session:
            return session.scalar(select(SpreadsheetFileRow.content).where(SpreadsheetFileRow.import_id == import_id))

    def turn(
        self, import_id: int, state: str, *, seen: Collection[str], mapping: Mapping[str, Any] | None = None,
        withdraws: bool = False, undone_by: str | None = None,
    ) -> bool:  # fmt: skip
        """Bring an import into another state, if it is still in one of those that were seen; return whether it was."""
        given: dict[str, Any] = {
            "state": state,
            "tries": 0,
            "done": 0,
            "total": 0,
            "worker": None,
            "lease_until": None,
            "problem": None,
        }
        given |= {"undone_by": undone_by} if state == "undoing" else {"withdraws": withdraws}
        given |= {"mapping": mapping} if mapping is not None else {}
        with Session(self._writing) as session, session.begin():
            there = (SpreadsheetImportRow.id == import_id, SpreadsheetImportRow.state.in_(seen))
            return _changed(session, update(SpreadsheetImportRow).where(*there).values(**given))

    def remember(self, alliance: str, headings: str, mapping: Mapping[str, Any]) -> None:
        """Remember how the columns with these headings are read."""
        with Session(self._writing) as session, session.begin():
            session.merge(SpreadsheetMappingRow(alliance_id=alliance, headings=headings, mapping=dict(mapping)))

    def remembered(self, alliance: str, headings: str) -> Mapping[str, Any] | None:
        """Return how the columns with these headings were read last, or None."""
        with Session(self._reading) as session:
            row = session.get(SpreadsheetMappingRow, (alliance, headings))
            return row.mapping if row else None

    def discard(self, import_id: int, *, seen: Collection[str]) -> bool:
        """Delete an import with all that belongs to it, if it is still in one of these states."""
        with Session(self._writing) as session, session.begin():
            row = session.get(SpreadsheetImportRow, import_id, with_for_update=True)
            if row is None or row.state not in seen:
                return False
            for table in (SpreadsheetFileRow, SpreadsheetLineRow):
                session.execute(delete(table).where(table.import_id == import_id))
            session.delete(row)
            return True

    def claim(self) -> Claim | None:
        """Take on the oldest work that nobody does; None without any. Work that killed its process each time has failed."""
        now, worker, table = datetime.now(UTC), secrets.token_hex(12), SpreadsheetImportRow
        free = or_(table.lease_until.is_(None), table.lease_until < now)
        wanted = select(table.id, table.state, table.tries).where(or_(table.state.in_(WORK), table.needs_index), free)
        row = claim_first(
            wanted.order_by(table.id), table, looking=self._reading, marking=self._writing,
            worker=worker, lease_until=now + LEASE, tries=table.tries + 1,
        )  # fmt: skip
        if row is None:
            return None
        claim = Claim(import_id=row.id, worker=worker, task=row.state if row.state in WORK else "indexing")
        if row.state in WORK and row.tries >= _MOST_TRIES:
            self.finish(claim, state="applied" if row.state == "undoing" else "failed", problem="gave_up")
            return None
        return claim

    def renew(self, claim: Claim) -> None:
        """Say that the work goes on.

        Raises:
            LeaseLostError: Somebody else has taken it up meanwhile.
        """
        with Session(self._writing) as session, session.begin():
            held(session, claim, lease_until=datetime.now(UTC) + LEASE)

    def finish(self, claim: Claim, **given: Any) -> None:
        """End a piece of work with the values that it gives the import.

        Raises:
            LeaseLostError: Somebody else has taken it up meanwhile.
        """
        with Session(self._writing) as session, session.begin():
            held(session, claim, worker=None, lease_until=None, tries=0, **given)

    def release(self, claim: Claim, *, after: timedelta) -> None:
        """Leave work that did not succeed to whoever claims it next, after a pause; does nothing where it is somebody else's."""
        with Session(self._writing) as session, session.begin():
            session.execute(
                update(SpreadsheetImportRow)
                .where(SpreadsheetImportRow.id == claim.import_id, SpreadsheetImportRow.worker == claim.worker)
                .values(worker=None, lease_until=datetime.now(UTC) + after)
            )

    def read(self, claim: Claim, sheets: Sequence[Mapping[str, Any]], packed: bytes) -> None:
        """Put what was read in the uploaded file's place, and wait for the columns.

        Raises:
            LeaseLostError: Somebody else has taken it up meanwhile.
        """
        with Session(self._writing) as session, session.begin():
            held(session, claim, worker=None, lease_until=None, tries=0, state="mapping", sheets=list(sheets))
            session.merge(SpreadsheetFileRow(import_id=claim.import_id, content=packed))

    def forget(self) -> None:
        """Delete what was kept long enough: files after a week, what they did to offerings after ninety days."""
        table, now = SpreadsheetImportRow, datetime.now(UTC)
        idle = or_(table.lease_until.is_(None), table.lease_until < now)
        with Session(self._writing) as session, session.begin():
            old = select(table.id).where(table.created_at < now - _FILES_KEPT, idle)
            session.execute(delete(SpreadsheetFileRow).where(SpreadsheetFileRow.import_id.in_(old)))
            open_ones = ("reading", "mapping", "checking", "checked")
            session.execute(
                update(table)
                .where(table.id.in_(old), table.state.in_(open_ones))
                .values(state="failed", problem="too_old", worker=None, lease_until=None)
            )
            older = select(table.id).where(table.created_at < now - LINES_KEPT, idle)
            session.execute(delete(SpreadsheetLineRow).where(SpreadsheetLineRow.import_id.in_(older)))


def held(session: Session, claim: Claim, **given: Any) -> None:
    """Write to an import whose work is still the claim's, within the session's transaction.

    Raises:
        LeaseLostError: Somebody else has taken it up meanwhile.
    """
    table = SpreadsheetImportRow
    still = update(table).where(table.id == claim.import_id, table.worker == claim.worker)
    if not _changed(session, still.values({"worker": claim.worker, **given})):
        raise LeaseLostError(f"import {claim.import_id} is somebody else's now; nothing was written")


def _changed(session: Session, statement: Any) -> bool:
    return bool(session.execute(statement).rowcount)  # type: ignore[attr-defined]  # a cursor result, for an UPDATE


def _of(row: SpreadsheetImportRow) -> SpreadsheetImport:
    return SpreadsheetImport(
        id=row.id, alliance=row.alliance_id, editor=row.editor, file_name=row.file_name, created_at=row.created_at,
        state=row.state, problem=row.problem, needs_index=row.needs_index, done=row.done, total=row.total,
        withdraws=row.withdraws, undone_by=row.undone_by, sheets=row.sheets, mapping=row.mapping, counts=row.counts,
    )  # fmt: skip
