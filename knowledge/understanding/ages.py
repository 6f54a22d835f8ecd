"""The children's ages in a message, in years: "anderthalb", "8 Monate", "7-jährig", "2. Klasse", "пʼять років"."""

from dataclasses import dataclass

from knowledge.understanding.lexicon import lexicon_of
from knowledge.understanding.marking import Marked, mark
from knowledge.understanding.numbers import Number, is_closed, read_numbers

_OLDEST_CHILD = 21.0
_FARTHEST_CHILD = 6
_SAME_CHILD_YEARS = 4.0
_NAMED = ("child", "children", "multiples")


@dataclass(frozen=True)
class Ages:
    """Ages in years in the order written, and the folded words that told them."""

    years: tuple[float, ...] = ()
    words: frozenset[str] = frozenset()


def read_ages(text: str, language: str, *, expected: bool = False) -> Ages:
    """Return the children's ages that a message tells.

    Args:
        text: The parent's words, without those that name the place.
        language: The language of the message (ISO 639-1).
        expected: True when the parent was just asked for the age, so that bare numbers count.
    """
    return ages_in(mark(text, lexicon_of(language)), expected=expected)


def ages_in(said: Marked, *, expected: bool = False) -> Ages:
    """Return the children's ages in a marked message; see `read_ages`."""
    lists = read_numbers(said)
    told = [number for numbers in lists for number in _told(said, numbers, expected)]
    if expected and not told:
        told = [number for numbers in lists for number in numbers if number.unit is None]
        told = [number for number in told if not number.article] or told
    spans = [(number.start, number.end, number.years) for number in told]
    spans += [span for span in _named(said) if not any(_is_same_child(said, span, other) for other in spans)]
    spans = [span for span in sorted(spans) if span[2] <= _OLDEST_CHILD]
    if not spans and said.of("birth_words"):
        return Ages((0.0,))
    return Ages(tuple(dict.fromkeys(age for _, _, age in spans)), _words(said, spans))


def _told(said: Marked, numbers: list[Number], expected: bool) -> list[Number]:
    """Return those numbers of a list that are children's ages."""
    begin = said.skip_back(numbers[0].start, "about", "age_is", "is", "articles")
    if said.ending(begin, "self") or said.ending(numbers[0].start, "self"):
        return []
    if numbers[0].unit is None and not numbers[0].article:
        bare = [number for number in numbers if number.unit is None]
        return bare if _is_introduced(said, numbers[0].start) and is_closed(said, bare[-1].end) else []
    return [
        number for number in numbers if number.unit not in (None, "other") and _is_age(said, number, numbers, expected)
    ]


def _is_age(said: Marked, number: Number, numbers: list[Number], expected: bool) -> bool:
    """Return whether a number with a unit is an age, not a duration: "seit 3 Jahren", "2 Wochen Ferien", "dans 3 ans"."""
    if number.unit == "class" or number.sure:
        return True
    first, last = numbers[0].start, numbers[-1].end
    introduced = _is_introduced(said, first)
    if number.lone and not introduced:
        return False
    if not said.ending(first, "age_is"):
        before = {first, said.skip_back(first, "about")}
        durations = ("not_before",) if introduced else ("not_before", "since")
        if any(said.ending(at, *durations) for at in before):
            return False
    if said.starting(last, "not_after") and not said.gaps[last].strip():
        return False
    if number.unit == "years" and number.value >= 1:
        return True
    # Months and weeks are durations more often than years are.
    with_child = introduced or expected or said.starting(last, *_NAMED, "age_words") is not None
    if said.of("birth_words"):
        return False
    return with_child or (number.unit != "weeks" and said.ending(first, "for_time") is None)


def _is_introduced(said: Marked, at: int) -> bool:
    """Return whether the words before a number say that a child's age follows: "Tochter (", "Sohn Max ist", "aged"."""
    unknown = 0
    first = max(0, at - _FARTHEST_CHILD)
    while at > first and not said.sentence_ends(at):
        if said.ending(at, "age_is", *_NAMED, "age_words"):
            return True
        if passing := said.ending(at, "is", "about", "articles", "months_named", "old", "link"):
            at = passing.start
            if passing.kind == "months_named" and (before := said.ending(at, "filler")):
                at = before.start
        elif not unknown and not _is_known(said, at - 1) and said.ending(at - 1, *_NAMED):
            unknown += 1
            at -= 1
        else:
            return False
    return False


def _is_known(said: Marked, at: int) -> bool:
    return any(mark.start <= at < mark.end for mark in said.marks) or said.words[at].isdigit()


def _named(said: Marked) -> list[tuple[int, int, float]]:
    """Return start, end and age of the words that name a child by its age: "Vorschulkind", "Säugling"."""
    return [(mark.start, mark.end, float(mark.value)) for mark in said.of("age_words")]


def _is_same_child(said: Marked, named: tuple[int, int, float], told: tuple[int, int, float]) -> bool:
    """Return whether a number tells the age of the child so named: "Kleinkind, 2 Jahre", "8 Monate altes Baby"."""
    if abs(named[2] - told[2]) > _SAME_CHILD_YEARS:
        return False
    first, second = sorted((named, told))
    between = second[0] - first[1]
    return between <= 3 and not any(said.starting(at, "and") for at in range(first[1], second[0]))


def _words(said: Marked, spans: list[tuple[int, int, float]]) -> frozenset[str]:
    return frozenset(word for start, end, _ in spans for word in said.words[start:end])
