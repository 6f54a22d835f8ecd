"""Which categories a message names, and which of them it does not want: "keine Kita, eine Tagesmutter", "Hort yerine"."""

from collections import defaultdict
from collections.abc import Sequence

from knowledge.taxonomy import Taxonomy, broader
from knowledge.text import words
from knowledge.understanding.lexicon import Lexicon
from knowledge.understanding.marking import Marked
from knowledge.understanding.phrases import Mark, PhraseTable

_FARTHEST = 3
_COMMA = frozenset(",،-;.")
_SHORTEST_OPEN = 4
_SHORTEST_STEM = 5


class CategoryNames:
    """Finds the names of categories in messages: those of the message's language, and the German ones, used in all."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        """Take the names from a taxonomy; each language's are made ready when first used."""
        self._taxonomy = taxonomy
        self._tables: dict[str, tuple[PhraseTable, dict[str, set[str]]]] = {}

    def in_message(self, said: Marked) -> list[Mark]:
        """Return the categories named, as marks in order; of names within one another only the longest."""
        language = said.lexicon.language
        if language not in self._tables:
            self._tables[language] = self._table(said.lexicon)
        table, exact = self._tables[language]
        found: list[Mark] = []
        for name in sorted(table.marks(said.words), key=lambda mark: (mark.start, -mark.end)):
            # "danse" is open for its plural, but "dans" is none.
            is_filler = said.starting(name.start, "filler") is not None and name.end == name.start + 1
            overlaps = found and name.start < found[-1].end
            if not overlaps and not (is_filler and said.words[name.start] not in exact):
                found.append(name)
        return found

    def is_exact(self, name: Mark, said: Marked) -> bool:
        """Return whether a name stands in a message as it does in the taxonomy, uninflected, and means one category."""
        written = " ".join(said.words[name.start : name.end])
        return self._tables[said.lexicon.language][1].get(written) == {name.value}

    def _table(self, lexicon: Lexicon) -> tuple[PhraseTable, dict[str, set[str]]]:
        codes: dict[str, set[str]] = defaultdict(set)
        exact: dict[str, set[str]] = defaultdict(set)
        for code, concept in self._taxonomy.concepts.items():
            for language in {lexicon.language, "de"}:
                for name in (concept.labels.get(language, ""), *concept.other.get(language, ())):
                    codes[" ".join(_open(word) for word in words(name))].add(broader(code))
                    exact[" ".join(words(name))].add(broader(code))
        codes |= {name: {code} for code, forms in lexicon.names.items() for name in forms}
        # A name that several categories share ("Beratung") excludes none.
        entries = [(name, "name", next(iter(each))) for name, each in codes.items() if name and len(each) == 1]
        return PhraseTable(entries, prefixes=lexicon.table.prefixes), exact


def _open(word: str) -> str:
    """Return a name's word so that its other forms match too: "Krippe", "Krippen", "Krippenplatz"."""
    if len(word) < _SHORTEST_OPEN:
        return word
    return (word[:-1] if len(word) >= _SHORTEST_STEM else word) + "*"


def without_in(said: Marked, named: Sequence[Mark]) -> tuple[str, ...]:
    """Return which of the categories named in a message it excludes, in the order named.

    "No Kita found" asks for one: a category is excluded only with "instead of", or where the message sets another
    one against it.
    """
    if not said.of("not", "not_behind", "instead", "instead_behind", "than"):
        return ()
    excluded = [name for name in named if _is_excluded(said, name, named)]
    wanted = {name.value for name in named if name not in excluded}
    return tuple(dict.fromkeys(str(name.value) for name in excluded if name.value not in wanted))


def _is_excluded(said: Marked, name: Mark, named: Sequence[Mark]) -> bool:
    if _directly_before(said, name.start, "instead") or _directly_behind(said, name, "instead_behind"):
        return True
    if _is_sought(said, name):
        return False
    others = [other for other in named if other.value != name.value]
    if _directly_before(said, name.start, "than") and any(other.end <= name.start for other in others):
        return bool(said.of("rather"))
    return _is_denied(said, name) and any(_is_set_against(said, name, other) for other in others)


def _is_denied(said: Marked, name: Mark) -> bool:
    return _directly_before(said, name.start, "not") or _directly_behind(said, name, "not_behind")


def _is_sought(said: Marked, name: Mark) -> bool:
    """Return whether the clause says that there was none: "keinen Kitaplatz bekommen", "found no Kita"."""
    for obtained in said.of("obtained"):
        begin, end = sorted((obtained.start, name.end)) if obtained.start >= name.end else (obtained.end, name.start)
        if 0 <= end - begin <= _FARTHEST and not any(_COMMA & set(gap) for gap in said.gaps[begin : end + 1]):
            return True
    return False


def _is_set_against(said: Marked, name: Mark, other: Mark) -> bool:
    """Return whether another category stands against one that is denied: after "sondern" or next to a comma."""
    if _is_denied(said, other):
        return False
    begin, end = (name.end, other.start) if name.end <= other.start else (other.end, name.start)
    if any(begin <= contrast.start < end for contrast in said.of("contrast", "rather")):
        return True
    apart = _directly_behind(said, name, "not_behind") or any(_COMMA & set(gap) for gap in said.gaps[begin : end + 1])
    return end - begin <= _FARTHEST and apart


def _directly_before(said: Marked, at: int, kind: str) -> bool:
    """Return whether a word of a kind stands before a name, with nothing but articles and the like between."""
    while not _COMMA & set(said.gaps[at]):
        if said.ending(at, kind):
            return True
        passing = said.ending(at, "articles", "filler", "link")
        if passing is None:
            return False
        at = passing.start
    return False


def _directly_behind(said: Marked, name: Mark, kind: str) -> bool:
    # A name is open at its end, and may have taken the word too: "Hort yeri" is found in "Hort yerine".
    return any(said.starting(at, kind) is not None for at in range(name.start + 1, name.end + 1))
