"""Whether a message speaks of a crisis: reviewed patterns, read once, and nothing else that could be down or slow."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

import yaml

from knowledge.values import LANGUAGES
from widget.crisis.notation import Pattern, parse, without_those_near
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
]  # the most urgent first: where several kinds are found, the reply is that of the first
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, kw_only=True)
class Crisis:
    """What a message is about, and the language that it was recognised in: the given one where that one speaks of it, too."""

    kind: Kind
    language: str

    def replies(self, language: str | None = None) -> list[str]:
        """Return the reply as short paragraphs, in the crisis's language or another one (`de-simple` included)."""
        return replies(self.kind, language or self.language)

    @property
    def hotlines(self) -> tuple[Hotline, ...]:
        """The numbers of the reply, the right one first."""
        return hotlines(self.kind)


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Patterns of one kind in one language, and what speaks against them when it stands near."""

    kind: Kind
    language: str
    unless: tuple[Pattern, ...]


def check(text: str, language: str) -> Crisis | None:
    """Return the crisis that a message speaks of, or None.

    All languages are looked through whatever `language` (that of the conversation, `de-simple` included) says.
    """
    message = _VOCABULARY.read(text)
    found = Counter((block.kind, block.language) for block in _blocks_found(message))
    if not found:
        return None
    kind = min((kind for kind, _ in found), key=KINDS.index)
    spoken = {spoken: count for (_, spoken), count in found.items()}
    written_in = language.removesuffix("-simple")
    if written_in in spoken:
        return Crisis(kind=kind, language=language)
    return Crisis(kind=kind, language=max(spoken, key=lambda spoken_: spoken[spoken_]))


def _blocks_found(message: Message) -> Iterator[_Block]:
    seen: set[int] = set()
    for symbol in message.places:
        for number, pattern, block in _BY_WORD.get(symbol, ()):
            if number in seen:
                continue
            seen.add(number)
            places = pattern.places(message)
            for exception in block.unless:
                if not places:
                    break
                places = without_those_near(places, exception.places(message))
            if places:
                yield block


def _load() -> tuple[Vocabulary, dict[int, list[tuple[int, Pattern, _Block]]]]:
    vocabulary = Vocabulary()
    by_word: dict[int, list[tuple[int, Pattern, _Block]]] = {}
    number = 0
    for language in LANGUAGES:
        path = Path(__file__).parent / "patterns" / f"{language}.yml"
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        lists = content.pop("words")
        for kind, blocks in content.items():
            for written in blocks:
                unless = tuple(parse(exception, lists, vocabulary) for exception in written.get("unless", ()))
                block = _Block(kind=cast(Kind, kind), language=language, unless=unless)
                for one in written["say"]:
                    pattern = parse(one, lists, vocabulary)
                    number += 1
                    for symbol in pattern.needs:
                        by_word.setdefault(symbol, []).append((number, pattern, block))
    return vocabulary, by_word


_VOCABULARY, _BY_WORD = _load()
