"""What is shown of a period: totals and tables, fit to be shown, beside those of the period before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.figures.periods import Period
from console.figures.small_numbers import Counts, Shown, fit_to_show, rounded
from knowledge import SIMPLE_GERMAN
from knowledge.store import Figures
from knowledge.values import LANGUAGES
from widget.observers.counting import CHANNELS, TIMES

# Kind -> value -> count.
Totals = Mapping[str, Counts]
# Value -> its name, given the table's.
Labels = Callable[[str, str], str]
# Below that, a share says more than so few tell.
_LEAST_FOR_SHARES = 50
_ANSWERS, _HELPED = ("answered", "unanswered"), ("yes", "no")
_WEEKDAYS = tuple(map(str, range(7)))
# Of those with names from the store; nobody reads on.
_MOST_OFFERINGS = 50
# Tables whose rows stand in their own order, all of them; those of the others by number, and the smallest not at all.
IN_ORDER = {"search": _ANSWERS, "helped": _HELPED, "time": TIMES, "weekday": _WEEKDAYS}
# In the order of the page; what each counts is a key of the catalogue.
TABLES: Mapping[str, str] = {
    "need": "searches", "search": "searches", "helped": "words", "language": "conversations", "region": "searches",
    "offering": "views", "weekday": "conversations", "time": "conversations", "channel": "conversations",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table; numbers are multiples of five, 0 stands for "below five".

    Attributes:
        before: That of the period before; None where nothing was counted then.
        share: Part of the total, 0.0 to 1.0; None where that would say too much or too little.
    """

    value: str
    label: str
    now: int
    before: int | None
    share: float | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table; `rest` says that values without a row are all below five."""

    name: str
    rows: Sequence[Row]
    rest: bool


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that is shown of a period.

    Attributes:
        totals: `conversations`, `searches` and `words` -> how many now, and before (None: nothing was counted then).
        tables: By name, in the page's order; those without any row are left out.
    """

    period: Period
    totals: Mapping[str, tuple[int, int | None]]
    tables: Mapping[str, Table]


def report(figures: Figures, period: Period, *, alliance: str | None, labels: Labels) -> Report:
    """Return what may be shown of a period.

    Args:
        alliance: Of one alliance; None: of all together.
    """
    now = _shown(figures.totals(period.first, period.after, alliance=alliance))
    begun = figures.first_day()
    comparable = begun is not None and begun <= period.before.first
    before = _shown(figures.totals(period.before.first, period.before.after, alliance=alliance)) if comparable else None
    tables = {}
    for name, of in TABLES.items():
        table = _table(name, now[of], before[of] if before else None, labels)
        if any(row.now or row.before for row in table.rows):
            tables[name] = table
    totals = {
        of: (now[of].total, before[of].total if before else None) for of in ("conversations", "searches", "words")
    }
    return Report(period=period, totals=totals, tables=tables)


def _shown(totals: Totals) -> Mapping[str, Shown]:
    """Return each population, fit to be shown."""
    languages = (*LANGUAGES, SIMPLE_GERMAN)
    conversations = {
        "language": languages, "channel": CHANNELS, "time": TIMES, "weekday": _WEEKDAYS,
    }  # fmt: skip
    return {
        "conversations": fit_to_show(
            sum(totals.get("conversation", {}).values()),
            complete={name: _all(totals, name, values) for name, values in conversations.items()},
            partial={},
        ),
        "searches": fit_to_show(
            sum(totals.get("search", {}).values()),
            complete={"search": _all(totals, "search", _ANSWERS)},
            partial={"need": totals.get("need", {}), "region": totals.get("region", {})},
        ),
        "words": fit_to_show(
            sum(totals.get("helped", {}).values()), complete={"helped": _all(totals, "helped", _HELPED)}, partial={}
        ),
        # One turn shows several: they add up to nothing else that is shown.
        "views": Shown(total=0, tables={"offering": rounded(totals.get("offering", {}))}),
    }


def _all(totals: Totals, name: str, values: Sequence[str]) -> Counts:
    """Return a table with every value that there can be."""
    return {**dict.fromkeys(values, 0), **totals.get(name, {})}


def _table(name: str, now: Shown, before: Shown | None, labels: Labels) -> Table:
    counts, earlier = now.tables[name], before.tables[name] if before else {}
    if name in IN_ORDER:
        values: Sequence[str] = IN_ORDER[name]
    else:
        either = {value for table in (counts, earlier) for value, times in table.items() if times}
        values = sorted(either, key=lambda value: (-counts.get(value, 0), -earlier.get(value, 0), value))
        if name == "offering":
            values = values[:_MOST_OFFERINGS]
    # With one answer of two hidden, the other's share would be told as the whole.
    telling = now.total >= _LEAST_FOR_SHARES and (len(values) > 2 or all(counts.get(value) for value in values))
    rows = [
        Row(
            value=value,
            label=labels(name, value),
            now=counts.get(value, 0),
            before=earlier.get(value, 0) if before else None,
            share=counts[value] / now.total if telling and counts.get(value) else None,
        )
        for value in values
    ]
    return Table(name=name, rows=rows, rest=name not in IN_ORDER and len(values) < _MOST_OFFERINGS)
