"""Figures: how often what was asked, found and shown. Counters of a day alone; nothing of them leads back to anybody."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.store.tables import FigureRow

FigureKind = Literal[
    "conversation", "language", "channel", "time", "weekday",  # of each conversation, one value a kind
    "search", "need", "region",  # of each search: answered or unanswered, and its need and region where they are known
    "offering",  # each time that one was shown
    "helped",  # yes or no, as parents said
]  # fmt: skip
# A whole year can be compared with the year before.
_KEPT_MONTHS = 25
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, order=True)
class Figure:
    """What is counted: the day (in Germany), the alliance (None: none is near), and the value of a kind."""

    day: date
    alliance: str | None
    kind: FigureKind
    value: str = ""


class Figures:
    """Keeps counters in the store's database."""

    def __init__(self, engine: Engine) -> None:
        # A power cut may take the last counts; waiting for the disk is worth more for what people write.
        self._counting = engine.execution_options(may_be_lost=True)
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def add(self, counts: Mapping[Figure, int]) -> None:
        """Add to counters, all or none; several processes may do so at once."""
        with self._counting.begin() as connection:
            add_counts(connection, counts)

    def totals(self, first: date, after: date, *, alliance: str | None = None) -> dict[str, dict[str, int]]:
        """Return kind -> value -> count from the day `first` on until before `after`.

        Args:
            alliance: Those of one alliance; None: of all, and of no alliance's.
        """
        wanted = select(FigureRow.kind, FigureRow.value, func.sum(FigureRow.times)).where(
            FigureRow.day >= first, FigureRow.day < after
        )
        if alliance is not None:
            wanted = wanted.where(FigureRow.alliance_id == alliance)
        found: dict[str, dict[str, int]] = {}
        with self._reading.connect() as connection:
            for kind, value, times in connection.execute(wanted.group_by(FigureRow.kind, FigureRow.value)):
                found.setdefault(kind, {})[value] = int(times)
        return found

    def shown(self, since: date) -> dict[str, int]:
        """Return id -> how often an offering was shown to parents since a day; one that never was is missing.

        The counts are exact: order by them, but show people what console/figures/small_numbers.py makes of them.
        """
        wanted = (
            select(FigureRow.value, func.sum(FigureRow.times))
            .where(FigureRow.kind == "offering", FigureRow.day >= since)
            .group_by(FigureRow.value)
        )
        with self._reading.connect() as connection:
            return {value: int(times) for value, times in connection.execute(wanted)}

    def first_day(self) -> date | None:
        """Return the first day that has a counter, of whatever alliance."""
        with self._reading.connect() as connection:
            return connection.scalar(select(func.min(FigureRow.day)))

    def delete_old(self, today: date) -> int:
        """Delete the counters of days that are not kept any more; return how many there were."""
        with self._writing.begin() as connection:
            return connection.execute(delete(FigureRow).where(FigureRow.day < kept_from(today))).rowcount


def kept_from(today: date) -> date:
    """Return the first day whose counters are kept: the same day 25 months ago."""
    year, month = divmod(today.year * 12 + today.month - 1 - _KEPT_MONTHS, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def add_counts(connection: Connection, counts: Mapping[Figure, int]) -> None:
    """Add to counters within a transaction."""
    rows = [
        {"alliance_id": one.alliance or "", "day": one.day, "kind": one.kind, "value": one.value, "times": times}
        for one, times in counts.items()
    ]
    if rows:
        # In one order everywhere, so that two transactions never wait for each other's rows.
        rows.sort(key=lambda row: (row["alliance_id"], row["day"], row["kind"], row["value"]))
        added = _INSERT[connection.dialect.name](FigureRow)
        connection.execute(
            added.on_conflict_do_update(
                index_elements=["alliance_id", "day", "kind", "value"],
                set_={"times": FigureRow.times + added.excluded.times},
            ),
            rows,
        )
