"""Reads one message whole: the way from a parent's words to an `Understanding`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.taxonomy import Taxonomy, broader, load_taxonomy
from knowledge.text import clean
from knowledge.understanding.ages import Ages, ages_in
from knowledge.understanding.excluding import CategoryNames, without_in
from knowledge.understanding.learnt import LearntNames, with_learnt_names
from knowledge.understanding.lexicon import Lexicon, lexicon_of
from knowledge.understanding.marking import Marked, is_digits, mark
from knowledge.understanding.phrases import Mark
from knowledge.understanding.wishes import Wishes, wishes_in
from knowledge.values import Place, PlaceReading, Understanding

if TYPE_CHECKING:  # wired by the application; a reading without models loads none
    from knowledge.needs import NeedClassifier
    from knowledge.places import Places

# Words of these kinds name no need wherever they stand.
_WITHOUT_NEED = {
    "filler", "numbers", "years", "years_old", "months", "weeks", "old", "is", "copula", "about", "and", "to", "age_is",
    "self", "child", "children", "age_words", "months_named", "endings",
}  # fmt: skip
_FEW_WORDS = 2
# How sure a message is that says nothing but a category's name; a name may still be meant otherwise.
_NAMED = 0.9
# "#2" and "das 2." are one of the offerings shown, not an age.
_POINTS_AT_ONE = re.compile(r"#\d|\d\.(?!\d)")
_COMMA = re.compile(r"[,،;–]")
_WORDS_OF_A_PLACE = 3
_SENTENCE_END = re.compile(r"[.!?;…\n؟]+")


@dataclass(frozen=True)
class Reader:
    """Understands messages; its parts are wired once by the application.

    Attributes:
        taxonomy: Names the categories that a message may exclude; None for the shipped one.
        learnt: Returns the names that coordinators have added meanwhile.
    """

    classifier: NeedClassifier
    places: Places
    taxonomy: Taxonomy | None = None
    learnt: Callable[[], LearntNames] = dict

    def read(
        self,
        text: str,
        *,
        language: str,
        today: date,
        home: Sequence[Place] = (),
        place_expected: bool = False,
        age_expected: bool = False,
    ) -> Understanding:
        """Return what a message says.

        Args:
            text: The parent's words.
            language: The language of the message (ISO 639-1).
            today: The day on which it is asked.
            home: Places of the alliances served here; a name that is ambiguous elsewhere means the one near them.
            place_expected: True when the parent was just asked for the place, so that a bare name counts.
            age_expected: True while offerings are on the screen, so that a number with nothing else ("4", "and for 8?") is an age.
        """
        text = clean(text)
        where = self._where(text, language, home, place_expected)
        without_place = text.replace(where.written, " ") if where.written else text
        said = mark(without_place, lexicon_of(language))
        ages = ages_in(said)
        wishes = wishes_in(without_place, said, today=today)
        named = self._names.in_message(said)
        exact = [name for name in named if self._names.is_exact(name, said)]
        residue = _residue(said, ages, wishes, named if where.written is None else ())
        if age_expected and not (ages.years or residue or where.written or _POINTS_AT_ONE.search(text)):
            ages = ages_in(said, expected=True)
        return Understanding(
            language=language,
            needs=self._needs(without_place, said, exact, residue) if residue else {},
            where=where,
            ages=ages.years,
            service_language=wishes.service_language,
            free=wishes.free,
            online=wishes.online,
            on=wishes.on,
            until=wishes.until,
            weekend=wishes.weekend,
            without=without_in(said, named),
            residue=residue,
            courtesy=where.written is None and _is_courtesy(said),
        )

    def _where(self, text: str, language: str, home: Sequence[Place], place_expected: bool) -> PlaceReading:
        """Return the place of a text; a bare name behind the last comma is one, too: "German course, Kassel"."""
        where = self.places.read(text, language=language, home=home, place_expected=place_expected)
        last = _COMMA.split(text)[-1].strip()
        if where.place or where.options or last == text or len(last.split()) > _WORDS_OF_A_PLACE:
            return where
        behind = self.places.read(last, language=language, home=home, place_expected=True)
        return behind if (behind.place or behind.options) and not behind.corrected else where

    def _needs(self, text: str, said: Marked, exact: Sequence[Mark], residue: Sequence[str]) -> Mapping[str, float]:
        """Return the needs of a text; one that is nothing but the name of a category ("Kita") means that one.

        So does a sentence of it: "Sorry, I was rude. Kita in Ulm?"
        """
        needs = self.classifier.needs(text)
        category = _only_category(said, exact, residue)
        if exact and category is None:
            category = next(filter(None, map(self._category_of_sentence, _marked_sentences(text, said.lexicon))), None)
        likely = needs if category is None else _sharpened(needs, category)
        return with_learnt_names(likely, said.words, residue, self.learnt())

    def _category_of_sentence(self, said: Marked) -> str | None:
        named = self._names.in_message(said)
        exact = [name for name in named if self._names.is_exact(name, said)]
        return _only_category(said, exact, _residue(said, Ages(), Wishes(), named)) if exact else None

    @cached_property
    def _names(self) -> CategoryNames:
        return CategoryNames(self.taxonomy or load_taxonomy())


def _is_courtesy(said: Marked) -> bool:
    """Return whether a message is made of nothing but the lexicon's greetings."""
    greeted = {
        at
        for mark in said.marks
        if (mark.kind, mark.value) == ("filler", "greetings")
        for at in range(mark.start, mark.end)
    }
    return bool(said.words) and len(greeted) == len(said.words)


def _marked_sentences(text: str, lexicon: Lexicon) -> list[Marked]:
    return [mark(sentence, lexicon) for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def _only_category(said: Marked, exact: Sequence[Mark], residue: Sequence[str]) -> str | None:
    """Return the category that words name if they say nothing else, as they stand in the taxonomy."""
    spoken = {word for name in exact for word in said.words[name.start : name.end]}
    categories = {str(name.value) for name in exact}
    return categories.pop() if len(categories) == 1 and residue and spoken.issuperset(residue) else None


def _sharpened(needs: Mapping[str, float], category: str) -> Mapping[str, float]:
    """Return the needs with a category's made as likely as its name deserves, likeliest first."""
    within = {need: p for need, p in needs.items() if broader(need) == category}
    inside = sum(within.values())
    outside = sum(needs.values()) - inside
    if not inside or inside >= _NAMED:
        return needs
    sharpened = {
        need: p * (_NAMED / inside if need in within else (1 - _NAMED) / max(outside, 1e-9))
        for need, p in needs.items()
    }
    return dict(sorted(sharpened.items(), key=lambda item: -item[1]))


def _residue(said: Marked, ages: Ages, wishes: Wishes, named: Sequence[Mark]) -> tuple[str, ...]:
    """Return the words that may name a need: no number, no filler, and neither an age nor a wish.

    Filler words that are a category's name together ("things to do") do name one; so does one that stands alone.
    """
    filling = {at for mark in said.marks if mark.kind in _WITHOUT_NEED for at in range(mark.start, mark.end)}
    for name in named:
        if name.end - name.start > 1 or len(said.words) <= _FEW_WORDS:
            filling -= set(range(name.start, name.end))
    return tuple(
        word
        for at, word in enumerate(said.words)
        if at not in filling and at not in wishes.words and not is_digits(word) and word not in ages.words
    )
