"""What an import would do, line by line, and doing it: in one transaction of a few statements, however many lines there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, and_, case, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from knowledge.store.records import PUBLISHED, WITHDRAWN, alone, latest_versions
from knowledge.store.spreadsheet_imports import LEASE, Claim, held
from knowledge.store.tables import (
    AllianceRow,
    DraftRow,
    OfferingRow,
    RevisionRow,
    SpreadsheetFileRow,
    SpreadsheetImportRow,
    SpreadsheetLineRow,
)

# `returned`: was withdrawn and is published again; `missing`: published, and not in the file; `skipped`: a remark, no offering.
LineKind = Literal["added", "changed", "returned", "unchanged", "missing", "faulty", "skipped"]
LINE_KINDS: tuple[LineKind, ...] = ("added", "changed", "returned", "missing", "faulty", "skipped", "unchanged")
_WRITTEN = ("added", "changed", "returned")
_MOST_NAMED = 20
_CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a file, or a published offering that the file does not have.

    Attributes:
        line: Row number as spreadsheet programs count; 0 for an offering that is missing.
        version: Of the latest edit when it was looked at; 0 without any.
        before, content: The offering's fields as JSON; `before` None where it was not there.
        faults: Each with `code`, `column`, `value`.
        cells: Column -> text, of a faulty row.
        outcome: `written`, `undone`, or `kept`: not undone, for it was edited since.
    """

    kind: LineKind
    line: int = 0
    sheet: str = ""
    title: str = ""
    record_id: str | None = None
    version: int = 0
    before: Mapping[str, Any] | None = None
    content: Mapping[str, Any] | None = None
    faults: Sequence[Mapping[str, str]] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class Present:
    """An offering as it is there; `content` None where it is only a draft yet, `alliance` "" where that was thrown away."""

    alliance: str
    state: str
    version: int
    content: Mapping[str, Any] | None


class SpreadsheetLines:
    """Keeps the lines of imports in the store's database, and brings them into its offerings."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def present(self, ids: Sequence[str]) -> dict[str, Present]:
        """Return what is there of some offerings, by id; of one that is only a draft yet, its versions alone."""
        with Session(self._reading) as session:
            versions = latest_versions(session, "offering", ids)
            found = {
                id_: Present(alliance="", state=WITHDRAWN, version=version, content=None)
                for id_, version in versions.items()
            }
            for start in range(0, len(ids), _CHUNK):
                for draft in session.scalars(select(DraftRow).where(DraftRow.id.in_(ids[start : start + _CHUNK]))):
                    found[draft.id] = replace(found[draft.id], alliance=draft.alliance_id)
                for row in session.scalars(select(OfferingRow).where(OfferingRow.id.in_(ids[start : start + _CHUNK]))):
                    found[row.id] = Present(
                        alliance=row.alliance_id, state=row.state, version=versions[row.id], content=row.content
                    )
            return found

    def published(self, alliance: str) -> list[str]:
        """Return the ids of an alliance's published offerings."""
        wanted = select(OfferingRow.id).where(OfferingRow.alliance_id == alliance, OfferingRow.state == PUBLISHED)
        with Session(self._reading) as session:
            return sorted(session.scalars(wanted))

    def name_of(self, alliance: str) -> str:
        """Return the name of an alliance; its id where it has none."""
        with Session(self._reading) as session:
            row = session.get(AllianceRow, alliance)
            return str(row.content.get("name", alliance)) if row else alliance

    def clear(self, claim: Claim) -> None:
        """Delete what an earlier look has found.

        Raises:
            LeaseLostError: The work is somebody else's now.
        """
        with Session(self._writing) as session, session.begin():
            held(session, claim)
            session.execute(delete(SpreadsheetLineRow).where(SpreadsheetLineRow.import_id == claim.import_id))

    def add(self, claim: Claim, lines: Sequence[Line], *, first: int, done: int, total: int) -> None:
        """Write some lines, the first of which stands at position `first`, and how far the work is in rows.

        Raises:
            LeaseLostError: The work is somebody else's now.
        """
        rows = [
            {
                "import_id": claim.import_id, "position": first + at, "kind": one.kind, "sheet": one.sheet[:200], "line": one.line,
                "title": one.title[:500], "record_id": one.record_id, "version": one.version, "outcome": None,
                "before": one.before, "content": one.content, "faults": list(one.faults) or None, "cells": dict(one.cells) or None,
            }
            for at, one in enumerate(lines)
        ]  # fmt: skip
        with Session(self._writing) as session, session.begin():
            held(session, claim, done=done, total=total, lease_until=datetime.now(UTC) + LEASE)
            if rows:
                session.execute(insert(SpreadsheetLineRow), rows)

    def page(self, import_id: int, kind: str, *, limit: int | None = None, offset: int = 0) -> list[Line]:
        """Return lines of a kind in the file's order."""
        of = SpreadsheetLineRow
        wanted = select(of).where(of.import_id == import_id, of.kind == kind).order_by(of.position)
        with Session(self._reading) as session:
            return [_of(row) for row in session.scalars(wanted.limit(limit).offset(offset))]

    def kept(self, import_id: int, *, limit: int = _CHUNK) -> list[Line]:
        """Return the lines that were not undone, for somebody has edited them since."""
        of = SpreadsheetLineRow
        wanted = select(of).where(of.import_id == import_id, of.outcome == "kept").order_by(of.position)
        with Session(self._reading) as session:
            return [_of(row) for row in session.scalars(wanted.limit(limit))]

    def write(self, claim: Claim) -> bool:
        """Publish what is new and changed, and withdraw what is missing where that was wanted: all of it, or nothing.

        Returns:
            False where somebody has edited one of the offerings since they were looked at; they have to be looked at again.

        Raises:
            LeaseLostError: The work is somebody else's now.
        """
        line = SpreadsheetLineRow
        with Session(self._writing) as session, session.begin():
            alone(session)
            held(session, claim)
            job = session.get_one(SpreadsheetImportRow, claim.import_id)
            kinds = (*_WRITTEN, "missing") if job.withdraws else _WRITTEN
            chosen = and_(line.import_id == job.id, line.kind.in_(kinds))
            edited = and_(chosen, line.version != _latest())
            titles = list(session.scalars(select(line.title).where(edited).order_by(line.position).limit(_MOST_NAMED)))
            if titles:
                counts = {**job.counts, "edited": titles}
                held(session, claim, **_BACK, state="checking", problem="edited_meanwhile", counts=counts)
                return False
            state = case((line.kind == "missing", WITHDRAWN), else_=PUBLISHED)
            _bring(session, job, chosen, state, func.coalesce(line.content, line.before), editor=job.editor, steps=1)
            session.execute(update(line).where(chosen).values(outcome="written"))
            session.execute(delete(SpreadsheetFileRow).where(SpreadsheetFileRow.import_id == job.id))
            held(session, claim, **_BACK, state="applied", needs_index=True)
            return True

    def restore(self, claim: Claim) -> None:
        """Bring back what was before an import, but for offerings that somebody has edited since.

        Raises:
            LeaseLostError: The work is somebody else's now.
        """
        line = SpreadsheetLineRow
        with Session(self._writing) as session, session.begin():
            alone(session)
            held(session, claim)
            job = session.get_one(SpreadsheetImportRow, claim.import_id)
            written = and_(line.import_id == job.id, line.outcome == "written")
            session.execute(update(line).where(written, line.version + 1 != _latest()).values(outcome="kept"))
            state = case((line.kind.in_(("added", "returned")), WITHDRAWN), else_=PUBLISHED)
            _bring(
                session,
                job,
                written,
                state,
                func.coalesce(line.before, line.content),
                editor=job.undone_by or job.editor,
                steps=2,
            )
            session.execute(update(line).where(written).values(outcome="undone"))
            kept = session.scalar(
                select(func.count()).select_from(line).where(line.import_id == job.id, line.outcome == "kept")
            )
            held(session, claim, **_BACK, state="undone", needs_index=True, counts={**job.counts, "kept": kept or 0})


