"""Words and phrases found in one pass over a message, whatever their number: the lexicons are thousands of entries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.text import fold_german, words

Value = str | float
_SHORTEST_REST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What the words from `start` up to `end` (exclusive) say: a kind, such as "years" or "free", and its value."""

    start: int
    end: int
    kind: str
    value: Value = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    further: tuple[str, ...]
    kind: str
    value: Value


class PhraseTable:
    """Phrases of folded words, each with a kind and a value; a `*` after a word of a phrase matches any ending."""

    def __init__(self, entries: Iterable[tuple[str, str, Value]], *, prefixes: Sequence[str] = ()) -> None:
        """Take the phrases as (phrase, kind, value).

        Args:
            entries: Phrases as people write them; they are folded here.
            prefixes: What may be written together with the word after it: "l'" in French, "و" and "ال" in Arabic.
        """
        self._exact: dict[str, list[_Phrase]] = defaultdict(list)
        self._open: dict[str, list[_Phrase]] = defaultdict(list)
        self.prefixes = tuple(prefixes)
        for written, kind, value in entries:
            for first, *further in {tuple(_patterns(written)), tuple(_patterns(written, german=True))}:
                table = self._open if first.endswith("*") else self._exact
                table[first.rstrip("*")].append(_Phrase(tuple(further), kind, value))
        self._shortest_stem = min((len(stem) for stem in self._open), default=0)

    def marks(self, message: Sequence[str]) -> list[Mark]:
        """Return all marks in a sequence of folded words, in the order of their starts."""
        found: list[Mark] = []
        for at, word in enumerate(message):
            here = self._starting(message, at, word)
            if not here:
                here = next((marks for part in self._parts(word) if (marks := self._starting(message, at, part))), [])
            found += here
        return found

    def _starting(self, message: Sequence[str], at: int, word: str) -> list[Mark]:
        phrases = list(self._exact.get(word, ()))
        if self._shortest_stem:
            for length in range(self._shortest_stem, len(word) + 1):
                if opened := self._open.get(word[:length]):
                    phrases += opened
        return [
            Mark(at, at + 1 + len(phrase.further), phrase.kind, phrase.value)
            for phrase in phrases
            if not phrase.further or _continues(message, at + 1, phrase.further)
        ]

    def _parts(self, word: str) -> Iterable[str]:
        """Yield the word without what is written together with it: an article before it, an ending after an apostrophe."""
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_REST:
                yield word[len(prefix) :]
        before, apostrophe, _ = word.partition("'")
        if apostrophe and len(before) > _SHORTEST_REST:
            yield before


def _continues(message: Sequence[str], at: int, further: tuple[str, ...]) -> bool:
    if at + len(further) > len(message):
        return False
    for word, pattern in zip(message[at : at + len(further)], further, strict=True):
        if word != pattern and not (pattern.endswith("*") and word.startswith(pattern[:-1])):
            return False
    return True


def _patterns(written: str, *, german: bool = False) -> list[str]:
    """Return the folded words of a phrase, a `*` after each that is open; with `german`, ä is written ae."""
    patterns = []
    for part in written.split():
        folded = words(fold_german(part) if german else part)
        patterns += folded
        if part.endswith("*") and folded:
            patterns[-1] += "*"
    return patterns
