"""Whether an offering is open now, from its hours in OpenStreetMap's `opening_hours` syntax."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # a compiled module

from knowledge.german_time import GERMANY


def open_now(hours: str | None, now: datetime) -> bool | None:
    """Return whether it is open at a time; None when the hours are not stated, not readable, or not certain.

    Args:
        hours: `Mo-Fr 06:30-17:00; PH off` and the like.
        now: An aware time, or a naive one in German time.
    """
    parsed = _parsed(hours) if hours else None
    if parsed is None:
        return None
    local = now.astimezone(GERMANY).replace(tzinfo=None) if now.tzinfo else now
    return None if parsed.is_unknown(local) else bool(parsed.is_open(local))


def is_readable(hours: str) -> bool:
    """Return whether hours have OpenStreetMap's syntax."""
    return _parsed(hours) is not None


def week(hours: str, first: date) -> list[tuple[datetime, datetime]] | None:
    """Return when it is open in the seven days from a day, in German time; None when the hours are not readable."""
    parsed = _parsed(hours)
    if parsed is None:
        return None
    begin = datetime.combine(first, time())
    spans = parsed.intervals(begin, begin + timedelta(days=7))
    return [(opens, closes) for opens, closes, state, _ in spans if state == State.OPEN]


@lru_cache(maxsize=20_000)
def _parsed(hours: str) -> OpeningHours | None:
    try:
        return OpeningHours(hours)
    except ParserError:
        return None
