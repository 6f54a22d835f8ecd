"""The words that carry a wish, one file a language in lexicon/ (its README lists the keys)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.text import fold, words

_FOLDER = Path(__file__).resolve().parent / "lexicon"


@dataclass(frozen=True)
class Phrases:
    """A set of words and phrases, matched as whole folded words; a `*` at the end matches any ending."""

    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Phrases":
        """Return the phrases of a lexicon entry."""
        parts = sorted({_expression(entry) for entry in entries if words(entry)}, key=len, reverse=True)
        return cls(re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None)

    def find(self, folded: str) -> re.Match[str] | None:
        """Return the first match in a text of folded words, or None."""
        return self.pattern.search(folded) if self.pattern else None

    def find_all(self, folded: str) -> list[re.Match[str]]:
        """Return all matches in a text of folded words."""
        return list(self.pattern.finditer(folded)) if self.pattern else []


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """One language's words; see lexicon/README.md for what each set means."""

    numbers: Mapping[str, float]
    years: Phrases
    months: Phrases
    weeks: Phrases
    age_words: tuple[tuple[Phrases, float], ...]
    birth_words: Phrases
    class_words: Phrases
    not_a_child: Phrases
    free: Phrases
    online: Phrases
    in_person: Phrases
    languages: Mapping[str, Phrases]
    languages_certain: Mapping[str, Phrases]
    in_language: Phrases
    my_language: Phrases
    weekdays: tuple[Phrases, ...]
    weekend: Phrases
    today: Phrases
    tomorrow: Phrases
    holidays: Mapping[str, Phrases]
    filler: Phrases

    def is_filler(self, word: str) -> bool:
        """Return whether a folded word carries no need."""
        return bool(self.filler.pattern and self.filler.pattern.fullmatch(word))


@lru_cache(maxsize=16)
def lexicon_of(language: str) -> Lexicon:
    """Return the lexicon of a language; German where there is none."""
    path = _FOLDER / f"{language.partition('-')[0]}.yml"
    content = yaml.safe_load((path if path.exists() else _FOLDER / "de.yml").read_text(encoding="utf-8"))
    days = content["weekdays"]
    return Lexicon(
        numbers={" ".join(words(str(word))): float(value) for word, value in content["numbers"].items()},
        age_words=tuple((Phrases.of([word]), float(age)) for word, age in content["age_words"].items()),
        weekdays=tuple(Phrases.of(_listed(days[day])) for day in _DAYS),
        languages=_phrases_by_key(content["languages"]),
        languages_certain=_phrases_by_key(content.get("languages_certain") or {}),
        holidays=_phrases_by_key(content["holidays"]),
        **{key: Phrases.of(_listed(content.get(key))) for key in _PLAIN},
    )


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PLAIN = (
    "years", "months", "weeks", "birth_words", "class_words", "not_a_child", "free", "online", "in_person", "in_language",
    "my_language", "weekend", "today", "tomorrow", "filler",
)  # fmt: skip


def _phrases_by_key(entries: Mapping[str, Any]) -> dict[str, Phrases]:
    return {str(key): Phrases.of(_listed(value)) for key, value in entries.items()}


def _listed(value: Any) -> Sequence[str]:
    return [str(entry) for entry in (value if isinstance(value, list) else [value] if value else [])]


def _expression(entry: str) -> str:
    open_ended = entry.rstrip().endswith("*")
    expression = r"\s+".join(re.escape(word) for word in words(fold(entry.rstrip("* "))))
    return expression + (r"\w*" if open_ended else "")
