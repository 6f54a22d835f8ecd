"""Offerings, alliances and guides in the database. Every edit is a revision with editor and time, in the same transaction."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, Text, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownRecordError
from knowledge.store.engine import address, wait_for_turn
from knowledge.store.tables import AllianceRow, GuideRow, OfferingRow, RevisionRow
from knowledge.values import Alliance, Guide, Offering

Record = Alliance | Offering | Guide
Kind = Literal["alliance", "offering", "guide"]
PUBLISHED = "published"
WITHDRAWN = "withdrawn"
# States of a revision that changed nothing of what parents see (see editions.py).
UNSEEN = ("draft", "review", "discarded")
_CHUNK = 500
# So many offerings read last stay in memory; those of one conversation's matches are asked for again and again.
_KEPT = 4096

_TABLES: dict[Kind, tuple[Any, type]] = {
    "alliance": (AllianceRow, Alliance), "offering": (OfferingRow, Offering), "guide": (GuideRow, Guide),
}  # fmt: skip
_SEEN = or_(RevisionRow.state.is_(None), RevisionRow.state.not_in(UNSEEN))
_GENERATION = select(RevisionRow.id).where(_SEEN).order_by(RevisionRow.id.desc()).limit(1)
_OFFERINGS = select(OfferingRow.id, OfferingRow.content).where(OfferingRow.state == PUBLISHED)
_WRITTEN = select(OfferingRow.id, cast(OfferingRow.content, Text).label("content")).where(
    OfferingRow.state == PUBLISHED
)
# Without the state, which would lead SQLite through all published ones.
_SOME_OFFERINGS = select(OfferingRow.id, OfferingRow.state, OfferingRow.content).where(
    OfferingRow.id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one write did to one record."""

    kind: Kind
    id: str
    change: Literal["added", "changed", "unchanged", "withdrawn"]


class Store:
    """Reads and writes records. Reading gives validated values; a write is all or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)
        self._read: tuple[int, dict[str, Offering]] = (-1, {})  # of one generation

    @property
    def address(self) -> str:
        """Which database this is, without user and password."""
        return address(self._writing.url)

    def put(self, records: Iterable[Record], *, editor: str, dry_run: bool = False) -> list[Change]:
        """Add or replace records in one transaction; records that are equal to what is there are left alone.

        With `dry_run` everything is done and undone again, so that the answer is what a real run would give.

        Raises:
            UnknownRecordError: A record names an alliance that is neither there nor among the records.
        """
        ordered = sorted(records, key=lambda record: not isinstance(record, Alliance))
        now = datetime.now(UTC)
        with Session(self._writing) as session, session.begin() as transaction:
            alone(session)
            present = {kind: _present(session, kind, ordered) for kind in _TABLES}
            known = {*session.scalars(select(AllianceRow.id)), *(r.id for r in ordered if isinstance(r, Alliance))}
            changes = []
            for record in ordered:
                owner = None if isinstance(record, Alliance) else record.alliance
                if owner is not None and owner not in known:
                    raise UnknownRecordError(
                        f"{record.id}: no alliance {owner!r}; import the alliance first or correct the name"
                    )
                changes.append(_put(session, record, present, editor, now))
                if len(changes) % _CHUNK == 0:
                    session.flush()
                    session.expunge_all()
            if dry_run:
                session.flush()
                transaction.rollback()
            return changes

    def withdraw(self, offering_id: str, *, editor: str) -> Change:
        """Take an offering out of search; it and its history stay.

        Raises:
            UnknownRecordError: No offering has this id.
        """
        with Session(self._writing) as session, session.begin():
            alone(session)
            row = session.get(OfferingRow, offering_id)
            if row is None:
                raise UnknownRecordError(f"no offering {offering_id!r}")
            row.state = WITHDRAWN
            row.version = latest_versions(session, "offering", [row.id])[row.id] + 1
            session.add(revision("offering", row.id, row.version, row.state, editor, datetime.now(UTC), row.content))
            return Change(kind="offering", id=offering_id, change="withdrawn")

    def offering(self, offering_id: str) -> Offering | None:
        """Return a published offering, or None."""
        return next(iter(self.offerings([offering_id])), None)

    def offerings(self, ids: Sequence[str] | None = None) -> list[Offering]:
        """Return published offerings, all by id or those asked for in the order asked for; missing ones are left out."""
        with self._reading.connect() as connection:
            if ids is None:
                # Sorted here: a database sorts by the rules of its own language, and equal matches are ranked by this order.
                rows = sorted(connection.execute(_OFFERINGS), key=lambda row: str(row.id))
                return [Offering.model_validate(row.content) for row in rows]
            # A build of the index asks for all; they are neither kept nor asked for in one statement.
            known = self._known(connection.scalar(_GENERATION) or 0) if len(ids) <= _KEPT else {}
            for unread in _in_chunks([i for i in ids if i not in known]):
                for row in connection.execute(_SOME_OFFERINGS, {"ids": unread}):
                    if row.state == PUBLISHED:
                        known[row.id] = Offering.model_validate(row.content)
        return [known[i] for i in ids if i in known]

    def _known(self, generation: int) -> dict[str, Offering]:
        """Return the offerings of a generation that were read before, by id; those of an earlier one are forgotten."""
        if self._read[0] != generation or len(self._read[1]) > _KEPT:
            self._read = (generation, {})
        return self._read[1]

    def digests(self) -> dict[str, str]:
        """Return a digest of each published offering's content, by id, without reading the content itself."""
        with self._reading.connect() as connection:
            chunks = connection.execute(_WRITTEN).partitions(_CHUNK)
            return {row.id: _digest(row.content) for chunk in chunks for row in chunk}

    def alliances(self) -> list[Alliance]:
        """Return all alliances by id."""
        with Session(self._reading) as session:
            rows = sorted(session.scalars(select(AllianceRow)), key=lambda row: row.id)
            return [Alliance.model_validate(row.content) for row in rows]

    def guides(self) -> list[Guide]:
        """Return all guides by id."""
        with Session(self._reading) as session:
            rows = sorted(session.scalars(select(GuideRow)), key=lambda row: row.id)
            return [Guide.model_validate(row.content) for row in rows]

    def alliance(self, alliance_id: str) -> Alliance:
        """Return an alliance.

        Raises:
            UnknownRecordError: There is none of this id; the message names those that are there.
        """
        all_ = self.alliances()
        found = next((one for one in all_ if one.id == alliance_id), None)
        if found is None:
            known = ", ".join(one.id for one in all_) or "none yet"
            raise UnknownRecordError(f"no alliance {alliance_id!r}; there are: {known}")
        return found

    def revisions(self, kind: Kind, record_id: str) -> list[RevisionRow]:
        """Return the history of a record, oldest first."""
        with Session(self._reading, expire_on_commit=False) as session:
            wanted = select(RevisionRow).where(RevisionRow.kind == kind, RevisionRow.record_id == record_id)
            return list(session.scalars(wanted.order_by(RevisionRow.version)))

    def edited_at(self) -> dict[str, datetime]:
        """Return when each offering had its last edit that parents can see, by id."""
        last = select(RevisionRow.record_id, func.max(RevisionRow.edited_at)).group_by(RevisionRow.record_id)
        with self._reading.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(last.where(RevisionRow.kind == "offering", _SEEN))}

    def generation(self) -> int:
        """Return a number that grows with every edit that parents can see; 0 for an empty store."""
        with self._reading.connect() as connection:
            return connection.scalar(_GENERATION) or 0


