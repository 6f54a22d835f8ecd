"""What is answered to a crisis: calm words, the right number first, what a caller should know. One file a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).resolve().parent / "replies"
# The right number first: where a life is in danger, 112 or 110 before any helpline.
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "violence": ("110", "116 016"),
    "suicide": ("112", "0800 111 0111", "116 123"),
    "child_danger": ("110", "0800 22 55 530"),
    "harming_child": ("112", "0800 111 0550"),
    "medical": ("112", "030 19240"),
    "homeless_tonight": ("110",),
    "acute_distress": ("0800 111 0550", "0800 111 0111"),
    "child_calls": ("116 111", "112"),
}


@dataclass(frozen=True, kw_only=True)
class Hotline:
    """A number as it is written in Germany."""

    number: str


def replies(kind: str, language: str) -> list[str]:
    """Return the reply to a kind of crisis as short paragraphs, in a language of the catalogue, else in German."""
    texts = _texts(language)
    numbers = "\n".join(f"{number}: {texts['hotlines'][number]}" for number in _NUMBERS[kind])
    return [f"{texts['words'][kind]}\n{numbers}", texts["closing"]]


def hotlines(kind: str) -> tuple[Hotline, ...]:
    """Return the numbers of a kind of crisis, the right one first."""
    return tuple(Hotline(number=number) for number in _NUMBERS[kind])


def _texts(language: str) -> Mapping[str, Any]:
    return _all_texts().get(language) or _all_texts()["de"]


@lru_cache(maxsize=1)
def _all_texts() -> Mapping[str, Mapping[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yml"))}


_all_texts()  # read at the start: what answers a crisis opens no file later
