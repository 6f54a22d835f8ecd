"""Bars of a table: how long they are, and what stands at their ends. The drawing is templates/console/plot.svg."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.figures.report import Table

# Room for the number at the end of the longest bar, in a narrow window, too.
_LONGEST_PERCENT = 76.0
_MOST_BARS = 12
_MOST_LETTERS = 34


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of a plot: widths in percent of the plot's; `written` stands at the bar's end, `earlier` is None without a bar."""

    label: str
    width: float
    written: str
    earlier: float | None


def bars(table: Table, written: Callable[[int], str]) -> Sequence[Bar]:
    """Return the bars of a table's first rows, the longest as long as can be.

    Args:
        written: Gives a number as it is shown.
    """
    rows = table.rows[:_MOST_BARS]
    longest = max([1, *(row.now for row in rows), *(row.before or 0 for row in rows)])
    return [
        Bar(
            label=_short(row.label),
            width=round(_LONGEST_PERCENT * row.now / longest, 2),
            written=written(row.now),
            earlier=round(_LONGEST_PERCENT * row.before / longest, 2) if row.before else None,
        )
        for row in rows
    ]


def _short(label: str) -> str:
    """Return a label that fits a line; SVG does not wrap, and the table below has the whole."""
    return label if len(label) <= _MOST_LETTERS else label[: _MOST_LETTERS - 1].rstrip() + "…"
