"""The words that many parents use, in each language; whatever is not among them may be a name.

The files in words/ are written by tools/redaction_words.py.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from knowledge.taxonomy import load_taxonomy
from knowledge.text import fold, words
from knowledge.values import LANGUAGES, written_language

_FOLDER = Path(__file__).resolve().parent / "words"
_FIRST_NAMES = Path(__file__).resolve().parent / "first_names.txt"
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


def is_known(word: str, language: str) -> bool:
    """Return whether a word is one of the language's, a German one (used in all), or part of a need's name."""
    folded = fold(word)
    return len(folded) == 1 or (folded in vocabulary(written_language(language)) and folded not in first_names())


def unknown_words(text: str, language: str) -> set[str]:
    """Return the words of a text, as written, that are not known."""
    return {word for word in tokens(text) if not is_known(word, language)}


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text as written, without numbers."""
    return (found[0] for found in WORD.finditer(text))


@lru_cache(maxsize=16)
def vocabulary(language: str) -> frozenset[str]:
    """Return the folded words that are known in a language (ISO 639-1)."""
    own = language if language in LANGUAGES else "de"
    return frozenset({*_listed(own), *_listed("de"), *_named()})


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Return first names that are frequent where our languages are spoken, folded; none of them is an everyday word."""
    return frozenset(words(_FIRST_NAMES.read_text(encoding="utf-8")))


@lru_cache(maxsize=16)
def _listed(language: str) -> frozenset[str]:
    return frozenset((_FOLDER / f"{language}.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _named() -> frozenset[str]:
    """Return the words of the shipped needs' names, in all languages."""
    found: set[str] = set()
    for concept in load_taxonomy().concepts.values():
        for language in LANGUAGES:
            for name in (concept.labels.get(language, ""), *concept.other.get(language, ())):
                found.update(words(name))
    return frozenset(found)