_BACK: Mapping[str, Any] = {"worker": None, "lease_until": None, "tries": 0, "done": 0, "total": 0}


def _latest() -> ColumnElement[int]:
    """Return the number of the latest edit of a line's offering, drafts included; 0 without any."""
    of_line = and_(RevisionRow.kind == "offering", RevisionRow.record_id == SpreadsheetLineRow.record_id)
    latest = select(func.max(RevisionRow.version)).where(of_line).correlate(SpreadsheetLineRow).scalar_subquery()
    return func.coalesce(latest, 0)


def _bring(
    session: Session, job: SpreadsheetImportRow, chosen: Any, state: Any, content: Any, *, editor: str, steps: int
) -> None:  # fmt: skip
    """Give the offerings of the chosen lines a state and a content, as a revision that many steps after the version looked at."""
    line, version = SpreadsheetLineRow, SpreadsheetLineRow.version + steps
    session.execute(
        insert(RevisionRow).from_select(
            ["kind", "record_id", "version", "state", "editor", "edited_at", "content"],
            select(
                literal("offering"), line.record_id, version, state, literal(editor),
                literal(datetime.now(UTC), RevisionRow.edited_at.type), content,
            ).where(chosen).order_by(line.position),
        )
    )  # fmt: skip
    of_offering = and_(chosen, line.record_id == OfferingRow.id)
    new = {
        name: select(value).where(of_offering).correlate(OfferingRow).scalar_subquery()
        for name, value in (("state", state), ("version", version), ("content", content))
    }
    session.execute(update(OfferingRow).where(OfferingRow.id.in_(select(line.record_id).where(chosen))).values(**new))
    session.execute(
        insert(OfferingRow).from_select(
            ["id", "alliance_id", "state", "version", "content"],
            select(line.record_id, literal(job.alliance_id), state, version, content).where(
                chosen, ~exists().where(OfferingRow.id == line.record_id)
            ),
        )
    )


def _of(row: SpreadsheetLineRow) -> Line:
    kind = next(kind for kind in LINE_KINDS if kind == row.kind)
    return Line(
        kind=kind, line=row.line, sheet=row.sheet, title=row.title, record_id=row.record_id, version=row.version,
        before=row.before, content=row.content, faults=row.faults or (), cells=row.cells or {}, outcome=row.outcome,
    )  # fmt: skip