def _in_chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield so few ids at a time that every database takes them in one statement."""
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def alone(session: Session) -> None:
    """Let one edit be written at a time: versions have no gap, and a generation once seen is never filled up later."""
    wait_for_turn(session.connection(), "edits")


def _present(session: Session, kind: Kind, records: Sequence[Record]) -> dict[str, tuple[int, Mapping[str, Any], str]]:
    """Return version, content and state of what is there of some records, by id."""
    table, of_kind = _TABLES[kind]
    ids = [record.id for record in records if isinstance(record, of_kind)]
    versions = latest_versions(session, kind, ids)
    rows = (row for chunk in _in_chunks(ids) for row in session.scalars(select(table).where(table.id.in_(chunk))))
    there = {row.id: (versions[row.id], row.content, getattr(row, "state", PUBLISHED)) for row in rows}
    # An offering that is only a draft yet is not there, but has its versions.
    return {**{id_: (version, None, WITHDRAWN) for id_, version in versions.items()}, **there}


def latest_versions(session: Session, kind: Kind, ids: Sequence[str]) -> dict[str, int]:
    """Return the number of the latest revision of each record that has one, drafts included."""
    latest = select(RevisionRow.record_id, func.max(RevisionRow.version)).group_by(RevisionRow.record_id)
    found: dict[str, int] = {}
    for chunk in _in_chunks(ids):
        wanted = latest.where(RevisionRow.kind == kind, RevisionRow.record_id.in_(chunk))
        found.update((row[0], row[1]) for row in session.execute(wanted))
    return found


def _put(
    session: Session, record: Record, present: Mapping[Kind, dict[str, Any]], editor: str, now: datetime
) -> Change:
    kind = next(kind for kind, (_, of_kind) in _TABLES.items() if isinstance(record, of_kind))
    content = record.model_dump(mode="json")
    version, before, state = present[kind].get(record.id, (0, None, PUBLISHED))
    if content == before and state == PUBLISHED:
        return Change(kind=kind, id=record.id, change="unchanged")
    version += 1
    if isinstance(record, Alliance):
        session.merge(AllianceRow(id=record.id, version=version, content=content))
    elif isinstance(record, Guide):
        session.merge(GuideRow(id=record.id, alliance_id=record.alliance, version=version, content=content))
    else:
        session.merge(
            OfferingRow(id=record.id, alliance_id=record.alliance, state=PUBLISHED, version=version, content=content)
        )
    session.add(revision(kind, record.id, version, PUBLISHED, editor, now, content))
    present[kind][record.id] = (version, content, PUBLISHED)
    return Change(kind=kind, id=record.id, change="changed" if before else "added")


def revision(
    kind: Kind, record_id: str, version: int, state: str, editor: str, at: datetime, content: Mapping[str, Any] | None
) -> RevisionRow:
    """Return the row of one edit, to be added in the edit's own transaction."""
    return RevisionRow(
        kind=kind, record_id=record_id, version=version, state=state, editor=editor, edited_at=at,
        content=dict(content) if content else None,
    )  # fmt: skip
