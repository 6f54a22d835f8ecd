"""What parents say of the answers: helped or not, and why not. Nothing of it leads back to a person or a conversation."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from knowledge.german_time import GERMANY
from knowledge.store.figures import Figure, add_counts
from knowledge.store.tables import FeedbackRow

FEEDBACK_REASONS = ("wrong", "far", "outdated", "language", "unclear", "other")


@dataclass(frozen=True, kw_only=True)
class FeedbackCount:
    """How many said yes, how many no, and how many of these named which reason; `alliance` None: no alliance's page."""

    alliance: str | None
    yes: int
    no: int
    reasons: Mapping[str, int] = field(default_factory=dict)


class Feedback:
    """Keeps feedback in the store's database, each with the hour (UTC) in which it came and no closer time."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def give(self, *, helped: bool, reason: str | None, alliance: str | None, language: str) -> None:
        """Store one parent's word, and count it among the figures.

        Args:
            reason: One of FEEDBACK_REASONS where it did not help, or None.
            alliance: Id of the alliance on whose page it was said.
            language: The reply language, `de-simple` included.
        """
        now = datetime.now(UTC)
        hour = now.replace(minute=0, second=0, microsecond=0)
        day = now.astimezone(GERMANY).date()
        with Session(self._writing) as session, session.begin():
            session.add(FeedbackRow(hour=hour, alliance_id=alliance, language=language, helped=helped, reason=reason))
            add_counts(session.connection(), {Figure(day, alliance, "helped", "yes" if helped else "no"): 1})

    def counts(self) -> list[FeedbackCount]:
        """Return the counts of each alliance by id; what was said on no alliance's page comes last."""
        what = (FeedbackRow.alliance_id, FeedbackRow.helped, FeedbackRow.reason)
        with self._reading.connect() as connection:
            rows = connection.execute(select(*what, func.count().label("times")).group_by(*what)).all()
        alliances = sorted({row.alliance_id for row in rows}, key=lambda name: (name is None, name or ""))
        return [_count(alliance, [row for row in rows if row.alliance_id == alliance]) for alliance in alliances]

    def delete_older_than(self, age: timedelta) -> int:
        """Delete feedback that came longer ago than `age`; return how much there was."""
        with Session(self._writing) as session, session.begin():
            old = delete(FeedbackRow).where(FeedbackRow.hour < datetime.now(UTC) - age)
            return int(session.execute(old).rowcount)  # type: ignore[attr-defined]  # a cursor result, for a DELETE


def _count(alliance: str | None, rows: list[Any]) -> FeedbackCount:
    reasons: Counter[str] = Counter()
    for row in rows:
        if row.reason:
            reasons[row.reason] += row.times
    return FeedbackCount(
        alliance=alliance,
        yes=sum(row.times for row in rows if row.helped),
        no=sum(row.times for row in rows if not row.helped),
        reasons={reason: reasons[reason] for reason in FEEDBACK_REASONS if reasons[reason]},
    )
