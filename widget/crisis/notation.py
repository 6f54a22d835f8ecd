"""The notation in which the patterns are written, made into steps over a message. patterns/README.md explains it to its writers.

A step moves a set of gaps between words (an integer's bits) over the words that it accepts: shift-and, Baeza-Yates and Gonnet
1992. A pattern costs a handful of integer operations whatever was written, so no message can make the check slow.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from widget.crisis.keyboards import joined
from widget.crisis.words import Message, Vocabulary

_GAP = 3  # words that `…` may stand for
_NEAR = 12  # words: how far apart the sides of `a & b` may end, and how near an `unless` speaks against a pattern
_SIGN = re.compile(r"[()\[\]|&….]|\{\w+\}|[^\s()\[\]|&….{}]+")

Step = Callable[[int, Message], int]
Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a pattern: the gaps where it may begin -> the gaps where it may end.

    Attributes:
        needs: One of these symbols is in every match; None when it can match without any word.
        rarity: Letters of the shortest word among them; the longer, the rarer.
    """

    step: Step
    needs: frozenset[int] | None = None
    rarity: int = 0


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Phrases that stand near each other, in any order, and how they are written."""

    written: str
    phrases: tuple[Part, ...]
    needs: frozenset[int]

    def places(self, message: Message) -> int:
        """Return the gaps near which the pattern is found in the message; 0 when it is not."""
        found = message.gaps
        for phrase in self.phrases:
            ends = phrase.step(message.gaps, message)
            found &= ends if len(self.phrases) == 1 else spread(ends, before=_NEAR)
            if not found:
                break
        return found


def spread(places: int, *, before: int = 0, after: int = 0) -> int:
    """Return the places together with those up to so many words before and after them."""
    result = places
    for words in range(1, before + 1):
        result |= places >> words
    for words in range(1, after + 1):
        result |= places << words
    return result


def around(places: int) -> int:
    """Return the places together with all that count as near them."""
    return spread(places, before=_NEAR, after=_NEAR)


def parse(written: str, lists: Lists, vocabulary: Vocabulary) -> Pattern:
    """Return a pattern from its notation.

    Raises:
        ValueError: A bracket is open, a list unknown, or it would match without any word.
    """
    signs = _signs(written)
    phrases = []
    try:
        phrases.append(_alternatives(signs, lists, vocabulary))
        while signs and signs.pop(0) == "&":
            phrases.append(_alternatives(signs, lists, vocabulary))
    except (ValueError, IndexError, KeyError) as error:
        raise ValueError(f"the crisis pattern {written!r} cannot be read: {error!r}") from error
    needs = _rarest(phrases).needs
    if signs or needs is None or any(phrase.needs is None for phrase in phrases):
        raise ValueError(f"the crisis pattern {written!r} closes a bracket too many or would match without any word")
    return Pattern(written=written, phrases=tuple(phrases), needs=needs)


def _signs(written: str) -> list[str]:
    return _SIGN.findall(joined(written.replace("-", " ")))


def _alternatives(signs: list[str], lists: Lists, vocabulary: Vocabulary) -> Part:
    """Read `a|b c|d*` up to a closing bracket, `&` or the end; single words are gathered under one symbol."""
    words: set[str] = set()
    rows: list[Part] = []
    while True:
        row: list[Part | str] = []
        while signs and signs[0] not in {"|", ")", "]", "&"}:
            row.append(_piece(signs, lists, vocabulary))
        if len(row) == 1 and isinstance(row[0], str):
            words.add(row[0])
        else:
            rows.append(_in_a_row([_word({p}, vocabulary) if isinstance(p, str) else p for p in row]))
        if not signs or signs[0] != "|":
            break
        signs.pop(0)
    if words:
        rows.append(_word(words, vocabulary))
    return rows[0] if len(rows) == 1 else _any_of(rows)


def _piece(signs: list[str], lists: Lists, vocabulary: Vocabulary) -> Part | str:
    sign = signs.pop(0)
    if sign in {"(", "["}:
        inner = _alternatives(signs, lists, vocabulary)
        if signs.pop(0) != {"(": ")", "[": "]"}[sign]:
            raise ValueError("one bracket opens, another closes")
        return inner if sign == "(" else Part(step=lambda gaps, message: gaps | inner.step(gaps, message))
    if sign == "…":
        return Part(step=lambda gaps, message: spread(gaps, after=_GAP))
    if sign == ".":
        return Part(step=lambda gaps, message: gaps & message.stops)
    if sign.startswith("{"):
        return _alternatives(_signs("|".join(lists[sign[1:-1]])), lists, vocabulary)
    return sign


def _word(words: Iterable[str], vocabulary: Vocabulary) -> Part:
    words = frozenset(words)
    symbol = vocabulary.symbol(words)
    return Part(
        step=lambda gaps, message: (gaps & message.places.get(symbol, 0)) << 1,
        needs=frozenset({symbol}),
        rarity=min(len(word) for word in words),
    )


def _in_a_row(parts: Sequence[Part]) -> Part:
    def step(gaps: int, message: Message) -> int:
        for part in parts:
            gaps = part.step(gaps, message)
            if not gaps:
                break
        return gaps

    rarest = _rarest(parts)
    return Part(step=step, needs=rarest.needs, rarity=rarest.rarity)


def _any_of(parts: Sequence[Part]) -> Part:
    def step(gaps: int, message: Message) -> int:
        ends = 0
        for part in parts:
            ends |= part.step(gaps, message)
        return ends

    if any(part.needs is None for part in parts):
        return Part(step=step)
    needs = frozenset().union(*(part.needs or () for part in parts))
    return Part(step=step, needs=needs, rarity=min(part.rarity for part in parts))


def _rarest(parts: Sequence[Part]) -> Part:
    return max(parts, key=lambda part: (part.needs is not None, part.rarity))
