"""Finds the names of places in a text: written exactly, in another case, and together with what tells them apart."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from knowledge.places.distances import reach_km
from knowledge.places.gazetteer import Gazetteer
from knowledge.places.lexicon import Cue, Lexicon, foreign
from knowledge.places.names import FILLERS, base, key
from knowledge.places.sounds import alike, skeletons_foreign, spoken_foreign
from knowledge.places.tokens import Token, breaks_between
from knowledge.text import fold_german

_MOST_WORDS = 6
_SHORTEST_INFLECTED = 4
_DISTRICT_KM = 15.0
_SMALLEST_CITY = 40_000
_NEAR_KM = 45.0
_LEAST_ALIKE = 0.7


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Words of a text that name a place, or several of one name.

    Attributes:
        first: Position of the first word.
        last: Position of the last word.
        places: The places of that name.
        cue: What beside the name says that it is a place.
        name: The key by which it was found.
        changed: True when it stands in another case than the plain name.
        corrected: True when the name is misspelt, or was understood by its sound.
        joined: True when it has several words: "Bad Belzig", a town and its district, a name and what tells it apart.
    """

    first: int
    last: int
    places: tuple[int, ...]
    cue: Cue | None
    name: str
    changed: bool = False
    corrected: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Text:
    """A text with its words, and the language that it is read in."""

    text: str
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    german: Lexicon

    def cue_before(self, at: int) -> Cue | None:
        """Return the cue that stands right before a word, in the text's language, or before a Latin name in German."""
        if at == 0 or breaks_between(self.text, self.tokens[at - 1], self.tokens[at]):
            return None
        before = [token.key for token in self.tokens[max(0, at - 4) : at]]
        cue = self.lexicon.cue_before(before)
        if cue is None and self.tokens[at].capital and before[-1] in {"in", "bei", "nach", "nahe", "aus"}:
            cue = self.german.cue_before(before)
        return cue

    def is_after(self, at: int) -> bool:
        """Return whether the word after this one makes it a place ("Kassel civarında")."""
        return self.lexicon.is_after([token.key for token in self.tokens[at + 1 : at + 4]])

    def cue_at(self, at: int) -> Cue | None:
        """Return the cue before, behind or at the end of a word that is no known name."""
        token = self.tokens[at]
        ending = self.lexicon.suffix_cue(token.rest)[1] if token.rest else None
        return ending or self.cue_before(at) or ("in" if self.is_after(at) else None)

    def begins_sentence(self, at: int) -> bool:
        """Return whether a word is the first of a sentence."""
        return at == 0 or breaks_between(self.text, self.tokens[at - 1], self.tokens[at])

    def sentence(self, at: int) -> Sequence[Token]:
        """Return the words of the sentence that a word is in."""
        return self.tokens[slice(*self.sentence_of(at))]

    def sentence_of(self, at: int) -> tuple[int, int]:
        """Return the positions at which the sentence of a word begins and ends (exclusive)."""
        after = bisect_right(self._sentence_bounds, at)
        return self._sentence_bounds[after - 1], self._sentence_bounds[after]

    @cached_property
    def _sentence_bounds(self) -> list[int]:
        # Looked for once: a long text names many places, and each asks for its sentence.
        return [*(at for at in range(len(self.tokens)) if self.begins_sentence(at)), len(self.tokens)]

    @cached_property
    def has_capitals(self) -> bool:
        """Whether any word begins with a capital."""
        return any(token.capital for token in self.tokens)

    def written(self, first: int, last: int) -> str:
        """Return the words from one position to another as they stand, with a bracket that they open."""
        start, end = self.tokens[first].start, self.tokens[last].end
        piece = self.text[start:end]
        closes = piece.count("(") > piece.count(")") and self.text[end : end + 1] == ")"
        return self.text[start : end + closes]

    def gap(self, first: Token, second: Token) -> str:
        """Return what stands between two words."""
        return self.text[first.end : second.start]


