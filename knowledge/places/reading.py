"""What a text says about where: postal code, coordinates, a place by name, or a name that nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.places.deciding import MOST_OPTIONS, Home, decide
from knowledge.places.distances import distance_km
from knowledge.places.gazetteer import Code, Gazetteer
from knowledge.places.guesses import looks_like_a_place, misspelt, sounding_like
from knowledge.places.lexicon import foreign, lexicon_of
from knowledge.places.mentions import Mention, Text, find_mentions
from knowledge.places.postal import CodeMention, find_code
from knowledge.places.tokens import tokens_of
from knowledge.values import Place, PlaceReading

_KNOWN_PEOPLE = 5_000
_WELL_KNOWN_PEOPLE = 20_000
_SHORTEST_BARE_NAME = 4
_SHORTEST_UNCASED_NAME = 5
_LONGEST_ANSWER = 6
_LONGEST_UNKNOWN = 3
_CODE_AND_TOWN_KM = 20.0
_RESIDENCE_WORDS = 5


@dataclass(frozen=True)
class _Found:
    """A mention with how surely it is meant; higher is surer."""

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
    words = Text(text, tuple(tokens_of(text)), lexicon_of(language), lexicon_of("de"))
    code = find_code(text, list(words.tokens), gazetteer, expected=asked)
    mentions = find_mentions(words, gazetteer)
    if code:
        return _of_code(words, code, mentions, gazetteer)
    answer = asked and len(words.tokens) <= _LONGEST_ANSWER
    found = [_Found(m, s) for m in mentions if (s := _sureness(words, m, gazetteer, home, answer=answer)) > 0]
    if not found or all(f.mention.cue != "in" for f in found):
        found += [_Found(m, 1.0) for m in _guessed(words, mentions, gazetteer, home, answer=answer)]
    if found:
        return _of_mention(words, max(found, key=lambda f: f.sureness).mention, gazetteer, home)
    return _unknown(words, mentions, answer=answer)


def _of_code(words: Text, code: CodeMention, mentions: Sequence[Mention], gazetteer: Gazetteer) -> PlaceReading:
    """Return the place of a postal code, with the name of the town that stands beside it."""
    first, last, name = code.first, code.last, code.code.town
    for mention in mentions:
        apart = mention.first - code.last - 1 if mention.first > code.last else code.first - mention.last - 1
        near = [at for at in mention.places if distance_km(gazetteer.point(at), (code.code.latitude, code.code.longitude)) <= _CODE_AND_TOWN_KM]
        if near and 0 <= apart <= 2:
            best = max(near, key=lambda at: gazetteer.places[at].population)
            first, last, name = min(first, mention.first), max(last, mention.last), gazetteer.places[best].name
            break
    return PlaceReading(place=_place_of_code(code.code, name, gazetteer), written=_written(words, first, last))


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


def _sureness(words: Text, mention: Mention, gazetteer: Gazetteer, home: Home, *, answer: bool) -> float:
    """Return how surely a name is meant as a place: 0 not at all, 3 and more with a cue."""
    first = words.tokens[mention.first]
    is_word = mention.name in words.lexicon.words or (words.lexicon is not words.german and mention.name in words.german.words)
    if answer and _is_all(words, mention):
        return 6.0
    if mention.joined and not (is_word and not first.capital):
        is_word = False
    if mention.cue and not (is_word and first.cased and not first.capital):
        if mention.cue == "from":
            return 0.0 if _says(words, words.lexicon.moved) else 2.0
        return 4.0 if _lives_there(words, mention) else 3.0
    if is_word or mention.changed:
        return 0.0
    decided = decide(gazetteer, mention.places, home)
    if mention.name in home.names and len(mention.name) >= _SHORTEST_BARE_NAME:
        return 1.9
    if answer and len(mention.name) >= _SHORTEST_BARE_NAME:
        return 1.2
    if mention.first > 0 and words.tokens[mention.first - 1].key in words.lexicon.titles:
        return 0.0
    people = gazetteer.places[decided[0]].population if len(decided) == 1 else 0
    if first.capital:
        return 1.5 if (people > _KNOWN_PEOPLE or mention.joined) and len(mention.name) >= _SHORTEST_BARE_NAME else 0.0
    # Without capitals only what is big and long enough not to be a word.
    no_capitals = not any(token.capital for token in words.tokens)
    return 1.1 if no_capitals and people > _WELL_KNOWN_PEOPLE and len(mention.name) >= _SHORTEST_UNCASED_NAME else 0.0


def _is_all(words: Text, mention: Mention) -> bool:
    """Return whether a name is the whole text but for cues and small words around it."""
    rest = [t.key for at, t in enumerate(words.tokens) if not mention.first <= at <= mention.last]
    return all(_is_small(words, key) for key in rest) and mention.name not in words.lexicon.replies


def _is_small(words: Text, key: str) -> bool:
    lexicon = words.lexicon
    return len(key) <= 2 or key in lexicon.cues or key in lexicon.after or key in lexicon.replies or key.startswith(lexicon.residence)


def _lives_there(words: Text, mention: Mention) -> bool:
    near = words.tokens[max(0, mention.first - _RESIDENCE_WORDS) : mention.last + _RESIDENCE_WORDS + 1]
    return bool(words.lexicon.residence) and any(token.key.startswith(words.lexicon.residence) for token in near)


def _says(words: Text, beginnings: tuple[str, ...]) -> bool:
    return bool(beginnings) and any(token.key.startswith(beginnings) for token in words.tokens)


def _guessed(words: Text, mentions: Sequence[Mention], gazetteer: Gazetteer, home: Home, *, answer: bool) -> list[Mention]:
    """Return places whose names are misspelt or written by ear, where a cue or a question makes them likely."""
    taken = {at for m in mentions for at in range(m.first, m.last + 1)}
    found = []
    for at, token in enumerate(words.tokens):
        if at in taken or not _may_be_a_name(words, at):
            continue
        cue = words.cue_before(at) or ("in" if words.is_after(at) else None)
        if not cue and token.rest:
            cue = words.lexicon.suffix_cue(token.rest)[1]
        if cue == "from" and _says(words, words.lexicon.moved):
            continue
        if cue or answer:
            guess = None
            if token.cased and token.key.isascii():
                if token.capital or answer or not any(t.capital for t in words.tokens):
                    guess = misspelt(words, at, at, cue, gazetteer, home, asked=answer)
            else:
                guess = sounding_like(words, at, cue, gazetteer, home) or misspelt(words, at, at, cue, gazetteer, home, asked=answer)
            if guess:
                found.append(guess)
    if answer and not found and 1 < len(words.tokens) <= _LONGEST_ANSWER:
        core = _core(words)
        if core and core[1] > core[0]:
            guess = misspelt(words, *core, None, gazetteer, home, asked=True)
            found += [guess] if guess else []
    return found


def _may_be_a_name(words: Text, at: int) -> bool:
    token = words.tokens[at]
    if token.is_number or len(token.key) < _SHORTEST_BARE_NAME:
        return False
    for key in {token.key, token.stem}:
        if words.lexicon.is_never(key) or key in words.lexicon.replies or key.startswith(words.lexicon.subjects):
            return False
        if token.key.isascii() and words.german.is_never(key):
            return False
    return not _abroad(words, at)


def _abroad(words: Text, at: int) -> str | None:
    """Return the name of the town abroad, or "" for a country, that a word is; None for neither."""
    token, lands = words.tokens[at], foreign()
    stems = {token.key, token.stem, *(stem for stem, _ in words.lexicon.stems(token.key))}
    town = next((lands.towns[stem] for stem in stems if stem in lands.towns), None)
    return town if town else ("" if stems & lands.never else None)


def _core(words: Text) -> tuple[int, int] | None:
    """Return the positions of the first and last word of an answer, without cues and small words around it."""
    kept = [at for at, token in enumerate(words.tokens) if not _is_small(words, token.key)]
    return (kept[0], kept[-1]) if kept else None


def _of_mention(words: Text, mention: Mention, gazetteer: Gazetteer, home: Home) -> PlaceReading:
    meant = decide(gazetteer, mention.places, home)
    written = _written(words, mention.first, mention.last)
    places = tuple(gazetteer.places[at] for at in meant[:MOST_OPTIONS])
    if len(meant) == 1:
        return PlaceReading(place=places[0], written=written, corrected=mention.corrected)
    return PlaceReading(options=places, written=written, corrected=mention.corrected)


def _unknown(words: Text, mentions: Sequence[Mention], *, answer: bool) -> PlaceReading:
    """Return the words that look like a place but are none in Germany."""
    for at, token in enumerate(words.tokens):
        cue = words.cue_before(at) or words.lexicon.suffix_cue(token.rest)[1] if token.rest else words.cue_before(at)
        abroad = _abroad(words, at)
        if abroad and cue == "in" and not _says(words, words.lexicon.moved):
            return PlaceReading(unknown=abroad, written=_written(words, at, at))
        if cue == "in" and abroad is None and _may_be_a_name(words, at) and (token.capital or not token.cased):
            lives = _lives_there(words, Mention(first=at, last=at, places=(), cue=cue, name=token.key))
            if looks_like_a_place(token) or (lives and token.capital):
                return PlaceReading(unknown=_written(words, at, at), written=_written(words, at, at))
    core = _core(words) if answer else None
    if core and not mentions and core[1] - core[0] < _LONGEST_UNKNOWN:
        if all(_may_be_a_name(words, at) or _abroad(words, at) for at in range(core[0], core[1] + 1)):
            return PlaceReading(unknown=_written(words, *core), written=_written(words, *core))
    return PlaceReading()


def _written(words: Text, first: int, last: int) -> str:
    start, end = words.tokens[first].start, words.tokens[last].end
    piece = words.text[start:end]
    return words.text[start : end + 1] if piece.count("(") > piece.count(")") and words.text[end : end + 1] == ")" else piece

