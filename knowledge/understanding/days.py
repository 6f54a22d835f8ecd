"""The days that a message names: "24.12.", "3rd of December", "morgen", "next week", "Osterferien", "am Wochenende"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.understanding.lexicon import WEEKDAYS
from knowledge.understanding.marking import Marked

_DAY = re.compile(
    r"""
      (?<!\d)(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})(?!\d)
    | (?<![\d.,])(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.(?:\s?(?P<y2>\d{4}|\d{2})(?![\d:.]))?
    | (?<![\d.,/])(?P<d3>\d{1,2})/(?P<m3>\d{1,2})/(?P<y3>\d{4}|\d{2})(?!\d)
    # Without a stop at the end only where it can be no time of day.
    | (?<![\d.,])(?P<d4>2[4-9]|3[01])\.(?P<m4>0[1-9]|1[0-2])(?![\d.,])
    """,
    re.VERBOSE,
)
_TO = r"\s?(?:-|–|bis(?:\s+zum)?|to|do|до|по|până(?:\s+la)?|au)\s?"
# "vom 3. bis 7.8."
_FIRST_OF_SPAN = re.compile(rf"(?<![\d.,])(\d{{1,2}})\.?{_TO}$", re.IGNORECASE)
_GOES_ON = re.compile(rf"{_TO}(?=\d)", re.IGNORECASE)
_LONGEST_SPAN = timedelta(92)
# The months in which German states have these holidays (KMK's calendar; the states differ by weeks).
_HOLIDAY_SPANS = {
    "winter": ((1, 25), (3, 5)), "easter": ((3, 20), (4, 25)), "whitsun": ((5, 10), (6, 15)), "summer": ((6, 20), (9, 15)),
    "autumn": ((10, 1), (11, 5)), "christmas": ((12, 18), (1, 10)),
}  # fmt: skip
_AHEAD = {"today": 0, "tomorrow": 1, "after_tomorrow": 2}
_WEEK = timedelta(7)


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both included, and the positions of the words that name it; None where none is named."""

    on: date | None = None
    until: date | None = None
    words: frozenset[int] = frozenset()


def read_days(text: str, said: Marked, today: date) -> Days:
    """Return the span of days that a message names; of a day without a year, the next one."""
    spans = _written(text, today) or _named(said, today)
    if spans:
        first, last = spans[0], spans[-1]
        if len(spans) > 1 and last < first:
            begun = _in_year(first.year - 1, first.month, first.day)
            if begun and begun <= today and last <= begun + _LONGEST_SPAN:
                first = begun  # in the middle of the holidays
            else:
                last = _in_year(first.year + 1, last.month, last.day) or first
        return Days(first, last if first <= last <= first + _LONGEST_SPAN else first)
    for holiday in said.of("holidays"):
        return Days(*_next_holidays(str(holiday.value), today))
    return _relative(said, today)


def is_weekend(said: Marked) -> bool:
    """Return whether a message speaks of the weekend, of a Saturday or of a Sunday."""
    return bool(said.of("weekend")) or any(mark.value in ("saturday", "sunday") for mark in said.of("weekdays"))


def _written(text: str, today: date) -> list[date]:
    days = []
    for found in _DAY.finditer(text):
        groups = {name[0]: value for name, value in found.groupdict().items() if value}
        year = int(groups["y"]) if "y" in groups else None
        if year is not None and year < 100:
            year += 2000
        day = _day(year, int(groups["m"]), int(groups["d"]), today)
        if day is None and year is not None and _GOES_ON.match(text, found.end()):
            day = _day(year, int(groups["m"]), int(groups["d"]), today - _LONGEST_SPAN)  # a span that has begun
        if day is None:
            continue
        begin = _FIRST_OF_SPAN.search(text[: found.start()])
        if begin and 1 <= int(begin[1]) <= day.day:
            days.append(day.replace(day=int(begin[1])))
        days.append(day)
    return days if days and days[-1] >= today else []


def _named(said: Marked, today: date) -> list[date]:
    """Return the days written with the month's name: "3. Dezember", "am dritten Mai", "December 3rd"."""
    days = []
    for month in said.of("months_named"):
        before = said.skip_back(month.start, "endings", "link")
        number = _day_number(said, before - 1)
        if number is None and said.lexicon.month_first and not said.of("age_is"):
            number = _day_number(said, month.end)
        day = _day(None, int(month.value), number, today) if number else None
        if day is None:
            continue
        start = said.skip_back(before - 1, "and", "to")
        first = _day_number(said, start - 1) if start < before - 1 or "-" in said.gaps[before - 1] else None
        if first and first <= day.day:
            days.append(day.replace(day=first))
        days.append(day)
    return days


def _day_number(said: Marked, at: int) -> int | None:
    if not 0 <= at < len(said.words):
        return None
    word, ordinal = said.words[at], said.ending(at + 1, "ordinals")
    number = int(word) if word.isdecimal() else int(float(ordinal.value)) if ordinal else 0
    return number if 1 <= number <= 31 else None


def _relative(said: Marked, today: date) -> Days:
    """Return what "today", "next week", "this weekend" or "next Friday" means; "am Wochenende" alone may be any."""
    for named in said.of(*_AHEAD):
        day = today + timedelta(_AHEAD[named.kind])
        return Days(day, day, frozenset(range(named.start, named.end)))
    monday = today - timedelta(today.weekday())
    for named in said.of("weekend", "weekdays"):
        if not (said.ending(named.start, "this") or said.starting(named.end, "this")):
            continue
        if named.kind == "weekend":
            return Days(max(today, monday + timedelta(5)), monday + timedelta(6))
        day = today + timedelta((WEEKDAYS.index(str(named.value)) - today.weekday()) % 7)
        return Days(day, day)
    for named in said.of("this_week", "next_week"):
        first = today if named.kind == "this_week" else monday + _WEEK
        last = monday + timedelta(6) + (_WEEK if named.kind == "next_week" else timedelta(0))
        return Days(first, last, frozenset(range(named.start, named.end)))
    return Days()


def _next_holidays(name: str, today: date) -> tuple[date, date]:
    (first_month, first_day), (last_month, last_day) = _HOLIDAY_SPANS[name]
    for year in (today.year - 1, today.year, today.year + 1):
        first = date(year, first_month, first_day)
        last = date(year + (last_month < first_month), last_month, last_day)
        if last >= today:
            return first, last
    raise AssertionError("one of three years' holidays is still to come")


def _day(year: int | None, month: int, day: int, today: date) -> date | None:
    """Return a day, the next such one where the year is not told; None where there is none or it is past (a birthday)."""
    years = range(today.year, today.year + 9) if year is None else (year,)
    return next((d for each in years if (d := _in_year(each, month, day)) and d >= today), None)


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # no such day: then it was no date
