"""Which of several offerings a question means: "the second one", "das letzte", "Nr. 3"."""

import itertools
import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.text import fold, words

_WORDS = Path(__file__).with_suffix(".yml")
_ORDER = ("first", "second", "third")
_WITH_STOP = re.compile(r"(?<!\S)(\d)\.(?!\d)")


def position_named(text: str, count: int) -> int | None:
    """Return the position, from 0, that a text names among `count` things; None when it names none of them."""
    stems = _stems()
    spoken = words(text)
    for word in spoken:
        for position, name in enumerate(_ORDER):
            if word.startswith(stems[name]) and position < count:
                return position
        if word.startswith(stems["last"]) and count:
            return count - 1
    counted = [b for a, b in itertools.pairwise(spoken) if a in stems["number"] and b.isdigit()]
    for number in map(int, counted + _WITH_STOP.findall(text)):
        if 1 <= number <= count:
            return number - 1
    return None


@lru_cache(maxsize=1)
def _stems() -> dict[str, tuple[str, ...]]:
    content = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {name: tuple(fold(str(stem)) for stem in stems) for name, stems in content.items()}
