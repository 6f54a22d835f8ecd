"""Makes counts fit to be shown: nobody can work out a number below five, from whatever of it is shown (docs/decisions/0015)."""

from collections.abc import Mapping
from dataclasses import dataclass

STEP = 5

Counts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What may be shown of one population: all numbers are multiples of `STEP`; 0 stands for 0 to 4, "below five".

    Attributes:
        total: How many there were.
        tables: Name -> value -> count.
    """

    total: int
    tables: Mapping[str, Counts]


def fit_to_show(
    total: int, *, complete: Mapping[str, Counts], partial: Mapping[str, Counts], step: int = STEP
) -> Shown:
    """Round down all counts of one population, so that each number below `step` keeps all its possible values.

    Args:
        total: How many there were.
        complete: Tables in which each of the population has exactly one value; with all values there can be, those without any too.
        partial: Tables in which each has one value at most.
    """
    tables = {name: rounded(table, step=step) for name, table in complete.items()}
    # Where the rows of a table were as far below their true numbers as they can be, a sum (the total's, another table's) would
    # tell so; the total stays so far below that one row may always be anything.
    rows = [rounded({"": total}, step=step), *tables.values()]
    most = min(sum(table.values()) + (step - 1) * (len(table) - 1) for table in rows)
    most -= most % step
    tables |= {name: rounded(table, step=step) for name, table in partial.items()}
    return Shown(total=most, tables={name: _at_most(most, table, step) for name, table in tables.items()})


def rounded(counts: Counts, *, step: int = STEP) -> Counts:
    """Round all counts down to multiples of the step; enough where they add up to nothing else that is shown."""
    return {value: times - times % step for value, times in counts.items()}


def _at_most(most: int, table: Counts, step: int) -> Counts:
    """Return a table whose sum is `most` at most; its greatest numbers give way, which take it best."""
    given = dict(table)
    for _ in range(max(0, sum(given.values()) - most) // step):
        given[max(given, key=lambda value: given[value])] -= step
    return given
