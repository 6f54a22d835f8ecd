"""Rows of a file, and what is wrong with one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as read: where it stands, and its cells by column name."""

    file: str
    line: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class RowError:
    """Why a row cannot be imported: where, which value, and what to do. `column` is "" when it is the whole row.

    Attributes:
        code: What is wrong in one word, for whoever says it in other words than `problem`.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str
    code: str = "form"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        if self.column:
            where += f", {self.column}"
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        return f"{where}: {self.problem}" + (f" (found: {shown!r})" if shown else "")


class CellError(ValueError):
    """A cell does not have its form; the message says what is wrong and what to do, `code` the former in one word."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code
