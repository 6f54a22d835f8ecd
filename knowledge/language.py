"""Which of the ten languages a message is written in: by script where that decides, else by a model of n-grams.

The model is trained on our own questions, so it knows Turkish without ı and ş, Arabic in Latin letters, and German words in
the middle of a Ukrainian sentence. Messages too short to tell keep the conversation's language. What other families in
Germany write (Spanish, Bulgarian, Vietnamese, Kurdish ...) is one class more, so that the assistant can say that it does not
read it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.linear import LinearModel
from knowledge.text import clean, words

_SCRIPTS = {
    "arabic": (re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"), ("ar", "fa")),
    "cyrillic": (re.compile(r"[\u0400-\u04ff]"), ("uk", "ru")),
    "latin": (re.compile(r"[A-Za-z\u00c0-\u024f]"), ("de", "en", "tr", "pl", "ro", "fr", "ar", "fa", "uk", "ru")),
}
# Letters that only one language of its script has.
_LETTERS_OF = {"uk": re.compile("[іїєґІЇЄҐ]"), "ru": re.compile("[ыэёъЫЭЁЪ]"), "fa": re.compile("[پچژگ]")}
# The model's class for all languages that the assistant does not read.
OTHER = "other"
_FEWEST_WORDS = 3
_ENOUGH_CHARACTERS = 200
_SURE = 0.55
_SURE_WHEN_SHORT = 0.97
_SURE_OF_OTHER = 0.9


@dataclass(frozen=True, kw_only=True)
class Detection:
    """What the words alone tell: the likeliest of the ten languages, how sure, and whether there was enough to tell."""

    language: str
    confidence: float
    enough: bool


@dataclass(frozen=True)
class LanguageIdentifier:
    """Identifies languages; a conversation's language decides where a message is too short."""

    model: LinearModel

    def identify(self, text: str, *, default: str) -> str:
        """Return the message's language (ISO 639-1), or `default` where the message does not tell."""
        detected = self.detect(text)
        return detected.language if detected is not None and detected.enough else default_of_script(text, default)

    def reads(self, text: str) -> bool:
        """Return False for a message that is quite surely in none of the ten languages."""
        text = clean(text)
        spoken = [word for word in words(text) if not word.isdigit()]
        if _main_script(text) is None:
            return not any(letter.isalpha() for letter in text)
        if len(spoken) < _FEWEST_WORDS:
            return True
        return self._likely(text).get(OTHER, 0.0) < _SURE_OF_OTHER

    def detect(self, text: str) -> Detection | None:
        """Return what the words tell; None for a message without letters of a known script."""
        text = clean(text)
        script = _main_script(text)
        if script is None:
            return None
        candidates = _SCRIPTS[script][1]
        for language in candidates:
            if script != "latin" and language in _LETTERS_OF and _LETTERS_OF[language].search(text):
                return Detection(language=language, confidence=1.0, enough=True)
        p = self._likely(text)
        total = sum(p.get(language, 0.0) for language in candidates) or 1.0
        best = max(candidates, key=lambda language: p.get(language, 0.0))
        confidence = p.get(best, 0.0) / total
        enough = len([w for w in words(text) if not w.isdigit()]) >= _FEWEST_WORDS and confidence >= _SURE
        return Detection(language=best, confidence=confidence, enough=enough or confidence >= _SURE_WHEN_SHORT)

    @cached_property
    def _likely(self) -> Callable[[str], Mapping[str, float]]:
        """The model's probabilities of a cleaned text; those of the latest are kept, since one turn asks more than once."""
        return lru_cache(maxsize=64)(lambda text: self.model.probabilities(text[:_ENOUGH_CHARACTERS]))


def default_of_script(text: str, default: str) -> str:
    """Return the conversation's language, unless the message is in a script that language does not use."""
    script = _main_script(clean(text))
    if script is None or script == "latin" or default.partition("-")[0] in _SCRIPTS[script][1]:
        return default
    return _SCRIPTS[script][1][0]


def _main_script(text: str) -> str | None:
    counts = {name: len(pattern.findall(text)) for name, (pattern, _) in _SCRIPTS.items()}
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        return None
    # German words in Latin letters amid Arabic or Cyrillic do not make the sentence German.
    others = [name for name in ("arabic", "cyrillic") if counts[name] >= 3 and counts[name] * 3 >= counts["latin"]]
    return max(others, key=lambda name: counts[name]) if others else best
