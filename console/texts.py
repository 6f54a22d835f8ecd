"""The console's sentences: one folder a language in texts/, one catalogue an area."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).resolve().parent / "texts"
CONSOLE_LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}


@lru_cache(maxsize=4)
def texts(language: str) -> Mapping[str, str]:
    """Return the sentences of a language, of all areas together; German for any other code."""
    name = language if language in CONSOLE_LANGUAGES else "de"
    said: dict[str, str] = {}
    for catalogue in sorted((_FOLDER / name).glob("*.yml")):
        content = yaml.safe_load(catalogue.read_text(encoding="utf-8"))
        said |= {str(key): str(value) for key, value in content.items()}
    return said


def say(language: str, key: str, /, **values: object) -> str:
    """Return one sentence with its values put in."""
    return texts(language)[key].format(**values)