def find_mentions(text: Text, gazetteer: Gazetteer) -> list[Mention]:
    """Return all names of places in a text in order, with what belongs to them; whether they are meant is not judged."""
    found: list[Mention] = []
    at = 0
    while at < len(text.tokens):
        mention = _exact(text, at, gazetteer) or _inflected(text, at, gazetteer)
        if mention:
            mention = _qualified(text, mention, gazetteer)
            found.append(mention)
            at = mention.last + 1
        else:
            at += 1
    found = [_with_heard_district(text, mention, gazetteer) for mention in found]
    return _beside(_with_districts(text, found, gazetteer), gazetteer)


def _exact(text: Text, at: int, gazetteer: Gazetteer) -> Mention | None:
    """Return the longest name that begins with a word; a case ending after an apostrophe is left out."""
    tokens = text.tokens
    most = _MOST_WORDS if tokens[at].key in gazetteer.first_words else 1
    for size in range(min(most, len(tokens) - at), 0, -1):
        words = tokens[at : at + size]
        last = words[-1]
        name = " ".join(token.key for token in words)
        places = _named(gazetteer, name)
        cue: Cue | None = None
        if not places and last.rest:
            is_ending, cue = text.lexicon.suffix_cue(last.rest)
            name = " ".join([*(token.key for token in words[:-1]), last.stem])
            places = _named(gazetteer, name) if is_ending else ()
        if places:
            end = at + size - 1
            places = _with_umlauts(text.written(at, end), places, gazetteer)
            cue = cue or text.cue_before(at) or ("in" if text.is_after(end) else None)
            return Mention(first=at, last=end, places=places, cue=cue, name=name, joined=size > 1)
    return None


def _with_umlauts(written: str, places: tuple[int, ...], gazetteer: Gazetteer) -> tuple[int, ...]:
    """Keep of several places those that have the umlauts of a name that is written with umlauts: "Fürth", not "Furth"."""
    if len(places) < 2 or not set(written.casefold()) & set("äöüß"):
        return places
    german = key(fold_german(written))
    return tuple(at for at in places if german in key(fold_german(gazetteer.places[at].name))) or places


def _named(gazetteer: Gazetteer, name: str) -> tuple[int, ...]:
    return () if len(name) < 3 or name in foreign().never or name in foreign().towns else gazetteer.named(name)


def _inflected(text: Text, at: int, gazetteer: Gazetteer) -> Mention | None:
    """Return the place that a word names in another case: "Лейпциге", "Leipzigde", "بكولن"."""
    token = text.tokens[at]
    if token.is_number or len(token.key) < _SHORTEST_INFLECTED or token.key in text.lexicon.never:
        return None
    cue_before = text.cue_before(at)
    for stem, own_cue in text.lexicon.stems(token.key):
        places = _named(gazetteer, stem)
        cue = own_cue or cue_before
        # An ending alone proves nothing, and short names are met by chance.
        if places and cue and len(stem) >= (3 if cue_before and own_cue else 4):
            return Mention(first=at, last=at, places=places, cue=cue, name=stem, changed=True)
    return None


def _qualified(text: Text, mention: Mention, gazetteer: Gazetteer) -> Mention:
    """Keep of several places those that the words behind the name fit: "Frankfurt Oder", "Freiburg i. Br."."""
    if len(mention.places) < 2:
        return mention
    abbreviated = False
    for at in range(mention.last + 1, min(mention.last + 4, len(text.tokens))):
        token, gap = text.tokens[at], text.gap(text.tokens[at - 1], text.tokens[at])
        if token.key in FILLERS and len(gap) <= 2 and "," not in gap:
            abbreviated = abbreviated or len(token.key) == 1 or token.key in {"an", "am", "im"}
            continue
        fitting = _fitting(
            token.key, mention.places, gazetteer, shortest=1 if abbreviated or gap[-1:] in {"(", "/"} else 3
        )
        if fitting and len(fitting) < len(mention.places) and len(gap) <= 3:
            return replace(mention, last=at, places=fitting, joined=True)
        break
    return mention


