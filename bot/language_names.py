"""Which language a message asks for by its name: "auf Türkisch bitte", "po polsku", "بالعربية لو سمحت"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.text import words

_NAMES = Path(__file__).with_suffix(".yml")


def language_named(text: str, *, current: str | None) -> str | None:
    """Return the language (ISO 639-1) that a message names, or None.

    Of several, the last one that is not the current one: "my German is bad, Turkish please".
    """
    named = [language for word in words(text) for language, stems in _names().items() if any(s in word for s in stems)]
    others = [language for language in named if language != current]
    candidates = others or named
    return candidates[-1] if candidates else None


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, ...]]:
    content = yaml.safe_load(_NAMES.read_text(encoding="utf-8"))
    return {str(language): tuple(map(str, stems)) for language, stems in content.items()}
