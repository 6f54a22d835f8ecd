"""Reads one message whole: the way from a parent's words to an `Understanding`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.needs import NeedClassifier
from knowledge.places import Places
from knowledge.text import clean, words
from knowledge.understanding.ages import read_ages
from knowledge.understanding.lexicon import lexicon_of
from knowledge.understanding.wishes import read_wishes
from knowledge.values import Place, Understanding


@dataclass(frozen=True)
class Reader:
    """Understands messages; its parts are wired once by the application."""

    classifier: NeedClassifier
    places: Places

    def read(
        self, text: str, *, language: str, today: date, home: Sequence[Place] = (), place_expected: bool = False
    ) -> Understanding:
        """Return what a message says.

        Args:
            text: The parent's words.
            language: The language of the message (ISO 639-1).
            today: The day on which it is asked.
            home: Places of the alliances served here; a name that is ambiguous elsewhere means the one near them.
            place_expected: True when the parent was just asked for the place, so that a bare name counts.
        """
        text = clean(text)
        where = self.places.read(text, language=language, home=home, place_expected=place_expected)
        without_place = text.replace(where.written, " ") if where.written else text
        ages = read_ages(without_place, language)
        wishes = read_wishes(without_place, language, today=today)
        lexicon = lexicon_of(language)
        residue = tuple(
            word
            for word in words(without_place)
            if not word.isdigit() and not lexicon.is_filler(word) and word not in ages.words
        )
        return Understanding(
            language=language,
            needs=self.classifier.needs(without_place) if residue else {},
            where=where,
            ages=ages.years,
            service_language=wishes.service_language,
            free=wishes.free,
            online=wishes.online,
            on=wishes.on,
            until=wishes.until,
            residue=residue,
        )