def _fitting(word: str, places: Iterable[int], gazetteer: Gazetteer, *, shortest: int) -> tuple[int, ...]:
    if len(word) < shortest:
        return ()
    found = []
    for number in places:
        place = gazetteer.places[number]
        rest = key(place.name.removeprefix(base(place.name))).split()
        region = key(place.region or "").split()
        if any(part.startswith(word) for part in rest) or (
            len(word) >= 4 and any(part.startswith(word) for part in region)
        ):
            found.append(number)
    return tuple(found)


def _with_heard_district(text: Text, town: Mention, gazetteer: Gazetteer) -> Mention:
    """Join a town with the word behind it when that sounds like one of its districts: "Берлін Нойкельн"."""
    at = town.last + 1
    if (
        at >= len(text.tokens)
        or text.tokens[at].key.isascii()
        or len(text.gap(text.tokens[at - 1], text.tokens[at])) > 1
    ):
        return town
    key = text.tokens[at].key
    for word in [key, *(stem for stem, _ in text.lexicon.stems(key))]:
        for skeleton in skeletons_foreign(word):
            for said, number in gazetteer.sounds.get(skeleton, ()):
                if gazetteer.cities.get(number) in town.places and alike(said, spoken_foreign(word)) >= _LEAST_ALIKE:
                    return replace(town, last=at, places=(number,), joined=True)
    return town


def _with_districts(text: Text, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Join a town and its district that stand beside each other, in either order."""
    found: list[Mention] = []
    for mention in mentions:
        joined = found and _joined(text, found[-1], mention, gazetteer)
        if joined:
            found[-1] = joined
        else:
            found.append(mention)
    return found


def _joined(text: Text, left: Mention, right: Mention, gazetteer: Gazetteer) -> Mention | None:
    between = text.tokens[left.last + 1 : right.first]
    gap = text.gap(text.tokens[left.last], text.tokens[right.first])
    if len(between) > 1 or len(gap) > 12 or set(gap) & set(".;!?\n"):
        return None
    if between and not (between[0].key in FILLERS or text.lexicon.cues.get(between[0].key) == "in"):
        return None
    for towns, districts in ((left, right), (right, left)):
        town = max(towns.places, key=lambda at: gazetteer.places[at].population)
        if gazetteer.places[town].population < _SMALLEST_CITY:
            continue
        inside = [
            at
            for at in districts.places
            if at != town
            and gazetteer.places[at].population * 4 < gazetteer.places[town].population
            and (
                gazetteer.cities.get(at) == town
                or (not between and "," not in gap and _is_in_reach(gazetteer, at, town))
            )
        ]
        if inside:
            nearest = min(inside, key=lambda at: (gazetteer.cities.get(at) != town, gazetteer.apart_km(at, town)))
            cue = left.cue or right.cue
            return Mention(first=left.first, last=right.last, places=(nearest,), cue=cue, name=towns.name, joined=True)
    return None


def _is_in_reach(gazetteer: Gazetteer, place: int, town: int) -> bool:
    return gazetteer.apart_km(place, town) <= max(_DISTRICT_KM, 1.2 * reach_km(gazetteer.places[town].population))


def _beside(mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Let a place that is said to be near another be the one that is: "Freiberg bei Dresden"."""
    found = list(mentions)
    for at, (mention, other) in enumerate(pairwise(mentions)):
        between = other.first - mention.last - 1
        if len(mention.places) < 2 or not 1 <= between <= 5 or other.cue != "in":
            continue
        big = max(other.places, key=lambda number: gazetteer.places[number].population)
        nearest = min(mention.places, key=lambda number: gazetteer.apart_km(number, big))
        if gazetteer.apart_km(nearest, big) <= _NEAR_KM:
            found[at] = replace(mention, places=(nearest,), joined=True)
    return found
