"""The overview of saved questions as a file for a spreadsheet program."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from console.texts import texts
from knowledge import SavedQuestion
from knowledge.exporting import write_csv_rows

_COLUMNS = ("saved_text", "saved_language", "saved_near", "saved_offering", "field_alliance", "saved_within",
            "saved_outcome", "saved_rank", "saved_why", "saved_asked_on")  # fmt: skip


def write_table(
    questions: Iterable[SavedQuestion], title_of: Callable[[str], str], language: str, out: BinaryIO
) -> None:
    """Write the questions as CSV with headings in a language of the console."""
    t = texts(language)
    rows = [[t[column] for column in _COLUMNS]]
    for one in questions:
        asked, last = one.asked, one.last
        rows.append([
            asked.text, asked.language, asked.near, title_of(one.offering), one.alliance, str(asked.within),
            t[f"outcome_{last.state}"], str(last.rank or ""), t[f"why_{last.why}"] if last.why else "",
            one.asked_on.isoformat() if one.asked_on else "",
        ])  # fmt: skip
    write_csv_rows(rows, out)
