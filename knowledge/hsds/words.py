"""The German words that our codes become in HSDS, which knows free text there."""

from functools import lru_cache
from pathlib import Path

import yaml

_WORDS = Path(__file__).resolve().parent / "words.yml"


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Return key -> German text."""
    content: dict[str, str] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return content
