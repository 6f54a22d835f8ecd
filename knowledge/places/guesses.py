"""Names that stand in no list: misspelt ones, ones written by ear in other letters, and ones that nobody knows."""

import math
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Levenshtein

from knowledge.places.deciding import NEAR_HOME_KM, Home
from knowledge.places.gazetteer import Gazetteer
from knowledge.places.lexicon import Cue
from knowledge.places.mentions import Mention, Text
from knowledge.places.sounds import skeletons_foreign, spoken_foreign
from knowledge.places.tokens import Token

_SHORTEST = 4
_SHORT_NAME = 6
# What a letter of difference weighs, in powers of ten of inhabitants.
_LETTER = 1.5
_HOME = 2.5
_CLEARLY_AHEAD = 0.8
_FEWEST_PEOPLE = {1: 4_000, 2: 15_000}
_LEAST_ALIKE = 0.6
_SHORTEST_SKELETON = 3
# How names of German places end, in Latin, Cyrillic and Arabic letters.
_LIKE_A_PLACE = tuple(
    "dorf dorff stadt stedt städt hausen husen burg berg berge heim ingen kirchen kirch bach feld felde thal hagen hain rode roda leben itz witz "
    "brück brücken furt furth walde weiler büttel münde hofen reuth beck horst werder scheid ried kleckersdorf leuben grün au ow "
    "дорф дорфі дорфе бург берг штадт штедт гаузен хаузен гайм хайм бах фельд фельді фельде таль гаген хаген роде лебен вальд "
    "دورف بورغ بورج بورگ برغ برج برگ شتات شتادت هاوزن هايم هایم باخ فيلد فلد".split()
)


def misspelt(text: Text, first: int, last: int, cue: Cue | None, gazetteer: Gazetteer, home: Home, *, asked: bool) -> Mention | None:
    """Return the place whose name differs by a letter or two from some words, or None when none comes close.

    Args:
        text: The text.
        first: Position of the first word.
        last: Position of the last word.
        cue: The cue beside it.
        gazetteer: All places.
        home: Where the alliances are; a place near them is likelier.
        asked: True when the parent was just asked for the place; else small places far from home are no guess.
    """
    found: dict[int, float] = {}
    for name, stem_cue in _plain_forms(text, first, last):
        if len(name) < _SHORTEST:
            continue
        for spelt, changes in gazetteer.spelt_like(name, 1 if len(name) <= _SHORT_NAME else 2):
            if spelt[0] != name[0] and changes > 1:
                continue  # people seldom miss the first letter and another one
            for number in gazetteer.own[spelt]:
                if _is_likely(gazetteer, number, changes, home, asked=asked):
                    found[number] = max(found.get(number, -9.0), _weight(gazetteer, number, home) - _LETTER * changes)
        cue = cue or stem_cue
    return _mention(first, last, cue, found)


def sounding_like(text: Text, at: int, cue: Cue | None, gazetteer: Gazetteer, home: Home) -> Mention | None:
    """Return the place that a word in Cyrillic or Arabic letters sounds like, or None when none comes close."""
    found: dict[int, float] = {}
    for name, _ in _plain_forms(text, at, at):
        heard = spoken_foreign(name)
        for skeleton in skeletons_foreign(name):
            if len(skeleton) < _SHORTEST_SKELETON:
                continue
            for said, number in gazetteer.sounds.get(skeleton, ()):
                alike = Levenshtein.normalized_similarity(said, heard)
                if alike >= _LEAST_ALIKE and _is_likely(gazetteer, number, 1, home, asked=False):
                    found[number] = max(found.get(number, -9.0), _weight(gazetteer, number, home) + 4.0 * (alike - 1.0))
    return _mention(at, at, cue, found)


def looks_like_a_place(token: Token) -> bool:
    """Return whether a word ends as names of German places do."""
    return len(token.key) >= 6 and (token.stem or token.key).endswith(_LIKE_A_PLACE)


def _plain_forms(text: Text, first: int, last: int) -> Iterator[tuple[str, Cue | None]]:
    """Yield the words as written, then without the case endings of their language."""
    words = text.tokens[first : last + 1]
    end = words[-1]
    yield " ".join(token.key for token in words), None
    if end.rest:
        is_ending, cue = text.lexicon.suffix_cue(end.rest)
        if is_ending:
            yield " ".join([*(token.key for token in words[:-1]), end.stem]), cue
    elif len(words) == 1:
        yield from text.lexicon.stems(end.key)


def _is_likely(gazetteer: Gazetteer, number: int, changes: int, home: Home, *, asked: bool) -> bool:
    if asked or gazetteer.places[number].population >= _FEWEST_PEOPLE[min(changes, 2)]:
        return True
    return home.away_km(gazetteer.point(number)) <= NEAR_HOME_KM


def _weight(gazetteer: Gazetteer, number: int, home: Home) -> float:
    near = home.away_km(gazetteer.point(number)) <= NEAR_HOME_KM
    return math.log10(gazetteer.places[number].population + 10) + (_HOME if near else 0.0)


def _mention(first: int, last: int, cue: Cue | None, weights: dict[int, float]) -> Mention | None:
    if not weights:
        return None
    best = max(weights.values())
    places = tuple(_likeliest(at for at, weight in weights.items() if weight > best - _CLEARLY_AHEAD))
    return Mention(first=first, last=last, places=places, cue=cue, name="", corrected=True)


def _likeliest(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers)
