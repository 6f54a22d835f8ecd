"""Long lists, page by page."""

from collections.abc import Sequence
from typing import TypeVar

Shown = TypeVar("Shown")
PAGE_SIZE = 25


def page_of(things: Sequence[Shown], number: int, *, size: int = PAGE_SIZE) -> tuple[Sequence[Shown], int, int]:
    """Return what is on a page of a list, its number (from 1) and how many pages there are."""
    number, pages = page_there(len(things), number, size=size)
    return things[(number - 1) * size : number * size], number, pages


def page_there(total: int, number: int, *, size: int = PAGE_SIZE) -> tuple[int, int]:
    """Return the number of the page that is there (from 1), where one was asked for, and how many pages there are."""
    pages = max(1, -(-total // size))
    return min(max(1, number), pages), pages
