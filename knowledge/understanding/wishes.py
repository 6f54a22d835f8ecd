"""The wishes beside the need: service language, free of charge, online or in person, on which day or in which holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.understanding.days import is_weekend, read_days
from knowledge.understanding.lexicon import lexicon_of
from knowledge.understanding.marking import Marked, mark
from knowledge.understanding.phrases import Mark

# What a German course teaches and every service speaks is never a wish.
_GERMAN = "de"
_FARTHEST_CUE = 3


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a message wishes beside the need; None where it says nothing.

    Attributes:
        service_language: Language (ISO 639-1) in which the service is wanted.
        free: True when it must cost nothing.
        online: True when it must be online, False when it must be in person.
        on: The day it is wanted for, or the first day of the span.
        until: The last day of the span.
        weekend: True when the message speaks of weekends; a certain weekend also has its days.
        words: Positions of the words that voice a wish and nothing else.
    """

    service_language: str | None = None
    free: bool | None = None
    online: bool | None = None
    on: date | None = None
    until: date | None = None
    weekend: bool = False
    words: frozenset[int] = frozenset()


def read_wishes(text: str, language: str, *, today: date) -> Wishes:
    """Return the wishes that a message voices; `language` is the message's, `today` the day of asking."""
    return wishes_in(text, mark(text, lexicon_of(language)), today=today)


def wishes_in(text: str, said: Marked, *, today: date) -> Wishes:
    """Return the wishes in a message that is marked already; see `read_wishes`."""
    days = read_days(text, said, today)
    language, language_words = _service_language(said)
    voiced = said.of("free", "online", "in_person")
    kinds = {mark.kind for mark in voiced}
    return Wishes(
        service_language=language,
        free=True if "free" in kinds else None,
        online=False if "in_person" in kinds else True if "online" in kinds else None,
        on=days.on,
        until=days.until,
        weekend=is_weekend(said),
        words=days.words | language_words | _positions(voiced),
    )


def _service_language(said: Marked) -> tuple[str | None, frozenset[int]]:
    """Return the language in which the service is wanted and the words that say so.

    It is named beside a cue ("spricht Arabisch", "auf Türkisch"), or it is "my language" in the message's own.
    """
    for named in said.of("languages_certain", "languages"):
        cues = _cues(said, named)
        spoken = named.kind == "languages_certain" or (cues and not _is_taught(said, named))
        if spoken and named.value != _GERMAN:
            # Who speaks it is what is needed ("türkische Hebamme"); that it is spoken is not.
            voiced = [named, *(cue for cue in cues if cue.kind != "language_beside")]
            return str(named.value), _positions(voiced)
    own = said.of("my_language")
    if own and said.lexicon.language != _GERMAN:
        return said.lexicon.language, _positions(own)
    return None, frozenset()


def _cues(said: Marked, named: Mark) -> list[Mark]:
    """Return the words near a language that say that it is spoken: "in", "spricht", "-speaking", "Dolmetscherin"."""
    before = said.ending(named.start, "language_before")
    beside = [
        cue
        for cue in said.of("speaking", "language_beside")
        if max(named.start - cue.end, cue.start - named.end) <= _FARTHEST_CUE
    ]
    return [before, *beside] if before else beside


def _is_taught(said: Marked, named: Mark) -> bool:
    """Return whether a language is what is learnt: "learn English", "cours d'anglais"."""
    return said.ending(named.start, "learning") is not None or said.starting(named.end, "learning") is not None


def _positions(marks: Iterable[Mark]) -> frozenset[int]:
    return frozenset(at for mark in marks for at in range(mark.start, mark.end))
