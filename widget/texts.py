"""The sentences of page and gateway, one catalogue a language in texts/; and how a language writes dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge import LANGUAGES, RIGHT_TO_LEFT, SIMPLE_GERMAN

_FOLDER = Path(__file__).resolve().parent / "texts"
REPLY_LANGUAGES = (*LANGUAGES, SIMPLE_GERMAN)


@lru_cache(maxsize=16)
def texts(language: str) -> Mapping[str, Any]:
    """Return the catalogue of a reply language; German for any other code."""
    name = language if language in REPLY_LANGUAGES else "de"
    content = yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def sentence(language: str, key: str, **values: str) -> str:
    """Return one text of the catalogue with its values put in."""
    return str(texts(language)[key]).format(**values)


@lru_cache(maxsize=16)
def page_texts(language: str) -> Mapping[str, str]:
    """Return the sentences of the page itself, as its script takes them, also to change its language."""
    return {key: value for key, value in texts(language).items() if key.startswith("page_")}


@lru_cache(maxsize=1)
def language_names() -> Mapping[str, str]:
    """Return reply language -> its own name, in the order of the menu."""
    content = yaml.safe_load((_FOLDER / "languages.yml").read_text(encoding="utf-8"))
    return {str(code): str(name) for code, name in content.items()}


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another; Einfache Sprache by its own name, one without a name by its code."""
    return str(texts(language)["languages"].get(code) or language_names().get(code, code))


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def day(language: str, value: date) -> str:
    """Return a day in figures, in the order of the language."""
    return value.strftime(str(texts(language)["date_format"]))


def series(language: str, parts: Sequence[str]) -> str:
    """Return the parts of a list with the comma of the language between them."""
    return ("، " if language in RIGHT_TO_LEFT else ", ").join(parts)
