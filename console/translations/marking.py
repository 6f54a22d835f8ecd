"""What changed in a text, word by word."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

# Of a text of the same words over and over, comparing takes hours; so much is a second at most.
_MOST_EFFORT = 30_000_000


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a text: in both versions, only in the new one, or only in the old one."""

    kind: Literal["same", "new", "gone"]
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """Return both versions of a text in one, words as wholes."""
    old, new = _words(before), _words(after)
    pieces = []
    for is_same, gone, come in _parts(old, new):
        if is_same and come:
            pieces.append(Piece(kind="same", text="".join(come)))
        if gone and not is_same:
            pieces.append(Piece(kind="gone", text="".join(gone)))
        if come and not is_same:
            pieces.append(Piece(kind="new", text="".join(come)))
    return pieces


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield what is the same, or else what is gone and what has come; what would take too long to compare as a whole."""
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    yield True, old[:first], new[:first]
    yield from _parts_between(old[first : len(old) - last], new[first : len(new) - last])
    yield True, old[len(old) - last :], new[len(new) - last :]


def _parts_between(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    if _effort(old, new) > _MOST_EFFORT:
        yield False, old, new
        return
    for kind, a, b, c, d in difflib.SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", old[a:b], new[c:d]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return with how many words both begin."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _effort(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of equal words may be looked at, as often as there may be pieces."""
    words, others = (Counter(word for word in text if not word.isspace()) for text in (old, new))
    pairs = sum(number * others[word] for word, number in words.items())
    return pairs * min(words.total(), others.total())


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
