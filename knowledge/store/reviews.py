"""What is published, as those see it who look whether it is still true: read quickly, confirmed, or taken out.

Confirming and withdrawing name the published version that was looked at; a draft beside it stays (docs/decisions/0011).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Executable, delete, func, insert, select
from sqlalchemy.orm import Session

from knowledge.errors import EditedMeanwhileError
from knowledge.store.records import PUBLISHED, WITHDRAWN, alone, latest_versions, revision
from knowledge.store.tables import DraftRow, OfferingRow, ReviewDateRow, RevisionRow


@dataclass(frozen=True, kw_only=True, eq=False)
class Published:
    """A published offering without its validation, which thousands of them would wait for.

    Attributes:
        version: Of what is published, whatever drafts there are.
        content: The offering's fields as JSON; of all offerings together only those in `BRIEF`.
        edited_at: When this version was written.
        own: The day on which a coordinator wants it looked at.
    """

    id: str
    alliance: str
    version: int
    content: Mapping[str, Any]
    edited_at: datetime
    own: date | None = None


# What is read of all offerings: to tell when each should be looked at, what is wrong with it, and which it is.
BRIEF = (
    "title", "categories", "checked_on", "valid_to", "cost", "free", "phone", "email", "url", "postal_code", "city",
)  # fmt: skip
_AT_A_TIME = 500
_WITH_EDIT = (
    select(
        OfferingRow.id, OfferingRow.alliance_id.label("alliance"), OfferingRow.version, OfferingRow.content,
        RevisionRow.edited_at,
    )
    .where(OfferingRow.state == PUBLISHED, RevisionRow.kind == "offering")
    .join(RevisionRow, (RevisionRow.record_id == OfferingRow.id) & (RevisionRow.version == OfferingRow.version))
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Lying:
    """A draft, and when it was last written."""

    id: str
    alliance: str
    state: str
    title: str
    written_at: datetime


class Reviews:
    """Reads and confirms published offerings in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)
        self._known: dict[str, Published] = {}

    def published(self, alliances: Collection[str] | None = None) -> list[Published]:
        """Return the published offerings of some alliances, in no order; None: of all alliances.

        Their content is read once for each version and stays in memory.
        """
        wanted = select(OfferingRow.id, OfferingRow.version).where(OfferingRow.state == PUBLISHED)
        if alliances is not None:
            wanted = wanted.where(OfferingRow.alliance_id.in_(alliances))
        with self._reading.connect() as connection:
            own = _pairs(connection, select(ReviewDateRow.offering_id, ReviewDateRow.review_on))
            versions = _pairs(connection, wanted)
            known = self._known
            unread = [id_ for id_, version in versions.items() if id_ not in known or known[id_].version != version]
            read = {one.id: one for one in _read(connection, unread)}
            # Another one, never changed: other threads may look at the one that was there.
            known = self._known = {**known, **read} if read else known
        found = (known[id_] for id_ in versions if id_ in known)
        return [replace(one, own=own[one.id]) if one.id in own else one for one in found]

    def one(self, offering_id: str) -> Published | None:
        """Return a published offering with all its fields, or None."""
        with self._reading.connect() as connection:
            own = connection.scalar(select(ReviewDateRow.review_on).where(ReviewDateRow.offering_id == offering_id))
            row = connection.execute(_WITH_EDIT.where(OfferingRow.id == offering_id)).one_or_none()
            return Published(**row._mapping, own=own) if row else None

    def drafts(self, alliances: Collection[str] | None = None) -> list[Lying]:
        """Return the drafts of some alliances by when they were written, the oldest first; None: of all alliances."""
        last = select(func.max(RevisionRow.edited_at)).where(
            RevisionRow.kind == "offering", RevisionRow.record_id == DraftRow.id
        )
        wanted = select(DraftRow, last.scalar_subquery().label("written_at"))
        if alliances is not None:
            wanted = wanted.where(DraftRow.alliance_id.in_(alliances))
        with Session(self._reading) as session:
            found = [
                Lying(id=row.id, alliance=row.alliance_id, state=row.state, title=row.content["title"], written_at=at)
                for row, at in session.execute(wanted)
            ]
        return sorted(found, key=lambda one: (one.written_at, one.id))

    def confirm(self, offering_id: str, *, on: date, editor: str, read_version: int) -> None:
        """Note that somebody found a published version still true on a day; the draft beside it learns of it, too.

        Raises:
            EditedMeanwhileError: Another version is published since, or none.
        """
        self._change_public(offering_id, PUBLISHED, editor, read_version, checked_on=on.isoformat())

    def withdraw(self, offering_id: str, *, editor: str, read_version: int) -> None:
        """Take a published version out of search; it, its history and the draft beside it stay.

        Raises:
            EditedMeanwhileError: Another version is published since, or none.
        """
        self._change_public(offering_id, WITHDRAWN, editor, read_version)

    def set_own(self, offering_id: str, day: date | None) -> None:
        """Set the day on which an offering should be looked at; None: the rules' again. Only for what is or was published."""
        with self._writing.begin() as connection:
            connection.execute(delete(ReviewDateRow).where(ReviewDateRow.offering_id == offering_id))
            if day is not None:
                connection.execute(insert(ReviewDateRow), {"offering_id": offering_id, "review_on": day})

    def _change_public(self, offering_id: str, state: str, editor: str, read_version: int, **fields: str) -> None:
        with Session(self._writing) as session, session.begin():
            alone(session)
            row = session.get(OfferingRow, offering_id)
            if row is None or row.state != PUBLISHED or row.version != read_version:
                raise EditedMeanwhileError(f"{offering_id} is not published as version {read_version} any more")
            row.version = latest_versions(session, "offering", [offering_id])[offering_id] + 1
            row.state, row.content = state, {**row.content, **fields}
            draft = session.get(DraftRow, offering_id)
            if draft is not None:
                draft.version, draft.content = row.version, {**draft.content, **fields}
            session.add(revision("offering", row.id, row.version, row.state, editor, datetime.now(UTC), row.content))


def _pairs(connection: Connection, wanted: Executable) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(wanted)}


def _read(connection: Connection, ids: Sequence[str]) -> Iterator[Published]:
    for start in range(0, len(ids), _AT_A_TIME):
        chunk = ids[start : start + _AT_A_TIME]
        for row in connection.execute(_WITH_EDIT.where(OfferingRow.id.in_(chunk))):
            brief = {name: row.content.get(name) for name in BRIEF}
            yield Published(**{**row._mapping, "content": brief})
