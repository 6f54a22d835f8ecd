"""The words that carry an age or a wish, one file a language in lexicon/ (its README lists the keys)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from knowledge.understanding.phrases import PhraseTable, Value

FOLDER = Path(__file__).resolve().parent / "lexicon"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Keys that hold no phrases of their own.
_PARTS = {"prefixes", "stems", "glued_years", "glued_months", "names", "month_first"}
# libyaml reads the files in a tenth of the time, where PyYAML was built with it.
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
    return Lexicon(
        language=code,
        table=PhraseTable(
            chain(_entries(content), _entries(read_lexicon("all"))), prefixes=content.get("prefixes", ())
        ),
        names={category: tuple(forms) for category, forms in content.get("names", {}).items()},
        month_first="month_first" in content,
    )


def read_lexicon(code: str) -> dict[str, Any]:
    """Return a lexicon file as it is written. Every scalar is text: to YAML, "no" and "on" would be false and true."""
    text = (FOLDER / f"{code}.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=_LOADER)
    return content


def _entries(content: Mapping[str, Any]) -> Iterator[tuple[str, str, Value]]:
    """Yield phrase, kind and value of all entries: of lists, of phrase -> number, and of value -> list of phrases."""
    for kind, entries in content.items():
        if kind in _PARTS:
            continue
        if isinstance(entries, list):
            yield from ((phrase, kind, "") for phrase in entries)
            continue
        for key, value in entries.items():
            if isinstance(value, list):
                yield from ((phrase, kind, key) for phrase in value)
            else:
                yield key, kind, float(value)
    # "dreijährig", "18-monatig": a number grown together with its unit.
    for stem, number in content.get("stems", {}).items():
        for endings, per_year in (("glued_years", 1), ("glued_months", 12)):
            yield from ((stem + ending, "years_told", float(number) / per_year) for ending in content.get(endings, ()))
