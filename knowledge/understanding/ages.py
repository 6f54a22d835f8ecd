"""The children's ages in a message, in years: "anderthalb", "8 Monate", "7-jährig", "2. Klasse", "Erstklässler", "пʼять років"."""

import re
from dataclasses import dataclass

from knowledge.text import words
from knowledge.understanding.lexicon import Lexicon, lexicon_of

_OLDEST_CHILD = 21.0
_SCHOOL_START = 6.0
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s*/\s*2)?")
_GLUED = re.compile(r"(\d)([^\W\d_])")


@dataclass(frozen=True)
class Ages:
    """Ages in years in the order written, and the folded words that told them."""

    years: tuple[float, ...] = ()
    words: frozenset[str] = frozenset()


def read_ages(text: str, language: str, *, expected: bool = False) -> Ages:
    """Return the children's ages that a message tells.

    Args:
        expected: True when the parent was just asked for the age, so that bare numbers count.
    """
    lexicon = lexicon_of(language)
    folded = (
        " " + " ".join(words(_GLUED.sub(r"\1 \2", re.sub(r"(\d)[.,](\d)", r"\1_\2", text)).replace("_", "dot"))) + " "
    )
    folded = re.sub(r"(\d)dot(\d)", r"\1.\2", folded)
    found: list[tuple[int, int, float]] = []
    _read_numbers(folded, lexicon, found)
    _read_classes(folded, lexicon, found)
    for phrases, age in lexicon.age_words:
        found += [(match.start(), match.end(), age) for match in phrases.find_all(folded)]
    if not found and lexicon.birth_words.find(folded):
        return Ages((0.0,))
    if expected and not found:
        found += [(start, end, value) for start, end, value in _numbers(folded, lexicon) if value <= _OLDEST_CHILD]
    told = _without_overlaps(sorted(found))
    taken = frozenset(word for start, end, _ in told for word in folded[start:end].split())
    return Ages(tuple(dict.fromkeys(age for _, _, age in told if 0 <= age <= _OLDEST_CHILD)), taken)


def _read_numbers(folded: str, lexicon: Lexicon, found: list[tuple[int, int, float]]) -> None:
    """Add each number that stands beside a word for years, months or weeks."""
    numbers = _numbers(folded, lexicon)
    for phrases, per_year in ((lexicon.years, 1.0), (lexicon.months, 12.0), (lexicon.weeks, 52.0)):
        for unit in phrases.find_all(folded):
            near = [n for n in numbers if 0 <= unit.start() - n[1] <= 2 or 0 <= n[0] - unit.end() <= 2]
            # The number before the word, where both sides have one.
            near.sort(key=lambda n: n[0] > unit.start())
            for start, end, value in near[:1]:
                span = (min(start, unit.start()), max(end, unit.end()))
                if not _is_about_something_else(folded, span, lexicon):
                    found.append((*span, round(value / per_year, 2)))
                    found += _enumerated(numbers, start, folded, per_year)


def _enumerated(
    numbers: list[tuple[int, int, float]], before: int, folded: str, per_year: float
) -> list[tuple[int, int, float]]:
    """Return the numbers that a list joins to one with a unit: "3 und 5 Jahre", "4, 7 and 9 years"."""
    joined = []
    for start, end, value in sorted(numbers, reverse=True):
        if end < before and len(folded[end:before].split()) <= 1 and before - end <= 5:
            joined.append((start, end, round(value / per_year, 2)))
            before = start
    return joined


def _read_classes(folded: str, lexicon: Lexicon, found: list[tuple[int, int, float]]) -> None:
    numbers = _numbers(folded, lexicon)
    for unit in lexicon.class_words.find_all(folded):
        for start, end, value in numbers:
            if (0 <= unit.start() - end <= 2 or 0 <= start - unit.end() <= 2) and 1 <= value <= 13:
                found.append((min(start, unit.start()), max(end, unit.end()), value - 1 + _SCHOOL_START))


def _numbers(folded: str, lexicon: Lexicon) -> list[tuple[int, int, float]]:
    """Return start, end and value of all numbers, in digits and in words; longer readings win."""
    found = [(m.start(), m.end(), float(m[0].replace(",", "."))) for m in _NUMBER.finditer(folded) if "/" not in m[0]]
    for word, value in lexicon.numbers.items():
        found += [(m.start(), m.end(), value) for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", folded)]
    return _without_overlaps(sorted(found, key=lambda n: (n[0], -n[1])))


def _is_about_something_else(folded: str, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Return whether the words around a number of years say that it is no child's age: "seit 3 Jahren", "I am 34 years old"."""
    around = folded[max(0, span[0] - 14) : span[0]] + " | " + folded[span[1] : span[1] + 14]
    return lexicon.not_a_child.find(around) is not None


def _without_overlaps(spans: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    kept: list[tuple[int, int, float]] = []
    for start, end, value in spans:
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end, value)
        else:
            kept.append((start, end, value))
    return kept
