"""Opening hours between OpenStreetMap's syntax and the weekly and monthly rules of HSDS (after iCalendar); times are local."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIME = r"\d{2}:\d{2}"
_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY}|\[-?\d\])?(?:,{_DAY}(?:-{_DAY}|\[-?\d\])?)*) (?P<times>{_TIME}-{_TIME}(?:,{_TIME}-{_TIME})*)"
)
_HOLIDAYS = re.compile(r"(?:PH|SH)(?:,(?:PH|SH))? off")
_LOCAL_TIME = re.compile(r"(\d{1,2}:\d{2})(?::\d{2})?(?:\+0[12]:?00)?")
_BYDAY = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, order=True)
class Rule:
    """Open from one time to another, on some days each week, or on such as the second Saturday (`2SA`) each month."""

    byday: tuple[str, ...]
    opens_at: str
    closes_at: str

    @property
    def freq(self) -> str:
        return "MONTHLY" if any(day not in DAYS for day in self.byday) else "WEEKLY"


def rules_of(hours: str) -> list[Rule] | None:
    """Return the rules of hours in OpenStreetMap's syntax; None where they say more than such rules can.

    Holidays on which it is closed are no part of them.
    """
    spans: dict[str, list[tuple[str, str]]] = {}
    for part in re.split(r"\s*;\s*", hours.strip().replace("24/7", "Mo-Su 00:00-24:00")):
        if _HOLIDAYS.fullmatch(part) or not part:
            continue
        rule = _RULE.fullmatch(part)
        if rule is None:
            return None
        times = [(span[:5], span[6:]) for span in rule["times"].split(",")]
        for days in rule["days"].split(","):
            spans.update(dict.fromkeys(_days(days), times))  # a later rule of a day replaces an earlier one
    together: dict[tuple[bool, tuple[tuple[str, str], ...]], list[str]] = {}
    for day, times in spans.items():
        together.setdefault((day in DAYS, tuple(times)), []).append(day)
    if any(day not in DAYS and day[-2:] in spans for day in spans):
        return None  # a month's second Saturday among all Saturdays
    return [
        Rule(tuple(sorted(days, key=_order)), opens, closes)
        for (_, times), days in together.items()
        for opens, closes in times
    ]


def hours_of(schedules: Iterable[Mapping[str, object]]) -> str | None:
    """Return OpenStreetMap's hours of HSDS schedules; None where one of them says more, or none says anything."""
    spans: dict[tuple[str, ...], list[str]] = {}
    for one in schedules:
        if not (one.get("opens_at") and one.get("closes_at") and one.get("byday")):
            continue
        times = [_LOCAL_TIME.fullmatch(str(one[name]).strip()) for name in ("opens_at", "closes_at")]
        days = [_BYDAY.fullmatch(day.strip()) for day in str(one["byday"]).upper().split(",")]
        unusual = any(one.get(name) for name in ("byweekno", "bymonthday", "byyearday"))
        if unusual or one.get("interval") not in (None, 1, "1") or not all(times) or not all(days):
            return None
        written = tuple(f"{day[2].title()}[{day[1]}]" if day[1] else day[2].title() for day in days if day)
        spans.setdefault(written, []).append("-".join(time[1].zfill(5) for time in times if time))
    return "; ".join(f"{_joined(days)} {','.join(sorted(times))}" for days, times in spans.items()) or None


def _days(text: str) -> list[str]:
    first, _, last = text.partition("-") if "[" not in text else (text, "", "")
    if "[" in first:
        day, _, nth = first.partition("[")
        return [nth.rstrip("]") + day.upper()]
    begin = DAYS.index(first.upper())
    end = DAYS.index((last or first).upper())
    return list(DAYS[begin : end + 1] if begin <= end else DAYS[begin:] + DAYS[: end + 1])


def _order(day: str) -> tuple[int, str]:
    return DAYS.index(day[-2:]), day


def _joined(days: tuple[str, ...]) -> str:
    """Return days as written: neighbours of three and more as a span."""
    at = [DAYS.index(day.upper()) if day.upper() in DAYS else -1 for day in days]
    if len(days) > 2 and -1 not in at and at == list(range(at[0], at[0] + len(at))):
        return f"{days[0]}-{days[-1]}"
    return ",".join(days)
