"""Pages after HSDS: which one, how many there are, and their contents."""

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from widget.parameters import Parameters, one_of, whole

_USUAL = 50
_MOST = 500
_MOST_PAGES = 1_000_000

Item = TypeVar("Item")


def page_of(
    items: Sequence[Item], args: Parameters, show: Callable[[Item], Any], *, usual: int = _USUAL, most: int = _MOST
) -> dict[str, Any]:
    """Return the page that `page` and `per_page` ask for, each item as `show` gives it; past the last page it is empty.

    Raises:
        ProblemError: A parameter does not have its form, or `format` is not json (400).
    """
    one_of(args, "format", allowed=("json",))
    number = whole(args, "page", least=1, most=_MOST_PAGES, default=1)
    size = whole(args, "per_page", least=1, most=most, default=usual)
    pages = math.ceil(len(items) / size)
    contents = [show(item) for item in items[(number - 1) * size : number * size]]
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }
