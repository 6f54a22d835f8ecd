"""The history of a record, and the next number in its line of versions; offerings and guides have the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.errors import EditedMeanwhileError
from knowledge.store.records import PUBLISHED, Kind, alone, latest_versions
from knowledge.store.tables import RevisionRow


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One edit of a record; `content` is None where a draft was thrown away."""

    version: int
    state: str
    editor: str
    edited_at: datetime
    content: Mapping[str, Any] | None


def history_of(session: Session, kind: Kind, record_id: str) -> list[Revision]:
    """Return all edits of a record, oldest first."""
    wanted = select(RevisionRow).where(RevisionRow.kind == kind, RevisionRow.record_id == record_id)
    return [
        Revision(
            version=row.version, state=row.state or PUBLISHED, editor=row.editor, edited_at=row.edited_at,
            content=row.content,
        )
        for row in session.scalars(wanted.order_by(RevisionRow.version))
    ]  # fmt: skip


def next_version(session: Session, kind: Kind, record_id: str, read_version: int) -> int:
    """Return the number of the edit that is being written; until it is, nobody else writes one.

    Raises:
        EditedMeanwhileError: There is another version than the one that was read.
    """
    alone(session)
    latest = latest_versions(session, kind, [record_id]).get(record_id, 0)
    if latest != read_version:
        raise EditedMeanwhileError(f"{record_id} has version {latest} now, not {read_version}; read it again")
    return latest + 1
