"""How much it matters that somebody looks: how long it is overdue, and how often families see it."""

_A_MONTH_DAYS = 30.0


def urgency(*, overdue_days: int, shown: int, besides: float = 0.0) -> float:
    """Return a number to sort by, higher first.

    Args:
        overdue_days: For how many days somebody should have looked; below 0: it is not time yet.
        shown: How often the offering was shown to families lately.
        besides: What else is wrong with it, in months overdue that weigh as much.
    """
    months = 1 + overdue_days / _A_MONTH_DAYS if overdue_days >= 0 else 0.0
    return (months + besides) * (1 + shown)
