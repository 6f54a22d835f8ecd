"""Which children an offering takes, by its age range and the child's age in years. Pure."""

from typing import Any

_SLACK_YEARS = 0.25
# "Our baby" is some time in its first year, and what is for babies begins after some months.
_FIRST_YEAR = 0.5


def takes(low: Any, high: Any, age: float) -> Any:
    """Return whether an offering for ages `low` to `high` takes a child; each a number, or an array of shape (n,).

    A range "3 to 6" takes a child until it is seven.
    """
    return (low - _SLACK_YEARS <= max(age, _FIRST_YEAR)) & (age < high + 1.0)
