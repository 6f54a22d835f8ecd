"""Names that stand in no list: misspelt ones, ones written by ear in other letters, and ones that nobody knows."""

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz.distance import OSA

from knowledge.places.deciding import NEAR_HOME_KM, Home
from knowledge.places.gazetteer import Gazetteer
from knowledge.places.judging import is_elsewhere, lives_there
from knowledge.places.lexicon import Cue, around, foreign
from knowledge.places.mentions import Mention, Text
from knowledge.places.sounds import alike, skeletons_foreign, spoken_foreign
from knowledge.places.tokens import Token

Span = tuple[int, int]
# How sure one must be: "asked" where the text answers the question for the place, "cue" after "in" and the like with a
# capital, "lower" without capitals.
Situation = Literal["asked", "cue", "lower"]

_SHORT_NAME = 6
# Situation -> letters that differ -> the shortest name and the fewest inhabitants; places near home need no inhabitants.
_BOUNDS: dict[Situation, dict[int, tuple[int, int]]] = {
    "asked": {1: (4, 400), 2: (7, 400)},
    "cue": {1: (6, 10_000), 2: (8, 30_000)},
    "lower": {1: (6, 40_000), 2: (9, 90_000)},
}
# What a letter of difference and a home near by weigh, in powers of ten of inhabitants.
_LETTER = 1.5
_HOME = 2.5
_CLEARLY_AHEAD = 0.8
_SOUND = 8.0
# The shortest skeleton and the least likeness: with a capital or an answer, after "the town of", and else.
_SURE_SOUND = 3, 0.7
_SOUND_AFTER_TOWN = 3, 0.82
_UNSURE_SOUND = 5, 0.78
_SOUND_PEOPLE = 8_000
_SOUND_PEOPLE_WITHOUT_CAPITAL = 90_000
_SHORTEST_LIKE_HOME = 6
_SHORTEST_NEW_NAME = 6


def guesses(
    text: Text, mentions: Sequence[Mention], gazetteer: Gazetteer, home: Home, *, core: Span | None
) -> list[Mention]:
    """Return places whose names are misspelt or written by ear, where a cue or a question makes them likely.

    Args:
        text: The text.
        mentions: The names found in it; their words are no guess.
        gazetteer: All places.
        home: Where the alliances are; a place near them is likelier.
        core: Of an answer to the question for the place, the words that may be the name; else None.
    """
    taken = {at for mention in mentions for at in range(mention.first, mention.last + 1)}
    if core and not taken & set(range(core[0], core[1] + 1)) and _may_be_names(text, core, gazetteer):
        found = _guess(text, core, None, gazetteer, home, "asked")
        if found:
            return found
    found = []
    for at, token in enumerate(text.tokens):
        if at in taken or not (token.capital or not text.has_capitals) or not may_be_a_name(text, at):
            continue
        cue = text.cue_at(at)
        if not token.key.isascii() and cue == "from":
            continue  # "of" and "with" are also "from" in Slavic and Arabic
        if cue and not is_elsewhere(text, Mention(first=at, last=at, places=(), cue=cue, name=token.key)):
            first = (
                at - 1 if at and text.tokens[at - 1].key in gazetteer.first_words and not text.cue_before(at) else at
            )
            found += _guess(text, (first, at), cue, gazetteer, home, "cue" if token.capital else "lower")
        elif not cue:
            found += _like_home(text, at, gazetteer, home)
    return found


def may_be_a_name(text: Text, at: int) -> bool:
    """Return whether a word could be a place's name at all: no number, no known word, nothing that is looked for."""
    token = text.tokens[at]
    if token.is_number or len(token.key) < 4 or town_abroad(text, at) is not None:
        return False
    lexicons = (text.lexicon, text.german) if token.key.isascii() else (text.lexicon,)
    return not any(
        lexicon.is_never(key) or key in lexicon.replies or key in lexicon.subjects
        for lexicon in lexicons
        for key in {token.key, token.stem}
    )


def town_abroad(text: Text, at: int) -> str | None:
    """Return the name of the town abroad that a word is, "" where it is a country or a state, None where it is neither."""
    token, lands = text.tokens[at], foreign()
    stems = [token.key, token.stem, *(stem for stem, _ in text.lexicon.stems(token.key))]
    town = next((lands.towns[stem] for stem in stems if stem in lands.towns), None)
    return town or ("" if any(stem in lands.never for stem in stems) else None)


def is_new_name(text: Text, span: Span, gazetteer: Gazetteer) -> bool:
    """Return whether the words of an answer to "where?" can be the name of a place that nobody knows."""
    last = text.tokens[span[1]]
    if not town_abroad(text, span[0]) and not _may_be_names(text, span, gazetteer):
        return False
    return span[0] == span[1] or text.tokens[span[0]].key in gazetteer.first_words or _looks_like_a_place(last)


def _may_be_names(text: Text, span: Span, gazetteer: Gazetteer) -> bool:
    """Return whether words can be one name; its first may be a common one ("Bad ...")."""
    begins = text.tokens[span[0]].key in gazetteer.first_words and span[1] > span[0]
    return all((at == span[0] and begins) or may_be_a_name(text, at) for at in range(span[0], span[1] + 1))


def unknown_name(text: Text) -> tuple[int, str] | None:
    """Return the position and the name of a word that is said to be a place but is none in Germany."""
    for at, token in enumerate(text.tokens):
        if text.cue_at(at) != "in" or (token.cased and not token.capital):
            continue
        mention = Mention(first=at, last=at, places=(), cue="in", name=token.key)
        if is_elsewhere(text, mention):
            continue
        abroad = town_abroad(text, at)
        if abroad and _is_asked_for_there(text, at):
            return at, abroad
        is_said = _looks_like_a_place(token) or (token.capital and _lives_right_there(text, at))
        if abroad is None and is_said and may_be_a_name(text, at):
            return at, text.written(at, at)
    return None


