"""Files as tables of rows, whatever they are: each knows how its columns become the contract's fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import ImportFileError
from knowledge.importing import guide_files, hsds_files, workbooks
from knowledge.importing.headers import Cells, Headings, check_header
from knowledge.importing.mapping import Mapping, guess_mapping
from knowledge.importing.readers import read_rows
from knowledge.importing.rows import Row, RowError
from knowledge.importing.slugs import slug
from knowledge.taxonomy import Taxonomy

_FIELDS = {".jsonl", ".ndjson"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of one file or sheet.

    Attributes:
        mapping: How its columns become fields; None where its keys are the fields already.
        faults: Rows that cannot even be split.
        left_out: What is not taken over, each as a sentence.
        unknown_columns: Headings that nothing was found for.
    """

    rows: Sequence[Row]
    mapping: Mapping | None = None
    faults: Sequence[RowError] = ()
    left_out: Sequence[str] = ()
    unknown_columns: Sequence[str] = ()


def read_tables(
    path: Path, *, mapping: Mapping | None, alliance: str | None, taxonomy: Taxonomy, language_of: Callable[[str], str]
) -> list[Table]:
    """Return the tables of a file: one, or one a sheet of a workbook.

    Raises:
        ImportFileError: The file cannot be read at all, or has no column for the title.
    """
    kind = path.suffix.lower()
    if kind in guide_files.KINDS:
        return [Table(rows=[_guide_row(path, language_of, alliance)])]
    if kind in workbooks.KINDS:
        return _tables_of_workbook(path, mapping)
    if kind in hsds_files.KINDS:
        services, left_out = hsds_files.read_hsds(path, taxonomy=taxonomy)
        return [Table(rows=services, left_out=left_out)]
    rows, faults = read_rows(path)
    if kind in _FIELDS or not rows:
        return [Table(rows=rows, mapping=mapping, faults=faults)]
    columns, unknown = _columns(path.name, list(rows[0].cells), mapping)
    return [Table(rows=rows, mapping=columns, faults=faults, unknown_columns=unknown)]


def _tables_of_workbook(path: Path, mapping: Mapping | None) -> list[Table]:
    """Return the sheets that hold lists; a workbook without any is refused."""

    def listed(rows: Sequence[Cells]) -> int | None:
        return next((at for at, cells in enumerate(rows) if not _lacks(cells, mapping)), None)

    tables, without_list = [], []
    for sheet in workbooks.read_workbook(path, Headings(find=listed, name=check_header)):
        if sheet.header is None:
            without_list.append(f"The sheet {sheet.name!r} has no column for the title and was left out.")
            continue
        columns, unknown = _columns(f"{path.name}, {sheet.name}", sheet.header, mapping)
        tables.append(Table(rows=sheet.rows, mapping=columns, faults=sheet.faults, unknown_columns=unknown))
    if not tables:
        raise ImportFileError(
            f"{path.name}: no sheet has a column for the title in its first rows; name one `Titel` or `Angebot`, "
            "or give a mapping file with --mapping"
        )
    return [*tables, Table(rows=(), left_out=without_list)]


def _columns(name: str, header: list[str], mapping: Mapping | None) -> tuple[Mapping, list[str]]:
    """Return how columns become fields, and those that are not known."""
    lacking = _lacks(header, mapping)
    if mapping is not None:
        if lacking:
            raise ImportFileError(f"{name} has no column {lacking!r}, which the mapping names; correct the mapping")
        return mapping, []
    if lacking:
        raise ImportFileError(
            f"{name}: no column for the title was found among {', '.join(header)}; "
            "name one `Titel` or `Angebot`, or give a mapping file with --mapping"
        )
    return guess_mapping(header)


def _lacks(header: list[str], mapping: Mapping | None) -> str | None:
    """Return the first column that must be there and is not."""
    if mapping is not None:
        return min({s.column for s in mapping.sources.values() if s.column} - set(header), default=None)
    return None if "title" in guess_mapping(header)[0].sources else "title"


def _guide_row(path: Path, language_of: Callable[[str], str], alliance: str | None) -> Row:
    guide = guide_files.read_guide(path)
    cells: dict[str, Any] = {
        "id": slug(path.stem, longest=80) or "guide", "alliance": alliance, "language": language_of(guide.text),
        "title": guide.title or path.stem, "url": guide.url, "text": guide.text,
    }  # fmt: skip
    return Row(file=path.name, line=1, cells=cells)
