"""A message as the rules read it: folded words, what stands between them, and what the lexicon says of them."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from knowledge.text import fold
from knowledge.understanding.lexicon import Lexicon
from knowledge.understanding.phrases import Mark

# A mark in place of numbers that count nothing: dates, times, prices, telephone numbers, postal codes, years.
_MASK = "\ue010"
_MASKED = re.compile(
    r"""
      \d{4}-\d{1,2}-\d{1,2}
    | (?<![\d.,])\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:\d{4}|\d{2})(?!\d))?
    | (?<![\d.,])\d{1,2}/\d{1,2}/\d{2,4}
    | (?<![\d.,])\d{1,2}[:.]\d{2}(?!\d|\s?[.,]\d)
    | (?<!\d)\d{1,2}\s?h(?:\s?\d{2})?(?!\w)
    | (?:\+|(?<!\d)0(?!\d{4}\s\d{1,2}(?!\d)))[\s(]*\d[\d\s()/.-]{5,}\d
    | (?:[€$£₺₴₽]|(?<!\w)(?<!\d\s)eur(?:o\b)?)\s?\d+(?:[.,]\d+)?
    | \d+(?:[.,]\d+)?(?:,-)?\s?[€$£₺₴₽%°²]
    | \d{3,}(?:[/-]\d+)*
    """,
    re.VERBOSE,
)
_HALF_WRITTEN = re.compile(r"(?:(?<!\d)(\d{1,2})\s?)?(?:½|(?<![\d/])1\s?/\s?2(?![\d/]))")
_DIGITS_IN_ARABIC = re.compile(r"(?<=[\u0620-\u06ff])(?=\d)|(?<=\d)(?=[\u0620-\u06ff])")
_WORD = re.compile(r"(?<![\d.,])\d{1,2}[.,](?:5|25|50|75)(?!\d|[.,]\d)|[^\W_]+(?:'[^\W_]+)*")
_GLUED = re.compile(r"(\d+)'?([^\W\d_][^\W_]*)")
# What may be written together with digits: "7j", "6yo", "5inde", "3klasse".
_AFTER_DIGITS = {
    "years", "years_old", "months", "months_old", "weeks", "weeks_old", "old", "half", "class_words", "endings",
    "other_units",
}  # fmt: skip
_SENTENCE_END = re.compile(r"[!?;…\n\ue010]|\.\s|\.$")
_LONGEST_ABBREVIATION = 3


@dataclass(frozen=True)
class Marked:
    """A message's folded words, the text before each and after the last (`gaps`), and its marks, the longest last.

    Digits written together with a unit are words of their own: "7j" is "7" and "j" with an empty gap.
    """

    lexicon: Lexicon
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    marks: tuple[Mark, ...]

    def of(self, *kinds: str) -> list[Mark]:
        """Return the marks of these kinds in the order written; of those that overlap, the first and longest."""
        found: list[Mark] = []
        candidates = [mark for kind in kinds for mark in self._by_kind.get(kind, ())]
        for mark in sorted(candidates, key=lambda mark: (mark.start, -mark.end)):
            if not found or mark.start >= found[-1].end:
                found.append(mark)
        return found

    def starting(self, at: int, *kinds: str) -> Mark | None:
        """Return the longest mark of the kinds that begins with a word; the first kind that has one decides."""
        # Plain loops: these two are asked hundreds of times a message.
        for kind in kinds:
            if mark := self._starts.get((kind, at)):
                return mark
        return None

    def ending(self, at: int, *kinds: str) -> Mark | None:
        """Return the longest mark of the kinds whose last word stands directly before a word."""
        for kind in kinds:
            if mark := self._ends.get((kind, at)):
                return mark
        return None

    @cached_property
    def covered(self) -> frozenset[int]:
        """The positions of the words of which the lexicon says anything."""
        return frozenset(at for mark in self.marks for at in range(mark.start, mark.end))

    @cached_property
    def _by_kind(self) -> dict[str, list[Mark]]:
        by_kind: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.marks:
            by_kind[mark.kind].append(mark)
        return by_kind

    @cached_property
    def _starts(self) -> dict[tuple[str, int], Mark]:
        return {(mark.kind, mark.start): mark for mark in self.marks}

    @cached_property
    def _ends(self) -> dict[tuple[str, int], Mark]:
        return {(mark.kind, mark.end): mark for mark in self.marks}

    def skip(self, at: int, *kinds: str) -> int:
        """Return the position after all marks of these kinds that follow one another from a word on."""
        while mark := self.starting(at, *kinds):
            at = mark.end
        return at

    def skip_back(self, at: int, *kinds: str) -> int:
        """Return the position of the first of all marks of these kinds that lead up to a word."""
        while not self.sentence_ends(at) and (mark := self.ending(at, *kinds)):
            at = mark.start
        return at

    def sentence_ends(self, at: int) -> bool:
        """Return whether a sentence ends before a word; the stops of "ca.", "J." and "3." end none."""
        gap = self.gaps[at]
        if not _SENTENCE_END.search(gap):
            return False
        before = self.words[at - 1] if at else ""
        is_abbreviated = gap.strip() == "." and (before.isdecimal() or len(before) <= _LONGEST_ABBREVIATION)
        return not is_abbreviated


def is_digits(word: str) -> bool:
    """Return whether a word is a number in digits, such as "4" or "1,5"; "7adana" is none."""
    return word.replace(",", "").replace(".", "").isdecimal()


def mark(text: str, lexicon: Lexicon) -> Marked:
    """Return a message with its marks."""
    folded = _HALF_WRITTEN.sub(lambda half: f" {half[1] or 0}.5 ", fold(text))
    folded = _MASKED.sub(f" {_MASK} ", folded)
    folded = _DIGITS_IN_ARABIC.sub(" ", folded)
    words, gaps = _split(folded, lambda word: _is_unit(word, lexicon))
    marks = _outside_idioms(lexicon.table.marks(words))
    marks.sort(key=lambda mark: mark.end - mark.start)
    return Marked(lexicon=lexicon, words=words, gaps=gaps, marks=tuple(marks))


def _split(folded: str, is_unit: Callable[[str], bool]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: list[str] = []
    gaps: list[str] = []
    end = 0
    for found in _WORD.finditer(folded):
        gaps.append(folded[end : found.start()])
        glued = _GLUED.fullmatch(found[0])
        if glued and is_unit(glued[2]):
            words += [glued[1], glued[2]]
            gaps.append("")
        else:
            words.append(found[0])
        end = found.end()
    return tuple(words), (*gaps, folded[end:])


def _is_unit(word: str, lexicon: Lexicon) -> bool:
    return any(mark.kind in _AFTER_DIGITS for mark in lexicon.table.marks([word]))


def _outside_idioms(marks: list[Mark]) -> list[Mark]:
    """Return the marks without those inside of an idiom ("Guten Morgen", "free places"), which only looks like a wish."""
    idioms = [mark for mark in marks if mark.kind == "idioms"]
    if not idioms:
        return marks
    return [
        mark
        for mark in marks
        if mark.kind == "filler" or not any(i.start <= mark.start and mark.end <= i.end for i in idioms)
    ]
