"""Which row of a table holds the headings, and what its columns are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from knowledge.errors import ImportFileError
from knowledge.importing.mapping import guess_mapping

HEADER_WITHIN = 20  # rows with text; above the headings people put titles and remarks

Cells = list[str]


@dataclass(frozen=True, kw_only=True)
class Headings:
    """How a reader finds the headings.

    Attributes:
        find: Returns which of the first rows with text holds them, or None.
        name: Returns the names of the columns from these cells; its first argument says where they stand. It may raise ImportFileError.
        as_rows: Rows of a text file are counted as spreadsheet programs do, one a record, not by lines of the file.
    """

    find: Callable[[Sequence[Cells]], int | None]
    name: Callable[[str, Cells], Cells]
    as_rows: bool = False


def check_header(name: str, header: Cells) -> Cells:
    """Return the headings as they are.

    Raises:
        ImportFileError: One stands there twice.
    """
    twice = sorted({heading for heading in header if heading and header.count(heading) > 1})
    if twice:
        raise ImportFileError(
            f"{name}: the heading {twice[0]!r} stands there twice; rename one of the columns", code="twice"
        )
    return header


def likeliest(rows: Sequence[Cells]) -> int | None:
    """Return the row with most headings that are known; where none is, the first of those with most cells. None without two cells."""
    known = [len(guess_mapping(cells)[0].sources) for cells in rows]
    filled = [sum(map(bool, cells)) for cells in rows]
    if not rows or (max(known) == 0 and max(filled) < 2):
        return None
    # One known heading alone may be a word in a title or in an offering.
    score = known if max(known) > 1 or max(filled) < 2 else filled
    return score.index(max(score))


def distinct(_name: str, header: Cells) -> Cells:
    """Return a name of its own for each column: the second "Telefon" is "Telefon (2)", one without a name is "(C)" like its letter."""
    named: Cells = []
    for at, heading in enumerate(header, 1):
        name, number = heading or f"({get_column_letter(at)})", 2
        while name in named:
            name, number = f"{heading or get_column_letter(at)} ({number})", number + 1
        named.append(name)
    return named


FIRST_ROW = Headings(find=lambda rows: 0 if rows else None, name=check_header)
AS_PEOPLE_KEEP_THEM = Headings(find=likeliest, name=distinct, as_rows=True)
