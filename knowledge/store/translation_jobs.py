"""Wishes for machine translation, worked on in the background by whichever process comes first."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Engine, delete, insert, or_, select, update

from knowledge.errors import UnknownRecordError
from knowledge.store.claiming import claim_first
from knowledge.store.tables import TranslationJobRow

JobState = Literal["waiting", "running", "finished", "failed"]
# Nobody has worked on a running one for so long: its process is gone.
_GIVEN_UP = timedelta(minutes=3)
_KEPT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class TranslationJob:
    """A wish to have what lacks a translation into a language translated by a machine.

    Attributes:
        alliances: Whose offerings; None: all.
        editor: Who asked, by e-mail address.
        skipped: Offerings that could not be done.
        fault: The code of what ended it, or None.
    """

    id: int
    language: str
    alliances: tuple[str, ...] | None
    editor: str
    asked_at: datetime
    state: JobState
    total: int
    done: int
    skipped: int
    fault: str | None


class TranslationJobs:
    """Keeps the wishes in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def ask(
        self, *, language: str, alliances: Collection[str] | None, editor: str, total: int, now: datetime | None = None
    ) -> bool:
        """Add a wish, and return True; False where the same person's for this language still waits or runs."""
        at = now or datetime.now(UTC)
        with self._writing.begin() as connection:
            connection.execute(delete(TranslationJobRow).where(TranslationJobRow.asked_at < at - _KEPT))
            open_ = TranslationJobRow.state.in_(["waiting", "running"])
            same = (TranslationJobRow.editor == editor) & (TranslationJobRow.language == language)
            if connection.scalar(select(TranslationJobRow.id).where(open_, same)) is not None:
                return False
            row = {
                "language": language, "alliances": None if alliances is None else sorted(alliances), "editor": editor,
                "asked_at": at, "touched_at": at, "state": "waiting", "total": total, "done": 0, "skipped": 0,
            }  # fmt: skip
            connection.execute(insert(TranslationJobRow), row)
            return True

    def of(self, editor: str, *, most: int = 5) -> list[TranslationJob]:
        """Return somebody's latest wishes, the latest first."""
        wanted = select(TranslationJobRow.__table__).where(TranslationJobRow.editor == editor)
        with self._reading.connect() as connection:
            return [_job(row) for row in connection.execute(wanted.order_by(TranslationJobRow.id.desc()).limit(most))]

    def claim(self, *, now: datetime | None = None) -> TranslationJob | None:
        """Return the oldest wish that nobody works on, for the caller alone; None where there is none."""
        at = now or datetime.now(UTC)
        gone = (TranslationJobRow.state == "running") & (TranslationJobRow.touched_at < at - _GIVEN_UP)
        free = or_(TranslationJobRow.state == "waiting", gone)
        row = claim_first(
            select(TranslationJobRow.__table__).where(free).order_by(TranslationJobRow.id), TranslationJobRow,
            looking=self._reading, marking=self._writing, state="running", touched_at=at,
        )  # fmt: skip
        return None if row is None else replace(_job(row), state="running")

    def note(
        self, job_id: int, *, done: int, skipped: int, state: JobState = "running", fault: str | None = None
    ) -> None:
        """Write down how far a wish is that was claimed.

        Raises:
            UnknownRecordError: There is no such wish any more, or whoever took it up later has ended it.
        """
        values = {"done": done, "skipped": skipped, "state": state, "fault": fault, "touched_at": datetime.now(UTC)}
        with self._writing.begin() as connection:
            changed = connection.execute(
                update(TranslationJobRow)
                .where(TranslationJobRow.id == job_id, TranslationJobRow.state == "running")
                .values(**values)
            )
            if changed.rowcount == 0:
                raise UnknownRecordError(f"wish {job_id} is not worked on any more")


def _job(row: object) -> TranslationJob:
    fields = {name: getattr(row, name) for name in TranslationJob.__dataclass_fields__}
    fields["alliances"] = None if fields["alliances"] is None else tuple(fields["alliances"])
    return TranslationJob(**fields)
