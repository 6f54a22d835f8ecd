"""What messengers say besides the gateway's own sentences, one catalogue a language in texts/."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from widget.texts import REPLY_LANGUAGES

_FOLDER = Path(__file__).resolve().parent / "texts"


def say(language: str, key: str, **values: str) -> str:
    """Return a sentence of a reply language, German for any other code, with its values put in."""
    return _catalogue(language if language in REPLY_LANGUAGES else "de")[key].format(**values)


@lru_cache(maxsize=16)
def _catalogue(language: str) -> Mapping[str, str]:
    content: Mapping[str, str] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return content
