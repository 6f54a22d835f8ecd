"""What changed in a text, word by word."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a text: in both versions, only in the new one, or only in the old one."""

    kind: Literal["same", "new", "gone"]
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """Return both versions of a text in one, words as wholes."""
    old, new = _words(before), _words(after)
    pieces = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(kind="same", text="".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece(kind="gone", text="".join(old[a:b])))
        if d > c:
            pieces.append(Piece(kind="new", text="".join(new[c:d])))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