def _guess(
    text: Text, span: Span, cue: Cue | None, gazetteer: Gazetteer, home: Home, situation: Situation
) -> list[Mention]:
    token = text.tokens[span[1]]
    if token.key.isascii():
        weights = _misspelt(text, span, gazetteer, home, situation)
    else:
        weights = _sounding_like(text, span[1], gazetteer, home, situation)
    if not weights:
        return []
    best = max(weights.values())
    places = tuple(at for at, weight in weights.items() if weight > best - _CLEARLY_AHEAD)
    return [Mention(first=span[0], last=span[1], places=places, cue=cue, name="", corrected=True)]


def _like_home(text: Text, at: int, gazetteer: Gazetteer, home: Home) -> list[Mention]:
    """Return the town of an alliance that a word without any cue is a misspelling of."""
    name = text.tokens[at].key
    if len(name) < _SHORTEST_LIKE_HOME:
        return []
    most = 1 if len(name) <= _SHORT_NAME else 2
    like = [
        known for known in home.names if known[0] == name[0] and OSA.distance(known, name, score_cutoff=most) <= most
    ]
    near = tuple(number for known in like for number in gazetteer.called(known) if _is_near(gazetteer, number, home))
    return [Mention(first=at, last=at, places=near, cue=None, name="", corrected=True)] if near else []


def _misspelt(text: Text, span: Span, gazetteer: Gazetteer, home: Home, situation: Situation) -> dict[int, float]:
    """Return the places whose names differ by a letter or two from some words, with their weights."""
    found: dict[int, float] = {}
    for name in _plain_forms(text, span):
        for spelt, changes in gazetteer.spelt_like(name, 1 if len(name) <= _SHORT_NAME else 2):
            if spelt[0] != name[0] and changes > 1:
                continue  # people seldom miss the first letter and another one
            shortest, people = _BOUNDS[situation][max(1, changes)]
            for number in gazetteer.called(spelt):
                near = _is_near(gazetteer, number, home)
                place = gazetteer.places[number]
                if len(name) >= shortest - near and (
                    near or (place.population >= people and (situation == "asked" or place.kind == "town"))
                ):
                    found[number] = max(
                        found.get(number, -9.0), _weight(gazetteer, number, near=near) - _LETTER * changes
                    )
    return found


def _sounding_like(text: Text, at: int, gazetteer: Gazetteer, home: Home, situation: Situation) -> dict[int, float]:
    """Return the places that a word in Cyrillic or Arabic letters sounds like, with their weights."""
    token = text.tokens[at]
    sure = situation == "asked" or token.capital
    if not sure and token.key.startswith("ال"):
        return {}  # German towns have no Arabic article
    without_capital = (
        token.cased and not sure
    )  # in Slavic languages a hurried parent leaves it out, but every word is small then
    after_town = at > 0 and text.tokens[at - 1].key in text.lexicon.strict
    shortest, least_alike = _SURE_SOUND if sure else _SOUND_AFTER_TOWN if after_town else _UNSURE_SOUND
    people = _SOUND_PEOPLE_WITHOUT_CAPITAL if without_capital else _SOUND_PEOPLE
    found: dict[int, float] = {}
    for name in _plain_forms(text, (at, at)):
        heard = spoken_foreign(name)
        for skeleton in skeletons_foreign(name):
            if len(skeleton) < shortest:
                continue
            for said, number in gazetteer.sounds.get(skeleton, ()):
                likeness = alike(said, heard)
                near = _is_near(gazetteer, number, home)
                if likeness >= least_alike and (
                    near or situation == "asked" or gazetteer.places[number].population >= people
                ):
                    found[number] = max(
                        found.get(number, -9.0), _weight(gazetteer, number, near=near) + _SOUND * (likeness - 1.0)
                    )
    return found


def _plain_forms(text: Text, span: Span) -> Iterator[str]:
    """Yield some words as written, then without the case endings of their language."""
    words = [token.key for token in text.tokens[span[0] : span[1] + 1]]
    end = text.tokens[span[1]]
    yield " ".join(words)
    if end.rest and text.lexicon.suffix_cue(end.rest)[0]:
        yield " ".join([*words[:-1], end.stem])
    elif len(words) == 1:
        yield from (stem for stem, _ in text.lexicon.stems(end.key))


def _is_near(gazetteer: Gazetteer, number: int, home: Home) -> bool:
    return home.away_km(gazetteer.point(number)) <= NEAR_HOME_KM


def _weight(gazetteer: Gazetteer, number: int, *, near: bool) -> float:
    return math.log10(gazetteer.places[number].population + 10) + (_HOME if near else 0.0)


def _looks_like_a_place(token: Token) -> bool:
    word = token.stem or token.key
    return len(word) >= _SHORTEST_NEW_NAME and word.endswith(around().names)


def _lives_right_there(text: Text, at: int) -> bool:
    """Return whether "wohnen in" stands right before a word, or "oturuyoruz" right behind it."""
    beside = [*text.tokens[max(0, at - 3) : at], *text.tokens[at + 1 : at + 2]]
    return any(token.key in text.lexicon.residence for token in beside)


def _is_asked_for_there(text: Text, at: int) -> bool:
    """Return whether what is looked for stands beside a place: "Kita in Wien", "Viyana'da kreş"."""
    first = at - 1 if text.cue_before(at) else at
    beside = [*text.tokens[max(0, first - 1) : first], *text.tokens[at + 1 : at + 3]]
    mention = Mention(first=at, last=at, places=(), cue="in", name="")
    return any(token.key in text.lexicon.subjects for token in beside) or (
        len(text.tokens) <= 6 and not lives_there(text, mention)
    )
