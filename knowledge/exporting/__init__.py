"""Takes what is published out of the store, in forms that people and other programs read, and that the importer takes back."""

from knowledge.exporting.hsds import directory_of, write_hsds
from knowledge.exporting.json_lines import write_json_lines
from knowledge.exporting.selection import Selection, published
from knowledge.exporting.spreadsheets import write_csv, write_csv_rows, write_text_workbook, write_xlsx

__all__ = [
    "Selection",
    "directory_of",
    "published",
    "write_csv",
    "write_csv_rows",
    "write_hsds",
    "write_json_lines",
    "write_text_workbook",
    "write_xlsx",
]
