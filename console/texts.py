"""The console's sentences, one catalogue a language in texts/."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).resolve().parent / "texts"
CONSOLE_LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}


@lru_cache(maxsize=4)
def texts(language: str) -> Mapping[str, str]:
    """Return the catalogue of a language; German for any other code."""
    name = language if language in CONSOLE_LANGUAGES else "de"
    content = yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in content.items()}


def say(language: str, key: str, /, **values: object) -> str:
    """Return one sentence with its values put in."""
    return texts(language)[key].format(**values)
