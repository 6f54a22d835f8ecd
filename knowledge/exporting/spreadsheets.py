"""CSV and XLSX that spreadsheet programs open as what they are: text. A postal code keeps its zero, and nothing is calculated."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from knowledge.exporting.table import rows, words
from knowledge.values import Offering

# Spreadsheet programs take a cell that begins so for a formula (CWE-1236); the importer takes the apostrophe off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_TAKEN_FOR_GUARDED = re.compile(r"'+[=+\-@\t\r]")
# A sheet's name; those of workbooks that other programs wrote may have more.
_UNNAMEABLE = re.compile(rf"[\\*?:/\[\]]|{ILLEGAL_CHARACTERS_RE.pattern}")
_LONGEST_NAME = 31
_WIDTH = 24


def write_csv(offerings: Sequence[Offering], out: BinaryIO) -> None:
    """Write offerings as CSV."""
    write_csv_rows(rows(offerings), out)


def write_csv_rows(lines: Iterable[Sequence[str]], out: BinaryIO) -> None:
    """Write rows of texts as CSV that a German Excel opens by a double click: `;`, UTF-8 with its mark."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in lines:
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    text.detach()


def write_xlsx(offerings: Sequence[Offering], out: BinaryIO) -> None:
    """Write offerings as a workbook of text cells."""
    write_text_workbook({words()["sheet"]: rows(offerings)}, out)


def write_text_workbook(sheets: Mapping[str, Iterable[Sequence[str]]], out: BinaryIO) -> None:
    """Write sheets of text cells; the first row of each holds the headings."""
    book = Workbook(write_only=True)
    for name, table in sheets.items():
        sheet = book.create_sheet(_UNNAMEABLE.sub(" ", name)[:_LONGEST_NAME])
        sheet.freeze_panes = "B2"
        for number, row in enumerate(table):
            if number == 0:
                for column in range(1, len(row) + 1):
                    sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
            cells = [WriteOnlyCell(sheet) for _ in row]
            for cell, text in zip(cells, row, strict=True):
                # A string cell needs no apostrophe; one that is the text's own gets a second, of which the importer takes one off.
                cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", f"'{text}" if _TAKEN_FOR_GUARDED.match(text) else text)
                cell.data_type = "s"  # openpyxl would make a formula of `=1+1` and an error of `#N/A`
                cell.number_format = "@"
                if number == 0:
                    cell.font = Font(bold=True)
            sheet.append(cells)
    book.save(out)
