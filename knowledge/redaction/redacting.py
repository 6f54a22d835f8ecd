"""From a parent's words to a text that tells nobody who wrote it; where that is in doubt, to none."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.redaction.patterns import PATTERNS, WITH_NUMBER
from knowledge.redaction.vocabulary import WORD, first_names, is_known, tokens, unknown_words
from knowledge.text import clean, fold
from knowledge.values import written_language

MASK = "…"
_CUES = Path(__file__).resolve().parent / "cues.yml"
# Longer stories tell who somebody is by what happened.
_LONGEST = 240
_MOST_UNKNOWN = 2
_NAMES_LONGEST = 3
_MASKS = re.compile(rf"{MASK}(?:[\s,;:.\-–/]*{MASK})+")
_BETWEEN_NAMES = re.compile(r"[\s\-:«»\"„“”']*")


def redacted(text: str, *, language: str, place: str | None = None) -> str | None:
    """Return a text without names, addresses, numbers and dates; None where that cannot be told, or nothing is left.

    Args:
        language: The language that the text is probably in.
        place: The words of the text that name a place, which is told elsewhere.
    """
    text = clean(text)
    if len(text) > _LONGEST:
        return None
    if place:
        text = text.replace(place, MASK)
    for pattern in PATTERNS:
        text = pattern.sub(f" {MASK} ", text)
    text = WITH_NUMBER.sub(lambda found: MASK if unknown_words(found[1], language) else found[0], text)
    text = _without_names(text, language)
    text = WORD.sub(lambda found: MASK if fold(found[0]) in first_names() else found[0], text)
    if written_language(language) != "de":
        text = WORD.sub(lambda found: found[0] if _is_no_name(found[0], language) else MASK, text)
    text = " ".join(_MASKS.sub(MASK, text).split())
    said = list(tokens(text))
    unknown = [word for word in said if not is_known(word, language)]
    if not said or len(unknown) > _MOST_UNKNOWN or len(text.replace(MASK, "").strip()) < 3:
        return None
    return text


def masked(text: str, *, language: str, allowed: Collection[str]) -> str:
    """Return a text with all words masked that are neither known nor allowed (folded)."""
    shown = WORD.sub(
        lambda found: found[0] if is_known(found[0], language) or fold(found[0]) in allowed else MASK, text
    )
    return " ".join(_MASKS.sub(MASK, shown).split())


def _is_no_name(word: str, language: str) -> bool:
    """Return False for a word with a capital that is not known; but German nouns are used in all languages."""
    return not word[0].isupper() or is_known(word, language)


def _without_names(text: str, language: str) -> str:
    for kind, always in (("name_follows", True), ("name_may_follow", False)):
        for cue in _patterns(kind):
            text = _names_behind(text, cue, language, always=always)
    return text


def _names_behind(text: str, cue: re.Pattern[str], language: str, *, always: bool) -> str:
    """Return a text without the words behind a cue that are a name: up to three that are not known."""
    at = 0
    while (found := cue.search(text, at)) is not None:
        at = found.end()
        first, last, names = at, at, 0
        while names < _NAMES_LONGEST:
            gap = _BETWEEN_NAMES.match(text, last)
            word = WORD.match(text, gap.end() if gap else last)
            if word is None or not ((always and names == 0) or not is_known(word[0], language)):
                break
            first = first if names else word.start()
            last, names = word.end(), names + 1
        if names:
            text = f"{text[:first]}{MASK}{text[last:]}"
            at = first + len(MASK)
    return text


@lru_cache(maxsize=2)
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """Return one pattern for the cues of each language: a text may mix them."""
    cues: Mapping[str, list[str]] = yaml.safe_load(_CUES.read_text(encoding="utf-8"))[kind]
    return tuple(
        re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)\.?", re.IGNORECASE
        )
        for words in cues.values()
    )
