"""Guides as their editors see them: versions, history, and those that were withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownRecordError
from knowledge.store.records import PUBLISHED, WITHDRAWN, revision
from knowledge.store.revisions import Revision, history_of, next_version
from knowledge.store.tables import AllianceRow, GuideRow, RevisionRow
from knowledge.values import Guide


@dataclass(frozen=True, kw_only=True)
class GuideEdition:
    """A guide as an editor finds it; a withdrawn one as it was last.

    Attributes:
        version: Of the latest edit; to be given back with the next one.
    """

    guide: Guide
    version: int
    public: bool


class GuideEditions:
    """Reads and writes guides for their editors, in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def all(self, alliances: Collection[str] | None = None) -> list[GuideEdition]:
        """Return the guides of some alliances by id, withdrawn ones too; None: all, and those that hold everywhere."""
        last = select(RevisionRow.record_id, func.max(RevisionRow.version).label("version"))
        newest = last.where(RevisionRow.kind == "guide").group_by(RevisionRow.record_id).subquery()
        wanted = select(RevisionRow).join(
            newest, (RevisionRow.record_id == newest.c.record_id) & (RevisionRow.version == newest.c.version)
        )
        with Session(self._reading) as session:
            found = (_edition(row) for row in session.scalars(wanted.where(RevisionRow.kind == "guide")) if row.content)
            mine = [one for one in found if alliances is None or one.guide.alliance in alliances]
        return sorted(mine, key=lambda one: one.guide.id)

    def one(self, guide_id: str) -> GuideEdition | None:
        """Return a guide, withdrawn or not, or None."""
        wanted = select(RevisionRow).where(RevisionRow.kind == "guide", RevisionRow.record_id == guide_id)
        with Session(self._reading) as session:
            row = session.scalars(wanted.order_by(RevisionRow.version.desc()).limit(1)).first()
            return None if row is None or not row.content else _edition(row)

    def save(self, guide: Guide, *, editor: str, read_version: int) -> GuideEdition:
        """Write a guide, new or over the version read; one that was withdrawn is public again.

        Raises:
            EditedMeanwhileError: There is another version since.
            UnknownRecordError: There is no such alliance.
        """
        content = guide.model_dump(mode="json")
        with Session(self._writing) as session, session.begin():
            version = next_version(session, "guide", guide.id, read_version)
            if guide.alliance is not None and session.get(AllianceRow, guide.alliance) is None:
                raise UnknownRecordError(f"no alliance {guide.alliance!r}")
            session.merge(GuideRow(id=guide.id, alliance_id=guide.alliance, version=version, content=content))
            session.add(revision("guide", guide.id, version, PUBLISHED, editor, datetime.now(UTC), content))
        return GuideEdition(guide=guide, version=version, public=True)

    def withdraw(self, guide_id: str, *, editor: str, read_version: int) -> None:
        """Take a guide out of the search; its history stays, and it can be saved again.

        Raises:
            EditedMeanwhileError: There is another version since.
            UnknownRecordError: No guide of this id is public.
        """
        with Session(self._writing) as session, session.begin():
            version = next_version(session, "guide", guide_id, read_version)
            row = session.get(GuideRow, guide_id)
            if row is None:
                raise UnknownRecordError(f"no guide {guide_id!r}")
            session.add(revision("guide", guide_id, version, WITHDRAWN, editor, datetime.now(UTC), row.content))
            session.delete(row)

    def history(self, guide_id: str) -> list[Revision]:
        """Return all edits of a guide, oldest first."""
        with Session(self._reading) as session:
            return history_of(session, "guide", guide_id)


def _edition(row: RevisionRow) -> GuideEdition:
    return GuideEdition(guide=Guide.model_validate(row.content), version=row.version, public=row.state != WITHDRAWN)
