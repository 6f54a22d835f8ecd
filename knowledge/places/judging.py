"""How surely a name in a text is meant as the place where something is looked for."""

from knowledge.places.deciding import NEAR_HOME_KM, Home, decide
from knowledge.places.gazetteer import Gazetteer
from knowledge.places.mentions import Mention, Text
from knowledge.places.tokens import Token

# How surely a name is meant, by what says so.
_ANSWER, _LIVES_THERE, _IN, _FROM = 6.0, 4.0, 3.0, 2.0
_BARE_HOME, _BARE_CAPITAL, _BARE_ANSWER, _BARE_SMALL, MISSPELT = 1.9, 1.5, 1.2, 1.1, 1.0
_KNOWN_PEOPLE = 5_000
_WELL_KNOWN_PEOPLE = 20_000
_SHORTEST_BARE_NAME = 4
_SHORTEST_UNCASED_NAME = 5
_CITY_PEOPLE = 50_000
_BIG_CITY_PEOPLE = 100_000
_WORDS_BESIDE = 4
_LONGEST_REPLY = 4


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
        return _ANSWER
    if is_never(text, mention.name):
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
    small = small_words(text)
    rest = (at for at in range(len(text.tokens)) if not mention.first <= at <= mention.last)
    return all(at in small for at in rest) and mention.name not in text.lexicon.replies


def small_words(text: Text) -> set[int]:
    """Return the positions of the words in an answer to "where?" that are none of the place's name: "I don't know"."""
    lexicon = text.lexicon
    keys = [token.key for token in text.tokens]
    found = {at for at, key in enumerate(keys) if len(key) <= 2 or key in lexicon.residence or key in lexicon.small}
    for length in range(1, _LONGEST_REPLY + 1):
        for at in range(len(keys) - length + 1):
            phrase = " ".join(keys[at : at + length])
            if phrase in lexicon.replies or phrase in lexicon.cues or phrase in lexicon.after:
                found |= set(range(at, at + length))
    return found


def is_word(text: Text, name: str) -> bool:
    """Return whether a name is also a word of the language, or a German one, as families put German words in between."""
    return name in text.lexicon.words or name in text.german.words


def is_never(text: Text, name: str) -> bool:
    """Return whether a name is one that means no place by itself ("Mitte", "Zoo")."""
    return name in text.lexicon.never.whole or name in text.german.never.whole


def is_written_small(text: Text, mention: Mention) -> bool:
    """Return whether a name has no capital where its script has capitals."""
    first = text.tokens[mention.first]
    return first.cased and not first.capital


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
    begin, end = text.sentence_of(mention.first)
    before = text.tokens[max(begin, mention.first - _WORDS_BESIDE) : mention.first]
    behind = text.tokens[mention.last + 1 : min(end, mention.last + 1 + _WORDS_BESIDE)]
    return [*before, *behind]


def _with_cue(text: Text, mention: Mention, people: int, *, is_near: bool) -> float:
    if is_written_small(text, mention) and not is_near and people < _lower_people(text, mention):
        return 0.0
    if is_word(text, mention.name) and not mention.joined and not _is_place_all_the_same(text, mention, people):
        return 0.0
    if mention.cue == "from":
        return _FROM
    return _LIVES_THERE if lives_there(text, mention) else _IN


def _is_place_all_the_same(text: Text, mention: Mention, people: int) -> bool:
    """Return whether a word that is also a name is meant as the name: "in Essen", not "beim Essen" or "aus Stein"."""
    before = text.tokens[mention.first - 1].key if mention.first else ""
    is_strict = before in text.lexicon.strict
    if mention.changed or (mention.cue == "from" and people < _WELL_KNOWN_PEOPLE):
        return False
    if is_written_small(text, mention):
        return is_strict and not text.has_capitals and people >= _BIG_CITY_PEOPLE
    if text.lexicon is text.german or not text.tokens[mention.first].cased:
        return is_strict
    return people >= _WELL_KNOWN_PEOPLE


def _lower_people(text: Text, mention: Mention) -> int:
    """Return the fewest inhabitants of a place that is believed although it is written small, after a cue."""
    if not mention.changed:
        return _KNOWN_PEOPLE if text.has_capitals else 0
    return _CITY_PEOPLE if text.has_capitals else _WELL_KNOWN_PEOPLE


def _without_cue(text: Text, mention: Mention, gazetteer: Gazetteer, home: Home, *, answer: bool) -> float:
    if not _may_stand_alone(text, mention, home):
        return 0.0
    if mention.name in home.names:
        return _BARE_HOME
    decided = decide(gazetteer, mention.places, home)
    people = gazetteer.places[decided[0]].population if len(decided) == 1 else 0
    if len(mention.name) < _SHORTEST_BARE_NAME and people < _CITY_PEOPLE:
        return 0.0
    if answer:
        return _BARE_ANSWER
    if text.tokens[mention.first].capital:
        return _BARE_CAPITAL if people > _KNOWN_PEOPLE or mention.joined else 0.0
    # Without capitals only what is big and long enough not to be a word.
    is_plain = not text.has_capitals and people > _WELL_KNOWN_PEOPLE and len(mention.name) >= _SHORTEST_UNCASED_NAME
    return _BARE_SMALL if is_plain else 0.0


def _may_stand_alone(text: Text, mention: Mention, home: Home) -> bool:
    """Return whether a name without a cue can be one: no word, no verb that begins a sentence, no person's name."""
    first = text.tokens[mention.first]
    before = text.tokens[mention.first - 1].key if mention.first else ""
    if mention.changed or before in text.lexicon.titles:
        return False
    if mention.joined:
        return True
    if is_word(text, mention.name):
        return mention.name in home.names and first.capital and before in text.lexicon.subjects
    is_verb = mention.name in text.lexicon.verbs or mention.name in text.german.verbs
    return not is_verb or (first.capital and not text.begins_sentence(mention.first))
