"""Faulty rows: what is wrong with each in plain words, and all of them as a workbook to be corrected and sent again."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from console.texts import CONSOLE_LANGUAGES, say, texts
from knowledge.exporting import write_text_workbook
from knowledge.store import Line

_ROW, _WRONG = "rows_number", "rows_wrong"


def own_headings() -> list[str]:
    """Return the headings of the columns that we add to faulty rows, in every language."""
    return [texts(language)[key] for language in CONSOLE_LANGUAGES for key in (_ROW, _WRONG)]


def sentences(line: Line, language: str) -> list[str]:
    """Return what is wrong with a row, each fault with its column and what to do."""
    return [_sentence(fault, language) for fault in line.faults]


def write_faulty(lines: Sequence[Line], language: str, out: BinaryIO) -> None:
    """Write rows as they stood in the file, with their number and what is wrong at the end; a sheet for each of theirs."""
    ours = set(own_headings())
    sheets: dict[str, list[list[str]]] = {}
    for line in lines:
        columns = [name for name in line.cells if name not in ours]
        rows = sheets.setdefault(line.sheet, [])
        if not rows:
            rows.append([*columns, texts(language)[_ROW], texts(language)[_WRONG]])
        cells = [line.cells.get(name, "") for name in rows[0][:-2]]
        rows.append([*cells, str(line.line), " ".join(sentences(line, language))])
    write_text_workbook({name or texts(language)["rows_faulty_sheet"]: rows for name, rows in sheets.items()}, out)


def _sentence(fault: Mapping[str, str], language: str) -> str:
    said = texts(language)
    key = f"fault_row_{fault['code']}"
    sentence = say(language, key if key in said else "fault_row_form", value=fault["value"])
    return f"{fault['column']}: {sentence}" if fault["column"] else sentence
