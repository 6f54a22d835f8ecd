"""Offerings as their editors see them: drafts beside what is published, states, history. Parents see nothing of a draft.

An offering has one line of versions, drafts included; an editor says which version was read, and nothing is overwritten
that was written since (docs/decisions/0011).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownRecordError
from knowledge.store.records import PUBLISHED, WITHDRAWN, latest_versions, revision
from knowledge.store.revisions import Revision, history_of, next_version
from knowledge.store.tables import AllianceRow, DraftRow, OfferingRow
from knowledge.store.translations import note_sources
from knowledge.values import Offering

EditionState = Literal["draft", "review", "published", "withdrawn"]
EDITION_STATES: tuple[EditionState, ...] = ("draft", "review", "published", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An offering as an editor finds it: the draft where there is one, else the published or withdrawn offering.

    Attributes:
        version: Of the latest edit; to be given back with the next one.
        public: What parents see now; None when it is withdrawn or was never published.
    """

    offering: Offering
    state: EditionState
    version: int
    public: Offering | None


class Editions:
    """Reads and writes offerings for their editors, in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def all(self, alliances: Collection[str] | None = None) -> list[Edition]:
        """Return the editions of some alliances' offerings by id; None: of all alliances."""
        with Session(self._reading) as session:
            rows: dict[str, list[Any]] = {}
            tables: tuple[Any, ...] = (DraftRow, OfferingRow)
            for at, table in enumerate(tables):
                wanted = select(table)
                if alliances is not None:
                    wanted = wanted.where(table.alliance_id.in_(alliances))
                for row in session.scalars(wanted):
                    rows.setdefault(row.id, [None, None])[at] = row
            return [_edition(*rows[id_]) for id_ in sorted(rows)]

    def one(self, offering_id: str) -> Edition | None:
        """Return the edition of an offering, or None."""
        with Session(self._reading) as session:
            return _found(session, offering_id)

    def save(
        self,
        offering: Offering,
        *,
        state: EditionState,
        editor: str,
        read_version: int,
        translated_from: Mapping[str, int] | None = None,
    ) -> Edition:
        """Write an offering as a draft, for review, published or withdrawn; publishing and withdrawing end the draft.

        Args:
            read_version: The version that the editor read; 0 for an offering that is new.
            translated_from: Language -> the version whose German text its translation was made from, where that is not this
                one's; 0: a text that no version has.

        Raises:
            EditedMeanwhileError: There is another version since.
            UnknownRecordError: There is no such alliance.
        """
        content = offering.model_dump(mode="json")
        with Session(self._writing) as session, session.begin():
            version = next_version(session, "offering", offering.id, read_version)
            if session.get(AllianceRow, offering.alliance) is None:
                raise UnknownRecordError(f"no alliance {offering.alliance!r}")
            of = {
                "id": offering.id,
                "alliance_id": offering.alliance,
                "state": state,
                "version": version,
                "content": content,
            }
            if state in {PUBLISHED, WITHDRAWN}:
                session.merge(OfferingRow(**of))
                _drop_draft(session, offering.id)
            else:
                session.merge(DraftRow(**of))
            session.add(revision("offering", offering.id, version, state, editor, datetime.now(UTC), content))
            note_sources(session, offering.id, version, translated_from or {})
            session.flush()
            edition = _found(session, offering.id)
            assert edition is not None
            return edition

    def discard(self, offering_id: str, *, editor: str, read_version: int) -> None:
        """Throw a draft away; what is published stays.

        Raises:
            EditedMeanwhileError: There is another version since.
            UnknownRecordError: There is no draft of this offering.
        """
        with Session(self._writing) as session, session.begin():
            version = next_version(session, "offering", offering_id, read_version)
            if not _drop_draft(session, offering_id):
                raise UnknownRecordError(f"no draft of {offering_id!r}")
            session.add(revision("offering", offering_id, version, "discarded", editor, datetime.now(UTC), None))

    def history(self, offering_id: str) -> list[Revision]:
        """Return all edits of an offering, oldest first."""
        with Session(self._reading) as session:
            return history_of(session, "offering", offering_id)


def _drop_draft(session: Session, offering_id: str) -> bool:
    draft = session.get(DraftRow, offering_id)
    if draft is not None:
        session.delete(draft)
    return draft is not None


def _found(session: Session, offering_id: str) -> Edition | None:
    draft, published = session.get(DraftRow, offering_id), session.get(OfferingRow, offering_id)
    if draft is None and published is None:
        return None
    edition = _edition(draft, published)
    return Edition(
        offering=edition.offering, state=edition.state, public=edition.public,
        version=latest_versions(session, "offering", [offering_id])[offering_id],
    )  # fmt: skip


def _edition(draft: DraftRow | None, published: OfferingRow | None) -> Edition:
    row = draft or published
    assert row is not None
    offering = Offering.model_validate(row.content)
    public = None
    if published is not None and published.state == PUBLISHED:
        public = offering if draft is None else Offering.model_validate(published.content)
    return Edition(offering=offering, state=_state(row.state), version=row.version, public=public)


def _state(name: str) -> EditionState:
    return next((state for state in EDITION_STATES if state == name), "draft")
