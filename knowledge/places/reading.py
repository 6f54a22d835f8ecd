"""What a text says about where: a postal code, a place by name, or a name that nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.places.deciding import MOST_OPTIONS, Home, decide
from knowledge.places.distances import distance_km
from knowledge.places.gazetteer import Code, Gazetteer
from knowledge.places.guesses import guesses, is_new_name, town_abroad, unknown_name
from knowledge.places.judging import MISSPELT, small_words, sureness
from knowledge.places.lexicon import lexicon_of
from knowledge.places.mentions import Mention, Text, find_mentions
from knowledge.places.postal import CodeMention, find_code
from knowledge.places.tokens import tokens_of
from knowledge.values import Place, PlaceReading

_LONGEST_ANSWER = 6
_LONGEST_UNKNOWN = 3
_CODE_AND_TOWN_KM = 20.0


@dataclass(frozen=True)
class _Found:
    mention: Mention
    sureness: float


def read(text: str, gazetteer: Gazetteer, home: Home, *, language: str, asked: bool) -> PlaceReading:
    """Return what a running text says about where.

    Args:
        text: The parent's words.
        gazetteer: All places.
        home: Where the alliances are.
        language: The language of the text.
        asked: True when the parent was just asked for the place, so that a bare name counts.
    """
    lexicon = lexicon_of(language)
    words = Text(text, tuple(tokens_of(text, lexicon.elisions)), lexicon, lexicon_of("de"))
    code = find_code(text, list(words.tokens), gazetteer, expected=asked)
    mentions = find_mentions(words, gazetteer)
    if code:
        return _of_code(words, code, mentions, gazetteer)
    answer = asked and len(words.tokens) <= _LONGEST_ANSWER
    found = [_Found(m, s) for m in mentions if (s := sureness(words, m, gazetteer, home, answer=answer)) > 0]
    if not any(f.mention.cue == "in" or f.sureness > MISSPELT for f in found):
        core = core_of(words) if answer else None
        found += [_Found(m, MISSPELT) for m in guesses(words, mentions, gazetteer, home, core=core)]
    if found:
        return _of_mention(words, max(found, key=lambda f: f.sureness).mention, gazetteer, home)
    return _unknown(words, mentions, gazetteer, answer=answer)


def core_of(words: Text) -> tuple[int, int] | None:
    """Return the positions of the first and last word of an answer, without cues and small words around it."""
    small = small_words(words)
    kept = [at for at in range(len(words.tokens)) if at not in small]
    return (kept[0], kept[-1]) if kept else None


def _of_code(words: Text, code: CodeMention, mentions: Sequence[Mention], gazetteer: Gazetteer) -> PlaceReading:
    """Return the place of a postal code, with the name of the town that stands beside it."""
    first, last, name = code.first, code.last, code.code.town
    for mention in mentions:
        apart = mention.first - code.last - 1 if mention.first > code.last else code.first - mention.last - 1
        near = [
            at
            for at in mention.places
            # the edges of Berlin and Hamburg are farther from their middles
            if gazetteer.places[at].name == code.code.town
            or distance_km(gazetteer.point(at), (code.code.latitude, code.code.longitude)) <= _CODE_AND_TOWN_KM
        ]
        if near and 0 <= apart <= 2:
            best = max(near, key=lambda at: gazetteer.places[at].population)
            first, last, name = min(first, mention.first), max(last, mention.last), gazetteer.places[best].name
            break
    return PlaceReading(place=_place_of_code(code.code, name, gazetteer), written=words.written(first, last))


def _place_of_code(code: Code, name: str, gazetteer: Gazetteer) -> Place:
    near = gazetteer.nearest((code.latitude, code.longitude))
    return Place(
        name=name,
        latitude=code.latitude,
        longitude=code.longitude,
        kind="postal_code",
        postal_code=code.code,
        region=near[0].region if near else None,
    )


def _of_mention(words: Text, mention: Mention, gazetteer: Gazetteer, home: Home) -> PlaceReading:
    meant = decide(gazetteer, mention.places, home)
    written = words.written(mention.first, mention.last)
    places = tuple(gazetteer.places[at] for at in meant[:MOST_OPTIONS])
    if len(meant) == 1:
        return PlaceReading(place=places[0], written=written, corrected=mention.corrected)
    return PlaceReading(options=places, written=written, corrected=mention.corrected)


def _unknown(words: Text, mentions: Sequence[Mention], gazetteer: Gazetteer, *, answer: bool) -> PlaceReading:
    """Return the words that look like a place but are none in Germany."""
    found = unknown_name(words)
    if found:
        at, name = found
        return PlaceReading(unknown=name, written=words.written(at, at))
    core = core_of(words) if answer else None
    if core and not mentions and core[1] - core[0] < _LONGEST_UNKNOWN and is_new_name(words, core, gazetteer):
        name = town_abroad(words, core[0]) or words.written(*core)
        return PlaceReading(unknown=name, written=words.written(*core))
    return PlaceReading()
