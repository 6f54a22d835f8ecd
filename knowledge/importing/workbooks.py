"""Reads workbooks (.xlsx) as people keep them: several sheets, a title above the headings, merged, hidden and empty rows, formulas."""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import range_boundaries

from knowledge.errors import ImportFileError
from knowledge.importing.headers import HEADER_WITHIN, Cells, Headings
from knowledge.importing.readers import unguarded
from knowledge.importing.rows import Row, RowError
from knowledge.importing.workbook_checks import MOST_COLUMNS, MOST_ROWS, check_workbook

KINDS = (".xlsx", ".xlsm")
_NOTHING = (None,) * (MOST_COLUMNS + 1)

Spans = Mapping[int, Sequence[tuple[int, int]]]  # first row -> column from 0, last row


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A visible sheet that is not empty; `header` is None where no row is one."""

    name: str
    header: Cells | None
    rows: Sequence[Row] = ()
    faults: Sequence[RowError] = ()


def read_workbook(path: Path, headings: Headings) -> list[Sheet]:
    """Return the sheets of a workbook; hidden ones hold what lists are made with, and are passed over.

    Raises:
        ImportFileError: It cannot be read, is too large, or a heading stands there twice.
    """
    looked = check_workbook(path)
    values = _opened(path, data_only=True)
    formulas = _opened(path, data_only=False) if looked.has_formulas else None
    sheets = []
    try:
        for sheet in values.worksheets:
            if sheet.sheet_state != "visible":
                continue
            calculated = formulas[sheet.title] if formulas is not None else None
            part = str(sheet._worksheet_path).lstrip("/")  # of a sheet that is read only, known nowhere else
            spans = _spans(looked.merged.get(part, ()))
            found = _read_sheet(path, sheet, calculated, spans, headings)
            if found is not None:
                sheets.append(found)
    except ImportFileError:
        raise
    except Exception as error:  # whatever a damaged part makes the library stumble over
        raise ImportFileError(
            f"{path.name} cannot be read as a workbook; save it as .xlsx again", code="no_workbook"
        ) from error
    finally:
        values.close()
        if formulas is not None:
            formulas.close()
    if not sheets:
        raise ImportFileError(f"{path.name} is empty; nothing to import", code="empty")
    return sheets


def _opened(path: Path, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that nobody reads here
            return load_workbook(path, read_only=True, data_only=data_only, keep_links=False)
    except Exception as error:  # as above
        raise ImportFileError(
            f"{path.name} cannot be read as a workbook; save it as .xlsx again", code="no_workbook"
        ) from error


def _read_sheet(path: Path, sheet: Any, formulas: Any, spans: Spans, headings: Headings) -> Sheet | None:
    file = f"{path.name}, {sheet.title}"
    rows: list[Row] = []
    faults: list[RowError] = []
    lines = _lines(path.name, sheet, formulas, spans)
    first = list(islice(lines, HEADER_WITHIN))
    if not first:
        return None
    texts = [_without_end([unguarded(text_of(value)).strip() for value in values]) for _, values, _ in first]
    at = headings.find(texts)
    if at is None:
        return Sheet(name=sheet.title, header=None)
    header = headings.name(file, texts[at])
    for line, values, sources in chain(first[at + 1 :], lines):
        row, wrong = _row(file, line, header, values, sources)
        rows.append(row)
        faults += wrong
        if len(rows) > MOST_ROWS:
            raise ImportFileError(f"{file} has more than the {MOST_ROWS:,} rows that are read; split it", code="rows")
    return Sheet(name=sheet.title, header=header, rows=rows, faults=faults)


def _without_end(cells: Cells) -> Cells:
    """Return the cells without the empty ones after the last."""
    last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def _lines(
    name: str, sheet: Any, formulas: Any, spans: Spans
) -> Iterator[tuple[int, Sequence[Any], Sequence[Any] | None]]:
    """Yield the number, the values and, where there are formulas, the sources of each row that is not empty."""
    merged: dict[int, tuple[Any, int]] = {}
    for one in (sheet, formulas):
        if one is not None:
            one.reset_dimensions()  # what the file says of its size may be wrong
    sources = formulas.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True) if formulas is not None else None
    for line, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        source = next(sources, None) if sources is not None else None
        if tuple(source or values) == _NOTHING:  # compared at once: a stray mark may stand a million rows below
            continue
        if len(values) > MOST_COLUMNS and values[MOST_COLUMNS] is not None:
            raise ImportFileError(
                f"{name}, {sheet.title} has more than the {MOST_COLUMNS} columns that are read; remove those without offerings",
                code="columns",
            )
        for column, last in spans.get(line, ()):
            if column < len(values):
                merged[column] = values[column], last
        if merged:  # few tables have any
            merged = {column: (value, last) for column, (value, last) in merged.items() if line <= last}
        yield line, [merged[at][0] if at in merged else value for at, value in enumerate(values)], source


def _spans(ranges: Iterable[str]) -> Spans:
    """Return the cells merged downwards: what stands in the first is meant for all."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in ranges:
        left, top, right, bottom = range_boundaries(one)
        if left is not None and left == right and top is not None and bottom is not None and bottom > top:
            spans.setdefault(top, []).append((left - 1, bottom))
    return spans


def _row(
    file: str, line: int, header: Cells, values: Sequence[Any], sources: Sequence[Any] | None
) -> tuple[Row, list[RowError]]:
    """Return a row by its headings, and the cells whose formula gives nothing that could be imported."""
    cells: dict[str, str] = {}
    faults = []
    for at, heading in enumerate(header):
        value = values[at] if at < len(values) else None
        source = sources[at] if sources is not None and at < len(sources) else None
        problem, code = None, ""
        if value is None and isinstance(source, str) and source.startswith("="):
            problem = (
                "a formula that was never calculated; open the file in a spreadsheet program, save it, and import again"
            )
            code = "formula"
        elif value in ERROR_CODES:
            problem = "an error of the spreadsheet; correct the formula, or write the value itself"
            code = "error_value"
        if problem and heading:
            faults.append(
                RowError(file=file, line=line, column=heading, value=str(value or source), problem=problem, code=code)
            )
        cells[heading] = unguarded(text_of(value))
    return Row(file=file, line=line, cells=cells), faults


def text_of(value: Any) -> str:
    """Return a cell's value as a person would have written it: 06366 stays, 3.0 is 3, dates are 22.11.2026."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)
