"""What day and time it is where the offerings are: in Germany, whatever zone the server's clock is set to.

Also imported inside Rasa's environment (Python 3.10, without `datetime.UTC`).
"""

from collections.abc import Callable
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")


def german_now(clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> datetime:
    """Return the present moment, as German clocks show it."""
    return clock().astimezone(GERMANY)


def german_today(clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> date:
    """Return the day that German calendars show now."""
    return german_now(clock).date()
