"""The words that carry an age or a wish, one file a language in lexicon/ (its README lists the keys)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.understanding.phrases import PhraseTable, Value

FOLDER = Path(__file__).resolve().parent / "lexicon"
# Keys that hold a list of phrases, keys that hold phrase -> number, and keys that hold value -> list of phrases.
LISTS = (
    "articles", "half", "link", "endings", "years", "years_old", "months", "months_old", "weeks", "weeks_old", "old",
    "one_year", "one_month", "age_is", "child", "children", "multiples", "is", "copula", "self", "about", "and", "not_before",
    "not_after", "since", "for_time", "from", "other_units", "birth_words", "class_words", "class_before", "free", "online", "in_person",
    "idioms", "language_before", "language_beside", "my_language", "learning", "weekend", "this", "next_week",
    "this_week", "today", "tomorrow", "after_tomorrow", "not", "not_behind", "instead", "instead_behind", "contrast",
    "rather", "than", "obtained", "filler",
)  # fmt: skip
NUMBERS = ("numbers", "ordinals", "ages_said", "age_words")
BY_VALUE = ("languages", "languages_certain", "weekdays", "months_named", "holidays")
OTHER = ("prefixes", "stems", "glued_years", "glued_months", "names", "month_first")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# libyaml reads the ten files in a tenth of the time, where PyYAML was built with it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Lexicon:
    """One language's words; a mark's kind is the key of the lexicon in which the phrase stands.

    Attributes:
        names: Category code -> forms of its names that the taxonomy does not hold.
        month_first: True where "December 24" is a date.
    """

    language: str
    table: PhraseTable
    names: Mapping[str, tuple[str, ...]]
    month_first: bool

    def is_filler(self, word: str) -> bool:
        """Return whether a folded word carries no need."""
        return any(mark.kind == "filler" for mark in self.table.marks([word]))


@lru_cache(maxsize=16)
def lexicon_of(language: str) -> Lexicon:
    """Return the lexicon of a language; German where there is none."""
    code = language.partition("-")[0]
    content = read_lexicon(code) if (FOLDER / f"{code}.yml").exists() else read_lexicon("de")
    prefixes = _listed(content.get("prefixes"))
    names = {category: tuple(_listed(forms)) for category, forms in (content.get("names") or {}).items()}
    table = PhraseTable(_entries(content), prefixes=prefixes)
    return Lexicon(language=code, table=table, names=names, month_first="month_first" in content)


def read_lexicon(code: str) -> dict[str, Any]:
    """Return a lexicon file as it is written. Every scalar is text: to YAML, "no" and "on" would be false and true."""
    text = (FOLDER / f"{code}.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=_LOADER)
    return content


def _entries(content: Mapping[str, Any]) -> Iterator[tuple[str, str, Value]]:
    for kind in LISTS:
        for phrase in _listed(content.get(kind)):
            yield phrase, kind, ""
    for kind in NUMBERS:
        for phrase, number in (content.get(kind) or {}).items():
            yield phrase, kind, float(number)
    for kind in BY_VALUE:
        for value, phrases in (content.get(kind) or {}).items():
            for phrase in _listed(phrases):
                yield phrase, kind, value
    # "dreijährig", "18-monatig": a number grown together with its unit.
    for stem, number in (content.get("stems") or {}).items():
        for ending in _listed(content.get("glued_years")):
            yield stem + ending, "years_told", float(number)
        for ending in _listed(content.get("glued_months")):
            yield stem + ending, "years_told", float(number) / 12


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
