"""What became of looking at the web addresses of offerings and guides: answered, moved, or broken and since when."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Engine, delete, insert, select, update

from knowledge.store.claiming import claim_first
from knowledge.store.engine import wait_for_turn
from knowledge.store.tables import LinkCheckRow

LinkResult = Literal["new", "ok", "moved", "broken", "unreachable"]
_RESULTS: tuple[LinkResult, ...] = ("new", "ok", "moved", "broken", "unreachable")
_EVERY = timedelta(days=7)
# One that failed is asked again on the following days, to be sure.
_AGAIN = timedelta(days=1)
# Whoever was ended while asking has the address no longer.
_CLAIMED = timedelta(hours=1)
SURE_AFTER_FAILURES = 3
_AT_A_TIME = 500


@dataclass(frozen=True, kw_only=True)
class LinkCheck:
    """The last look at a web address.

    Attributes:
        result: "new": not looked at yet. "moved": it leads on for good, to `moved_to`. "broken": the page is not there.
            "unreachable": its server does not answer.
        failures: On how many different days it failed in a row.
        failing_since: The first of them.
    """

    url: str
    result: LinkResult
    moved_to: str | None = None
    failures: int = 0
    failing_since: date | None = None

    @property
    def is_broken(self) -> bool:
        """Whether it failed on so many days that it is no passing trouble."""
        return self.failures >= SURE_AFTER_FAILURES


class LinkChecks:
    """Keeps the looks in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def follow(self, urls: Collection[str], *, now: datetime) -> None:
        """Look at these web addresses from now on, and at no others."""
        wanted = {_digest(url): url for url in urls}
        with self._reading.connect() as connection:
            known = set(connection.scalars(select(LinkCheckRow.id)))
        fresh, gone = wanted.keys() - known, list(known - wanted.keys())
        if not fresh and not gone:
            return
        with self._writing.begin() as connection:
            wait_for_turn(connection, "links")
            known = set(connection.scalars(select(LinkCheckRow.id)))  # another process may have been quicker
            rows = [
                {"id": id_, "url": wanted[id_], "result": "new", "failures": 0, "next_at": now}
                for id_ in sorted(wanted.keys() - known)
            ]
            if rows:
                connection.execute(insert(LinkCheckRow), rows)
            for start in range(0, len(gone), _AT_A_TIME):
                chunk = gone[start : start + _AT_A_TIME]
                connection.execute(delete(LinkCheckRow).where(LinkCheckRow.id.in_(chunk)))

    def claim(self, *, now: datetime) -> str | None:
        """Return the address that waits longest to be looked at, for this process alone; None when none waits."""
        due = select(LinkCheckRow.id, LinkCheckRow.url).where(LinkCheckRow.next_at <= now)
        row = claim_first(
            due.order_by(LinkCheckRow.next_at, LinkCheckRow.id), LinkCheckRow, looking=self._reading,
            marking=self._writing, next_at=now + _CLAIMED,
        )  # fmt: skip
        return None if row is None else str(row.url)

    def note(self, url: str, result: LinkResult, *, now: datetime, moved_to: str | None = None) -> None:
        """Remember what came of a look; several failures on one day are one."""
        today, which = now.date(), LinkCheckRow.id == _digest(url)
        with self._writing.begin() as connection:
            row = connection.execute(
                select(LinkCheckRow.failures, LinkCheckRow.failed_on, LinkCheckRow.failing_since).where(which)
            ).one_or_none()
            if row is None:
                return  # the offering is gone meanwhile
            if result in {"ok", "moved"}:
                found: dict[str, Any] = {
                    "failures": 0,
                    "failed_on": None,
                    "failing_since": None,
                    "next_at": now + _EVERY,
                }
            else:
                failures = row.failures + (row.failed_on != today)
                found = {
                    "failures": failures, "failed_on": today, "failing_since": row.failing_since or today,
                    "next_at": now + (_EVERY if failures >= SURE_AFTER_FAILURES else _AGAIN),
                }  # fmt: skip
            connection.execute(update(LinkCheckRow).where(which).values(result=result, moved_to=moved_to, **found))

    def all(self) -> dict[str, LinkCheck]:
        """Return what is known of each web address."""
        with self._reading.connect() as connection:
            return {row.url: _check(row) for row in connection.execute(select(LinkCheckRow.__table__))}

    def broken(self) -> dict[str, LinkCheck]:
        """Return the addresses that are surely broken."""
        surely = select(LinkCheckRow.__table__).where(LinkCheckRow.failures >= SURE_AFTER_FAILURES)
        with self._reading.connect() as connection:
            return {row.url: _check(row) for row in connection.execute(surely)}

    def of(self, url: str) -> LinkCheck | None:
        """Return what is known of a web address, or None."""
        with self._reading.connect() as connection:
            row = connection.execute(
                select(LinkCheckRow.__table__).where(LinkCheckRow.id == _digest(url))
            ).one_or_none()
            return _check(row) if row else None


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _check(row: object) -> LinkCheck:
    given = row._mapping  # type: ignore[attr-defined]  # a row of the table
    return LinkCheck(
        url=given["url"], result=next((one for one in _RESULTS if one == given["result"]), "new"),
        moved_to=given["moved_to"], failures=given["failures"], failing_since=given["failing_since"],
    )  # fmt: skip
