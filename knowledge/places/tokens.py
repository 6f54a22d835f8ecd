"""Splits a text into words that remember where they stand, so that what was read can be shown and taken out again."""

import re
from dataclasses import dataclass

from knowledge.text import fold

# A word with its combining marks (Arabic vowels, decomposed letters) and with apostrophes inside ("Kassel'de").
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u0655\u0670]|['’ʼ‘`´](?=[^\W_]))*")
_STOPS = re.compile(r"[.!?;…؟]\s|\n")


@dataclass(frozen=True)
class Token:
    """A word of a text.

    Attributes:
        key: Folded, without apostrophes, as places are found.
        stem: What stands before the first apostrophe, folded; the key where there is none.
        rest: What stands after it, folded; "" where there is none.
        start: Where it begins in the text.
        end: Where it ends in the text.
        capital: True when it begins with a capital.
        cased: True when its script has capitals.
    """

    key: str
    stem: str
    rest: str
    start: int
    end: int
    capital: bool
    cased: bool

    @property
    def is_number(self) -> bool:
        """Whether it is digits only."""
        return self.key.isdecimal()


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        stem, _, rest = fold(match[0]).partition("'")
        first = match[0][0]
        key = (stem + rest).replace("'", "").strip()
        found.append(
            Token(
                key,
                stem.strip(),
                rest.replace("'", ""),
                match.start(),
                match.end(),
                first.isupper(),
                first.isupper() or first.islower(),
            )
        )
    return found


def breaks_between(text: str, before: Token, after: Token) -> bool:
    """Return whether a sentence or a part of it ends between two words that follow each other."""
    return bool(
        _STOPS.search(text[before.end : after.start] + ("" if text[before.end : after.start].endswith(" ") else " "))
    )
