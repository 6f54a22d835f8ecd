"""Splits a text into words that remember where they stand, so that what was read can be shown and taken out again."""

import re
from dataclasses import dataclass

from knowledge.text import fold

# A word with its combining marks (Arabic vowels, decomposed letters) and with apostrophes inside ("Kassel'de").
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u0655\u0670]|['’ʼ‘`´](?=[^\W_]))*")
_STOPS = re.compile(r"[.!?;…؟](?:\s|$)|\n")


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


def tokens_of(text: str, elisions: frozenset[str] = frozenset()) -> list[Token]:
    """Return the words of a text in order; what is shortened before an apostrophe (French "d'") is a word by itself."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        short, _, _ = fold(match[0]).partition("'")
        if short in elisions and len(match[0]) > len(short) + 1:
            found.append(_token(text, start, start + len(short)))
            start += len(short) + 1
        found.append(_token(text, start, end))
    return found


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    stem, _, rest = (part.strip() for part in fold(word).partition("'"))
    rest = rest.replace("'", "")
    return Token(stem + rest, stem, rest, start, end, word[0].isupper(), word[0].isupper() or word[0].islower())


def breaks_between(text: str, before: Token, after: Token) -> bool:
    """Return whether a sentence or a part of it ends between two words that follow each other."""
    return bool(_STOPS.search(text[before.end : after.start]))
