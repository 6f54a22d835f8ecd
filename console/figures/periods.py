"""The periods that figures are shown for: whole weeks or months, so that no day can be worked out from two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.store.figures import kept_from

_WEEKS = {"4weeks": 4, "13weeks": 13}


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days from `first` on until before `after`; `key` is one of `4weeks`, `13weeks`, `12months`, or a year."""

    key: str
    first: date
    after: date

    @property
    def last(self) -> date:
        """The last day."""
        return self.after - timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The period to compare with: as long, right before; for a part of a year the same part of the year before."""
        if self.key in _WEEKS:
            length = self.after - self.first
            return Period(key=self.key, first=self.first - length, after=self.first)
        return Period(key=self.key, first=_year_before(self.first), after=_year_before(self.after))


def periods(today: date) -> Sequence[Period]:
    """Return the periods that can be chosen; none of them has a day that is not over, or whose counters are deleted."""
    monday, month = today - timedelta(days=today.weekday()), today.replace(day=1)
    found = [Period(key=key, first=monday - timedelta(weeks=weeks), after=monday) for key, weeks in _WEEKS.items()]
    found.append(Period(key="12months", first=_year_before(month), after=month))
    for year in range(today.year, kept_from(today).year, -1):
        first, after = date(year, 1, 1), min(date(year + 1, 1, 1), month)
        if kept_from(today) <= first < after:
            found.append(Period(key=str(year), first=first, after=after))
    return found


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1)  # always the first of a month
