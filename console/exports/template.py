"""An empty table to begin with: our headings, and beside them what belongs under each."""

from collections.abc import Sequence
from typing import BinaryIO

from console.texts import say, texts
from knowledge.exporting import write_text_workbook
from knowledge.exporting.table import words

# What a list that is new needs no column for: we make ids, the alliance is chosen, and the place gives the position.
_LEFT_OUT = {"id", "alliance", "latitude", "longitude", "opening_hours"}


def write_template(language: str, categories: Sequence[str], out: BinaryIO) -> None:
    """Write the workbook; its second sheet explains, in words that no importer takes for headings."""
    said = texts(language)
    headings = {name: heading for name, heading in words()["headings"].items() if name not in _LEFT_OUT}
    about = [
        [
            say(language, "template_column", name=heading),
            said.get(f"help_template_{name}") or said.get(f"help_{name}", ""),
        ]
        for name, heading in headings.items()
    ]
    names = [[say(language, "template_category", name=label), ""] for label in categories]
    sheets = {
        str(words()["sheet"]): [list(headings.values())],
        said["template_help_sheet"]: [[said["template_help"], ""], *about, *names],
    }
    write_text_workbook(sheets, out)
