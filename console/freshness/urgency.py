"""How much it matters that somebody looks: how long it is overdue, and how often families see it."""

from collections.abc import Mapping
from datetime import timedelta

from knowledge import Knowledge

_A_MONTH_DAYS = 30.0
_LATELY = timedelta(days=90)


def shown_lately(knowledge: Knowledge) -> Mapping[str, int]:
    """Return how often each offering was shown to families in the last three months, by id; exact, so only to sort by."""
    return knowledge.figures.shown(knowledge.settings.current_date() - _LATELY)


def urgency(*, overdue_days: int, shown: int, besides: float = 0.0) -> float:
    """Return a number to sort by, higher first.

    Args:
        overdue_days: For how many days somebody should have looked; below 0: it is not time yet.
        shown: How often the offering was shown to families lately.
        besides: What else is wrong with it, in months overdue that weigh as much.
    """
    months = 1 + overdue_days / _A_MONTH_DAYS if overdue_days >= 0 else 0.0
    return (months + besides) * (1 + shown)
