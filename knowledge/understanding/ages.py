"""The children's ages in a message, in years: "anderthalb", "8 Monate", "7-jährig", "2. Klasse", "пʼять років"."""

from dataclasses import dataclass

from knowledge.understanding.lexicon import lexicon_of
from knowledge.understanding.marking import Marked, is_digits, mark
from knowledge.understanding.numbers import Number, is_closed, read_numbers

_OLDEST_CHILD = 21.0
_FARTHEST_CHILD = 6
_FEW_WORDS = 6
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
    spans = [(number.start, number.end, number.years) for number in told]
    spans += _named(said, spans)
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
        return bare if _is_introduced(said, numbers[0]) and is_closed(said, bare[-1].end) else []
    return [
        number for number in numbers if number.unit not in (None, "other") and _is_age(said, number, numbers, expected)
    ]


def _is_age(said: Marked, number: Number, numbers: list[Number], expected: bool) -> bool:
    """Return whether a number with a unit is an age, not a duration: "seit 3 Jahren", "2 Wochen Ferien", "dans 3 ans"."""
    if number.unit == "class":
        return True
    if number.years < 1 and _is_of_pregnancy(said, number):
        return False
    if number.sure:
        return True
    first, last = numbers[0].start, numbers[-1].end
    introduced = _is_introduced(said, numbers[0])
    if _is_duration(said, first, last, introduced) or (number.lone and not introduced):
        return False
    return introduced or expected or _is_likely_age(said, number, first, last)


def _is_likely_age(said: Marked, number: Number, first: int, last: int) -> bool:
    """Return whether a number without a child directly before it is an age: the shorter the unit, the less likely."""
    for_a_time = said.ending(first, "for_time") is not None
    if number.unit == "weeks":
        behind = said.starting(last, "age_words")
        return behind is not None and behind.value == 0
    if number.years < 1 and for_a_time:
        return False
    near = 4 if number.years < 1 else _FARTHEST_CHILD
    return (
        len(said.words) <= _FEW_WORDS
        or _stands_alone(said, first, last)
        or _is_near(said, first, near, *_NAMED, "age_words")
        or _is_followed(said, last, *_NAMED, "age_words")
        or _is_near(said, first, 2, "copula", "age_is")
        or (number.years >= 1 and (for_a_time or said.ending(said.skip_back(first, "about"), "from") is not None))
    )


def _is_of_pregnancy(said: Marked, number: Number) -> bool:
    """Return whether months or weeks are those of a pregnancy: "im 6. Monat schwanger", "altı aylık gebe"."""
    if not number.sure:
        return bool(said.of("birth_words"))
    return _is_followed(said, number.end, "birth_words") or _is_near(said, number.start, 1, "birth_words")


def _is_followed(said: Marked, at: int, *kinds: str) -> bool:
    """Return whether a mark of the kinds begins at a word or at most two words later, with no stop between."""
    for position in range(at, min(at + 3, len(said.words))):
        if said.sentence_ends(position) or said.gaps[position].strip(" -."):
            return False
        if said.starting(position, *kinds):
            return True
    return False


def _is_duration(said: Marked, first: int, last: int, introduced: bool) -> bool:
    if said.starting(last, "not_after") and not said.gaps[last].strip():
        return True
    before = {first, said.skip_back(first, "about", "articles")}
    durations = ("not_before",) if introduced else ("not_before", "since")
    return not said.ending(first, "age_is") and any(said.ending(at, *durations) for at in before)


def _stands_alone(said: Marked, first: int, last: int) -> bool:
    """Return whether a number is a clause of its own: "Hortplatz gesucht, 7 Jahre, Leipzig"."""
    begins = first == 0 or bool(said.gaps[first].strip())
    return begins and (last == len(said.words) or bool(said.gaps[last].strip()))


def _is_near(said: Marked, at: int, farthest: int, *kinds: str) -> bool:
    """Return whether a mark of the kinds ends at most so many words before a word, in the same sentence."""
    for position in range(at, max(-1, at - farthest - 1), -1):
        if said.ending(position, *kinds):
            return True
        if said.sentence_ends(position):
            return False
    return False


def _is_introduced(said: Marked, number: Number) -> bool:
    """Return whether the words before a number say that a child's age follows: "Tochter (", "Sohn Max ist", "aged"."""
    at, unknown = number.start, 0
    first = max(0, at - _FARTHEST_CHILD)
    # "Kinder ab 3", but "mein Kind ab 7" may be a time of day.
    if said.ending(at, "from") and (number.unit or said.ending(at - 1, "children")):
        at -= 1
    while at > first and not said.sentence_ends(at):
        if said.ending(at, "age_is", *_NAMED, "age_words"):
            return True
        if copula := said.ending(at, "copula"):
            # "Paul ist elf": what no lexicon knows, before the verb, is a name
            if copula.start and not _is_known(said, copula.start - 1) and not said.sentence_ends(copula.start):
                return True
            at = copula.start
        elif passing := said.ending(at, "is", "about", "articles", "months_named", "old", "link"):
            at = passing.start
            if passing.kind == "months_named" and not said.ending(at, *_NAMED) and said.ending(at, "filler"):
                at -= 1  # "im März"
        elif not unknown and not _is_known(said, at - 1) and said.ending(at - 1, *_NAMED):
            unknown += 1
            at -= 1
        else:
            return False
    return False


def _is_known(said: Marked, at: int) -> bool:
    return at in said.covered or is_digits(said.words[at])


def _named(said: Marked, told: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Return start, end and age of the words that name a child by its age: "Vorschulkind", "Säugling".

    Beside ages in numbers, such a word is one of those children ("Kleinkind, 2 Jahre") or a group that such children
    go to, unless "and" stands between: "ein Baby und eine 5-Jährige".
    """
    named = [(mark.start, mark.end, float(mark.value)) for mark in said.of("age_words")]
    return [span for span in named if not told or _is_another_child(said, span, told)]


def _is_another_child(said: Marked, named: tuple[int, int, float], told: list[tuple[int, int, float]]) -> bool:
    before = max((end for _, end, _ in told if end <= named[0]), default=-_FARTHEST_CHILD)
    after = min((start for start, _, _ in told if start >= named[1]), default=len(said.words) + _FARTHEST_CHILD)
    between = (range(before, named[0]), range(named[1], after))
    joined = [len(each) < _FARTHEST_CHILD and any(said.starting(at, "and") for at in each) for each in between]
    same = [len(each) < 3 and not join for each, join in zip(between, joined, strict=True)]
    return any(joined) and not any(same)


def _words(said: Marked, spans: list[tuple[int, int, float]]) -> frozenset[str]:
    return frozenset(word for start, end, _ in spans for word in said.words[start:end])
