"""A report as rows of a spreadsheet: the very numbers of the page, none more."""

from collections.abc import Iterable, Iterator

from console.figures.report import Report, Table
from console.texts import texts
from widget.texts import day


def rows(report: Report, tables: Iterable[Table], *, alliance: str, language: str) -> Iterator[list[str]]:
    """Yield headings, then one row a value; what is below five is written so."""
    said, period = texts(language), report.period
    headings = (
        "field_alliance",
        "figures_first",
        "figures_last",
        "figures_table",
        "figures_value",
        "figures_now",
        "figures_before",
    )
    yield [said[heading] for heading in headings]

    def written(count: int | None) -> str:
        return "" if count is None else str(count) if count else said["figures_below_five"]

    for table in tables:
        about = [alliance, day(language, period.first), day(language, period.last), said[f"figures_{table.name}"]]
        for row in table.rows:
            yield [*about, row.label, written(row.now), written(row.before)]
        if table.rest:
            yield [*about, said["figures_rest"], said["figures_below_five"], ""]
