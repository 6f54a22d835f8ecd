"""Reads files into rows: JSON Lines, and CSV in the encodings and with the separators that people's programs write."""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from knowledge.errors import ImportFileError
from knowledge.importing.headers import FIRST_ROW, HEADER_WITHIN, Headings
from knowledge.importing.mapping import guess_mapping
from knowledge.importing.rows import Row, RowError

MOST_BYTES = 200_000_000
_SEPARATORS = ";,\t|"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def read_rows(path: Path, headings: Headings = FIRST_ROW) -> tuple[list[Row], list[RowError]]:
    """Return the rows of a file and the faults of those that cannot even be split; blank rows are passed over.

    Raises:
        ImportFileError: The file is missing, empty, too large, or of a kind that is not known.
    """
    suffix = path.suffix.lower()
    if suffix not in {".jsonl", ".ndjson", ".csv", ".tsv", ".txt"}:
        raise ImportFileError(
            f"{path.name}: files of kind {suffix or '(none)'} cannot be read; "
            "save a list as XLSX, CSV, JSON Lines or HSDS JSON, a guide as PDF, HTML or Markdown",
            code="kind",
        )
    text = _decoded(path)
    if not text.strip():
        raise ImportFileError(f"{path.name} is empty; nothing to import", code="empty")
    return _json_rows(path.name, text) if suffix in {".jsonl", ".ndjson"} else _csv_rows(path.name, text, headings)


def content_of(path: Path, *, most_bytes: int) -> bytes:
    """Return the bytes of a file.

    Raises:
        ImportFileError: It is missing, may not be read, or is too large.
    """
    try:
        if path.stat().st_size > most_bytes:
            raise ImportFileError(f"{path.name} is larger than {most_bytes // 1_000_000} MB; split it", code="large")
        return path.read_bytes()
    except OSError as error:
        raise ImportFileError(f"{path.name} cannot be opened: {error.strerror}") from error


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheet programs from taking it for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _decoded(path: Path) -> str:
    """Return the text: UTF-8 with or without its mark, UTF-16 with its mark, else Windows' cp1252, which old Excel writes."""
    content = content_of(path, most_bytes=MOST_BYTES)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _json_rows(name: str, text: str) -> tuple[list[Row], list[RowError]]:
    rows, errors = [], []
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            cells = json.loads(content)
        except (ValueError, RecursionError) as error:
            errors.append(
                RowError(
                    file=name,
                    line=line,
                    column="",
                    value=content.strip(),
                    problem=f"not valid JSON: {error}",
                    code="json",
                )
            )
            continue
        if isinstance(cells, dict):
            rows.append(Row(file=name, line=line, cells=cells))
        else:
            errors.append(
                RowError(
                    file=name,
                    line=line,
                    column="",
                    value=content.strip(),
                    problem="want one JSON object a line",
                    code="json",
                )
            )
    return rows, errors


def _csv_rows(name: str, text: str, headings: Headings = FIRST_ROW) -> tuple[list[Row], list[RowError]]:
    lines: Any = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows: list[Row] = []
    errors: list[RowError] = []
    stated = (
        (row if headings.as_rows else line, cells)
        for row, (line, cells) in enumerate(_numbered(lines, name, errors), 1)
        if any(cell.strip() for cell in cells)
    )
    first = list(islice(stated, HEADER_WITHIN))
    texts = [[unguarded(cell).strip() for cell in cells] for _, cells in first]
    at = headings.find(texts)
    if at is None:
        return [], errors
    header = headings.name(name, texts[at])
    for line, cells in chain(first[at + 1 :], stated):
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            problem = f"{len(cells)} cells under {len(header)} headings; put cells with a separator in them into quotes"
            errors.append(
                RowError(file=name, line=line, column="", value=" | ".join(cells), problem=problem, code="cells")
            )
        else:
            padded = [unguarded(cell) for cell in cells] + [""] * (len(header) - len(cells))
            rows.append(Row(file=name, line=line, cells=dict(zip(header, padded, strict=False))))
    return rows, errors


def _numbered(lines: Any, name: str, errors: list[RowError]) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line in the file."""
    begins = 1
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            errors.append(
                RowError(
                    file=name, line=begins, column="", value="", problem=f"not readable as CSV: {error}", code="csv"
                )
            )
            return
        yield begins, cells
        begins = lines.line_num + 1


def _separator(text: str) -> str:
    """Return the separator that parts most known headings in one of the first lines; else the commonest in the first line with text.

    Quoted text counts for nothing.
    """
    first = list(islice((line for line in text.splitlines() if line.strip()), HEADER_WITHIN))
    outside = ["".join(line.split('"')[::2]) for line in first] or [""]

    def parted(separator: str) -> tuple[int, int]:
        known = max(len(guess_mapping(line.replace('"', "").split(separator))[0].sources) for line in first or [""])
        return (known if known > 1 else 0), outside[0].count(separator)

    return max(_SEPARATORS, key=parted)
