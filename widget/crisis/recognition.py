"""Whether a message speaks of a crisis: reviewed patterns, read once, and nothing else that could be down or slow."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from knowledge.values import LANGUAGES, written_language
from widget.crisis.catalogue import read_yaml
from widget.crisis.notation import Pattern, around, parse
from widget.crisis.replies import Hotline, hotlines, replies
from widget.crisis.words import Message, Vocabulary

Kind = Literal[
    "harming_child",
    "medical",
    "suicide",
    "child_calls",
    "violence",
    "child_danger",
    "homeless_tonight",
    "acute_distress",
]  # the most urgent first: where several are found, the reply is that of the first
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, kw_only=True)
class Crisis:
    """What a message is about, and the language to answer in: the given one, or that in which it was recognised."""

    kind: Kind
    language: str

    def replies(self, language: str | None = None) -> list[str]:
        """Return the reply as short paragraphs, in the crisis's language or in another (`de-simple` included)."""
        return replies(self.kind, language or self.language)

    @property
    def leaves_time(self) -> bool:
        """Whether nobody is in danger this minute, so that what is there nearby may be shown below the help."""
        return self.kind == "acute_distress"

    @property
    def hotlines(self) -> tuple[Hotline, ...]:
        """The numbers of the reply, the right one first."""
        return hotlines(self.kind)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Block:
    """What patterns that stand together speak of, and what speaks against them when it stands near."""

    kind: Kind
    language: str
    exceptions: tuple[Pattern, ...]

    def denied(self, message: Message) -> int:
        """Return the places of the message near which an exception stands."""
        places = 0
        for exception in self.exceptions:
            places |= exception.places(message)
        return around(places)


def check(text: str, language: str) -> Crisis | None:
    """Return the crisis that a message speaks of, or None.

    Args:
        text: A parent's words, in any of the languages, also in several or in Latin letters.
        language: The conversation's language or `de-simple`. All languages are looked through; it is only preferred for
            the answer, since a short first message ("beni dövüyor") may not have told it yet.
    """
    vocabulary, rules, by_symbol = _patterns()
    found = list(_found_in(vocabulary.read(text), rules, by_symbol))
    if not found:
        return None
    kind = min((block.kind for block in found), key=KINDS.index)
    spoken = Counter(block.language for block in found)
    if written_language(language) not in spoken:
        language = spoken.most_common(1)[0][0]
    return Crisis(kind=kind, language=language)


def _found_in(
    message: Message, rules: Sequence[tuple[Pattern, _Block]], by_symbol: Mapping[int, Sequence[int]]
) -> Iterator[_Block]:
    """Yield a block for each of its patterns that is found with no exception near."""
    # Only patterns with a word in the message that each of their matches needs are tried.
    numbers = {number for symbol in message.places for number in by_symbol.get(symbol, ())}
    denied: dict[_Block, int] = {}
    for number in sorted(numbers):
        pattern, block = rules[number]
        places = pattern.places(message)
        if places and block not in denied:
            denied[block] = block.denied(message)
        if places and places & ~denied[block]:
            yield block


@lru_cache(maxsize=1)
def _patterns() -> tuple[Vocabulary, tuple[tuple[Pattern, _Block], ...], dict[int, list[int]]]:
    """Return all patterns, read once; it takes some seconds, so a server calls `check` when it starts."""
    vocabulary = Vocabulary()
    rules = tuple(_rules(vocabulary))
    return vocabulary, rules, _by_symbol(rules)


def _rules(vocabulary: Vocabulary) -> Iterator[tuple[Pattern, _Block]]:
    for language in LANGUAGES:
        kinds = read_yaml(Path(__file__).parent / "patterns" / f"{language}.yml")
        lists = kinds.pop("words")
        for kind in KINDS:
            for written in kinds[kind]:
                exceptions = tuple(parse(pattern, lists, vocabulary) for pattern in written.get("unless", ()))
                block = _Block(kind=kind, language=language, exceptions=exceptions)
                for pattern in written["say"]:
                    yield parse(pattern, lists, vocabulary), block


def _by_symbol(rules: Sequence[tuple[Pattern, _Block]]) -> dict[int, list[int]]:
    numbers: dict[int, list[int]] = {}
    for number, (pattern, _) in enumerate(rules):
        for symbol in pattern.needs:
            numbers.setdefault(symbol, []).append(number)
    return numbers
