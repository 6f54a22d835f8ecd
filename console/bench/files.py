"""The overview of saved questions as a file for a spreadsheet program."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from console.texts import texts
from knowledge import SavedQuestion
from knowledge.exporting import guarded

_COLUMNS = ("saved_text", "saved_language", "saved_near", "saved_offering", "field_alliance", "saved_within",
            "saved_outcome", "saved_rank", "saved_why", "saved_asked_on")  # fmt: skip


def as_csv(questions: Iterable[SavedQuestion], title_of: Callable[[str], str], language: str) -> str:
    """Return the questions as CSV that a German Excel opens by a double click: `;`, UTF-8 with its mark."""
    t, out = texts(language), io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([t[column] for column in _COLUMNS])
    for one in questions:
        asked, last = one.asked, one.last
        row: Sequence[str] = (
            asked.text, asked.language, asked.near, title_of(one.offering), one.alliance, str(asked.within),
            t[f"outcome_{last.state}"], str(last.rank or ""), t[f"why_{last.why}"] if last.why else "",
            one.asked_on.isoformat() if one.asked_on else "",
        )  # fmt: skip
        writer.writerow([guarded(cell) for cell in row])
    return "\ufeff" + out.getvalue()
