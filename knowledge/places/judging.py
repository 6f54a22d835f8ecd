"""How surely a name in a text is meant as the place where something is looked for."""

from knowledge.places.deciding import NEAR_HOME_KM, Home, decide
from knowledge.places.gazetteer import Gazetteer
from knowledge.places.mentions import Mention, Text
from knowledge.places.tokens import Token

MISSPELT = 1.0
_KNOWN_PEOPLE = 5_000
_WELL_KNOWN_PEOPLE = 20_000
_SHORTEST_BARE_NAME = 4
_SHORTEST_UNCASED_NAME = 5
_CITY_PEOPLE = 50_000
_WORDS_BESIDE = 4


def sureness(text: Text, mention: Mention, gazetteer: Gazetteer, home: Home, *, answer: bool) -> float:
    """Return how surely a name is meant as a place: 0 not at all, from 3 on with a cue.

    Args:
        text: The text.
        mention: The name, with the places so called.
        gazetteer: All places.
        home: Where the alliances are; their towns need no cue.
        answer: True when the text is short and answers the question for the place.
    """
    if answer and is_all(text, mention):
        return 6.0
    if is_never(text, mention.name) and not mention.joined:
        return 0.0
    people = max(gazetteer.places[at].population for at in mention.places)
    first = text.tokens[mention.first]
    if not first.cased and len(mention.name) < _SHORTEST_UNCASED_NAME and people < _CITY_PEOPLE:
        return 0.0
    is_near = any(home.away_km(gazetteer.point(at)) <= NEAR_HOME_KM for at in mention.places)
    if not is_near and not answer and is_elsewhere(text, mention):
        return 0.0
    if mention.cue:
        return _with_cue(text, mention, people, is_near=is_near)
    return _without_cue(text, mention, gazetteer, home, answer=answer)


def is_all(text: Text, mention: Mention) -> bool:
    """Return whether a name is the whole text but for cues and small words around it."""
    rest = [token.key for at, token in enumerate(text.tokens) if not mention.first <= at <= mention.last]
    return all(is_small(text, key) for key in rest) and mention.name not in text.lexicon.replies


def is_small(text: Text, key: str) -> bool:
    """Return whether a word in an answer to "where?" is none of the place's name."""
    lexicon = text.lexicon
    known = (lexicon.small, lexicon.cues, lexicon.after, lexicon.replies, lexicon.residence)
    return len(key) <= 2 or any(key in words for words in known)


def is_word(text: Text, name: str) -> bool:
    """Return whether a name is also a word of the language, or a German one, as families put German words in between."""
    return name in text.lexicon.words or name in text.german.words


def is_never(text: Text, name: str) -> bool:
    """Return whether a name is one that means no place by itself ("Mitte", "Zoo")."""
    return name in text.lexicon.never.whole or name in text.german.never.whole


def lives_there(text: Text, mention: Mention) -> bool:
    """Return whether a word for living stands near a name."""
    lexicon = text.lexicon
    return any(token.key in lexicon.residence and token.key not in lexicon.past for token in _beside(text, mention))


def is_elsewhere(text: Text, mention: Mention) -> bool:
    """Return whether a place is said to be of the past ("in Leipzig hatten wir"), or of others ("meine Schwester in Köln")."""
    lexicon = text.lexicon
    before = mention.first - (2 if text.cue_before(mention.first) else 1)
    if before >= 0 and text.tokens[before].key in lexicon.others:
        return not any(token.key in lexicon.for_whom for token in text.tokens[max(0, before - 3) : before])
    if mention.cue == "from" and any(token.key in lexicon.moved for token in text.sentence(mention.first)):
        return True
    return any(token.key in lexicon.past for token in _beside(text, mention)) and not lives_there(text, mention)


def _beside(text: Text, mention: Mention) -> list[Token]:
    """Return the words of the same sentence next to a name."""
    sentence = text.sentence(mention.first)
    start, end = text.tokens[max(0, mention.first - _WORDS_BESIDE)].start, text.tokens[mention.last].end
    before = [token for token in sentence if start <= token.start < text.tokens[mention.first].start]
    behind = [token for token in sentence if token.start >= end]
    return before + behind[:_WORDS_BESIDE]


def _with_cue(text: Text, mention: Mention, people: int, *, is_near: bool) -> float:
    first = text.tokens[mention.first]
    is_lower = first.cased and not first.capital
    if is_lower and not is_near and people < _lower_people(text, mention):
        return 0.0
    if is_word(text, mention.name) and not mention.joined:
        before = text.tokens[mention.first - 1].key if mention.first else ""
        if mention.changed or mention.cue != "in" or is_lower:
            return 0.0
        if (text.lexicon is text.german or not first.cased) and before not in text.lexicon.strict:
            return 0.0
        if text.lexicon is not text.german and people < _WELL_KNOWN_PEOPLE:
            return 0.0
    if mention.cue == "from":
        return 2.0
    return 4.0 if lives_there(text, mention) else 3.0


def _lower_people(text: Text, mention: Mention) -> int:
    """Return the fewest inhabitants of a place that is believed although it is written small, after a cue."""
    if not mention.changed:
        return _KNOWN_PEOPLE if text.has_capitals else 0
    return _CITY_PEOPLE if text.has_capitals else _WELL_KNOWN_PEOPLE


def _without_cue(text: Text, mention: Mention, gazetteer: Gazetteer, home: Home, *, answer: bool) -> float:
    first = text.tokens[mention.first]
    lower_word = first.cased and not first.capital and not mention.joined
    if mention.changed or (is_word(text, mention.name) and (lower_word or not mention.joined)):
        return 0.0
    is_verb = mention.name in text.lexicon.verbs or mention.name in text.german.verbs
    if is_verb and not mention.joined and (not first.capital or text.begins_sentence(mention.first)):
        return 0.0
    if len(mention.name) >= _SHORTEST_BARE_NAME and (answer or mention.name in home.names):
        return 1.9 if mention.name in home.names else 1.2
    if mention.first > 0 and text.tokens[mention.first - 1].key in text.lexicon.titles:
        return 0.0
    decided = decide(gazetteer, mention.places, home)
    people = gazetteer.places[decided[0]].population if len(decided) == 1 else 0
    if first.capital:
        return 1.5 if (people > _KNOWN_PEOPLE or mention.joined) and len(mention.name) >= _SHORTEST_BARE_NAME else 0.0
    # Without capitals only what is big and long enough not to be a word.
    return (
        1.1
        if not text.has_capitals and people > _WELL_KNOWN_PEOPLE and len(mention.name) >= _SHORTEST_UNCASED_NAME
        else 0.0
    )
