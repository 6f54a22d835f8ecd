"""Whether a message speaks of a crisis: reviewed patterns, read once, and nothing else that could be down or slow."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from knowledge.values import LANGUAGES
from widget.crisis.catalogue import read_yaml
from widget.crisis.notation import Pattern, parse, without_those_near
from widget.crisis.replies import Hotline, hotlines, replies
from widget.crisis.words import Message, Vocabulary

Kind = Literal[
    "harming_child", "medical", "suicide", "child_calls", "violence", "child_danger", "homeless_tonight", "acute_distress"
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
    def hotlines(self) -> tuple[Hotline, ...]:
        """The numbers of the reply, the right one first."""
        return hotlines(self.kind)


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """A pattern, what it stands for, and what speaks against it when it stands near."""

    kind: Kind
    language: str
    pattern: Pattern
    unless: tuple[Pattern, ...]

    def holds(self, message: Message) -> bool:
        places = self.pattern.places(message)
        for exception in self.unless:
            if not places:
                return False
            places = without_those_near(places, exception.places(message))
        return places != 0


def check(text: str, language: str) -> Crisis | None:
    """Return the crisis that a message speaks of, or None.

    Args:
        text: A parent's words, in any of the languages, also in several or in Latin letters.
        language: The conversation's language or `de-simple`. All languages are looked through; it is only preferred for
            the answer, since a short first message ("beni dövüyor") may not have told it yet.
    """
    message = _VOCABULARY.read(text)
    found = [rule for rule in _rules_for(message) if rule.holds(message)]
    if not found:
        return None
    kind = min((rule.kind for rule in found), key=KINDS.index)
    spoken = Counter(rule.language for rule in found)
    if language.removesuffix("-simple") not in spoken:
        language = spoken.most_common(1)[0][0]
    return Crisis(kind=kind, language=language)


def _rules_for(message: Message) -> Iterator[_Rule]:
    """Yield the rules that have a word in the message which all their matches need, each once."""
    numbers = {number for symbol in message.places for number in _RULES_BY_SYMBOL.get(symbol, ())}
    return (_RULES[number] for number in sorted(numbers))


def _rules(vocabulary: Vocabulary) -> Iterator[_Rule]:
    for language in LANGUAGES:
        kinds = read_yaml(Path(__file__).parent / "patterns" / f"{language}.yml")
        lists = kinds.pop("words")
        for kind in KINDS:
            for block in kinds[kind]:
                unless = tuple(parse(written, lists, vocabulary) for written in block.get("unless", ()))
                for written in block["say"]:
                    pattern = parse(written, lists, vocabulary)
                    yield _Rule(kind=kind, language=language, pattern=pattern, unless=unless)


def _by_symbol(rules: tuple[_Rule, ...]) -> dict[int, list[int]]:
    numbers: dict[int, list[int]] = {}
    for number, rule in enumerate(rules):
        for symbol in rule.pattern.needs:
            numbers.setdefault(symbol, []).append(number)
    return numbers


_VOCABULARY = Vocabulary()
_RULES = tuple(_rules(_VOCABULARY))
_RULES_BY_SYMBOL = _by_symbol(_RULES)
