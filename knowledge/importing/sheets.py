"""A file of unknown columns as its sheets: what people choose the fields of, and its rows in a form that is quick to read again."""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import ImportFileError
from knowledge.importing import workbooks
from knowledge.importing.headers import AS_PEOPLE_KEEP_THEM
from knowledge.importing.readers import read_rows
from knowledge.importing.rows import Row, RowError

SHEET_KINDS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
_SAMPLES = 3
_LONGEST_SAMPLE = 80


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its heading, and the first values in it, shortened."""

    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of a file; a text file has one without a name. `faults` are those of rows that could not even be split."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    faults: Sequence[RowError]


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook or of a text file that have headings and rows.

    Raises:
        ImportFileError: The file cannot be read, is too large, or has no such sheet.
    """
    kind = path.suffix.lower()
    if kind not in SHEET_KINDS:
        raise ImportFileError(f"{path.name}: want a workbook (.xlsx) or a text file (.csv)", code="kind")
    if kind in workbooks.KINDS:
        read = workbooks.read_workbook(path, AS_PEOPLE_KEEP_THEM)
        sheets = [_sheet(one.name, one.header or [], one.rows, one.faults) for one in read]
    else:
        rows, faults = read_rows(path, AS_PEOPLE_KEEP_THEM)
        sheets = [_sheet("", list(rows[0].cells) if rows else [], rows, faults)]
    sheets = [one for one in sheets if one.columns and (one.rows or one.faults)]
    if not sheets:
        raise ImportFileError(f"{path.name} holds no row of headings with rows below it", code="no_rows")
    return sheets


def pack(sheets: Sequence[Sheet]) -> bytes:
    """Return rows and faults in few bytes."""
    packer = zlib.compressobj(3)
    parts = []
    for sheet in sheets:
        headings = [column.heading for column in sheet.columns]
        faults: dict[int, list[list[str]]] = {}
        for fault in sheet.faults:
            faults.setdefault(fault.line, []).append([fault.column, fault.value, fault.code])
        known = {row.line: [row.cells.get(heading, "") for heading in headings] for row in sheet.rows}
        parts.append(packer.compress(_line({"sheet": sheet.name, "headings": headings})))
        for line in sorted({*known, *faults}):
            parts.append(packer.compress(_line([line, known.get(line), faults.get(line, [])])))
    return b"".join([*parts, packer.flush()])


def unpack(packed: bytes) -> Iterator[tuple[str, Row, Sequence[RowError]]]:
    """Yield the sheet's name, the row (without cells where it could not be split), and its faults."""
    name, headings = "", []
    for text in zlib.decompress(packed).split(b"\n")[:-1]:
        entry: Any = json.loads(text)
        if isinstance(entry, dict):
            name, headings = entry["sheet"], entry["headings"]
            continue
        line, cells, faults = entry
        row = Row(file=name, line=line, cells=dict(zip(headings, cells or [], strict=False)))
        found = [RowError(file=name, line=line, column=c, value=v, problem=code, code=code) for c, v, code in faults]
        yield name, row, found


def described(sheets: Sequence[Sheet]) -> list[Mapping[str, Any]]:
    """Return what people choose by: each sheet's columns with samples, and how many rows it has."""
    return [
        {
            "name": sheet.name,
            "columns": [{"heading": one.heading, "samples": list(one.samples)} for one in sheet.columns],
            "rows": len(sheet.rows),
        }
        for sheet in sheets
    ]


def _sheet(name: str, header: Sequence[str], rows: Sequence[Row], faults: Sequence[RowError]) -> Sheet:
    columns = []
    for heading in header:
        samples = []
        for row in rows:
            text = str(row.cells.get(heading, "")).strip()
            if text and text not in samples:
                samples.append(text)
            if len(samples) == _SAMPLES:
                break
        # Columns without heading and values stand there only because somebody once coloured them.
        if samples or not heading.startswith("("):
            columns.append(Column(heading=heading, samples=tuple(one[:_LONGEST_SAMPLE] for one in samples)))
    return Sheet(name=name, columns=tuple(columns), rows=rows, faults=faults)


def _line(entry: object) -> bytes:
    return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
