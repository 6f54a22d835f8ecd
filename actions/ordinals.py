"""Which of several offerings a question means: "the second one", "das letzte", "Nr. 3"."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge import written_language
from knowledge.text import words

_WORDS = Path(__file__).with_suffix(".yml")
_ORDER = ("first", "second", "third")
_HASH = re.compile(r"#(\d{1,2})\b")
_DIGIT = re.compile(r"(?<!\S)(\d)\.(?!\d)")


def position_named(text: str, count: int, *, language: str) -> int | None:
    """Return the position, from 0, that a text names among `count` things; None when it names none.

    A position beyond them comes back where the words leave no doubt ("Nr. 7", "the third one" of two), so that it can be asked back.
    """
    phrases, spoken = _phrases(language), " ".join(words(text))
    plain = [int(found) - 1 for found in phrases["number"].findall(spoken) + _HASH.findall(text)]
    plain += [position for position, name in enumerate(_ORDER) if phrases[name].search(spoken)]
    # "6." may also be a day.
    named = plain + [int(found) - 1 for found in _DIGIT.findall(text)]
    if phrases["last"].search(spoken):
        named.append(count - 1)
    within = next((position for position in named if 0 <= position < count), None)
    return within if within is not None else next((position for position in plain if position >= count), None)


@lru_cache(maxsize=16)
def _phrases(language: str) -> dict[str, re.Pattern[str]]:
    content = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    entries = content.get(written_language(language)) or content["de"]
    ending = {"number": r" (\d{1,2})\b"}
    return {name: re.compile(rf"\b(?:{_any_of(listed)})\b{ending.get(name, '')}") for name, listed in entries.items()}


def _any_of(entries: list[str]) -> str:
    return "|".join(" ".join(words(str(entry))) + (r"\w*" if str(entry).endswith("*") else "") for entry in entries)
