"""Whether a word may be learnt as a need's name: it must not mean something else already."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from knowledge.redaction import unknown_words
from knowledge.taxonomy import Taxonomy
from knowledge.text import words
from knowledge.understanding import Reader
from knowledge.values import LANGUAGES, Place

NameFault = Literal["form", "known", "taken", "everyday", "place"]
_LONGEST = 60
_MOST_WORDS = 4
_SHORTEST = 3


def name_fault(
    name: str,
    code: str,
    *,
    language: str,
    taxonomy: Taxonomy,
    reader: Reader,
    today: date,
    home: tuple[Place, ...] = (),
) -> NameFault | None:
    """Return why a name cannot be learnt for a need, or None where it can.

    form: no name of one to four words and at most 60 characters. known: the need has it already. taken: it is another
    need's. place: it is one. everyday: a word that parents use for many things, or one that says nothing.
    """
    folded = words(name)
    if not folded or len(folded) > _MOST_WORDS or len(name) > _LONGEST or len("".join(folded)) < _SHORTEST:
        return "form"
    if any(character.isdigit() for word in folded for character in word):
        return "form"
    owners = {of for of, known in _names(taxonomy) if words(known) == folded}
    learnt = reader.learnt().get(tuple(folded))
    owners |= {learnt} if learnt else set()
    if code in owners:
        return "known"
    if owners:
        return "taken"
    where = reader.places.read(name, language=language, home=home, place_expected=True)
    if where.written and words(where.written) == folded and not where.corrected and (where.place or where.options):
        return "place"
    said = reader.read(name, language=language, today=today, home=home)
    if not said.residue or (len(folded) == 1 and not unknown_words(name, language)):
        return "everyday"
    return None


def _names(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for code, concept in taxonomy.concepts.items():
        for language in LANGUAGES:
            for name in (concept.labels.get(language, ""), *concept.other.get(language, ())):
                yield code, name
