"""The words around places in each language, read from `lexicon/<language>.yml`, and the places abroad of `foreign.yml`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from knowledge.places.names import key
from knowledge.text import fold
from knowledge.values import LANGUAGES

Cue = Literal["in", "from"]

_HERE = Path(__file__).resolve().parent
_SHORTEST_STEM = 4
_LONGEST_CUE = 4
# A case ending without apostrophe is only believed from this length on: "Leipzigde", not "Lage".
_SHORTEST_SUFFIX = 2


@dataclass(frozen=True)
class Words:
    """Words, some of them given only by their beginning ("wohn*") or their ending ("*ung")."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Words":
        """Return the words that entries of a lexicon mean."""
        entries = list(entries)
        return cls(
            frozenset(_folded(entry) for entry in entries if "*" not in entry),
            tuple(_folded(entry[:-1]) for entry in entries if entry.endswith("*")),
            tuple(_folded(entry[1:]) for entry in entries if entry.startswith("*")),
        )

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (
            word in self.whole or word.startswith(self.beginnings) or word.endswith(self.endings)
        )


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """What tells a place in one language; lexicon/README.md says what the parts are. All words are folded."""

    cues: Mapping[str, Cue]
    after: frozenset[str]
    suffixes: tuple[tuple[str, Cue | None], ...]
    prefixes: tuple[tuple[str, Cue | None], ...]
    elisions: frozenset[str]
    endings: tuple[tuple[str, tuple[str, ...]], ...]
    strict: frozenset[str]
    residence: Words
    moved: Words
    past: Words
    others: Words
    for_whom: Words
    titles: frozenset[str]
    small: frozenset[str]
    replies: frozenset[str]
    subjects: Words
    words: frozenset[str]
    verbs: frozenset[str]
    never: Words

    def cue_before(self, words: list[str]) -> Cue | None:
        """Return the cue with which the words end."""
        for length in range(min(_LONGEST_CUE, len(words)), 0, -1):
            cue = self.cues.get(" ".join(words[-length:]))
            if cue:
                return cue
        return None

    def is_after(self, words: list[str]) -> bool:
        """Return whether the words begin with one that makes what stands before it a place."""
        return any(" ".join(words[:length]) in self.after for length in range(1, 4))

    def is_never(self, word: str) -> bool:
        """Return whether a word is none that could be a misspelt or an unknown place."""
        return any(word in words for words in (self.never, self.words, self.cues, self.titles, self.residence))

    def stems(self, word: str) -> Iterator[tuple[str, Cue | None]]:
        """Yield the plain names that an inflected word may be of, with the cue that its ending or beginning is."""
        for suffix, cue in self.suffixes:
            if (
                len(suffix) >= _SHORTEST_SUFFIX
                and word.endswith(suffix)
                and len(word) - len(suffix) >= _SHORTEST_STEM - 1
            ):
                yield word[: -len(suffix)], cue
        for prefix, cue in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM - 1:
                yield word[len(prefix) :], cue
        for ending, instead in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
                for new in instead:
                    yield word[: -len(ending)] + new, None

    def suffix_cue(self, suffix: str) -> tuple[bool, Cue | None]:
        """Return whether this stands after an apostrophe as a case ending, and the cue that it is."""
        found = dict(self.suffixes)
        return (suffix in found or suffix == "s"), found.get(suffix)


@dataclass(frozen=True)
class Around:
    """Words beside numbers, and endings of names, in all languages together; lexicon/all.yml says what they are."""

    code: frozenset[str]
    phone: frozenset[str]
    amounts: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Foreign:
    """Places that are none in Germany: towns by key with the name to show, and countries and states."""

    towns: Mapping[str, str]
    never: frozenset[str]


@lru_cache(maxsize=16)
def lexicon_of(language: str) -> Lexicon:
    """Return the lexicon of a language, of German where there is none."""
    path = _HERE / "lexicon" / f"{language if language in LANGUAGES else 'de'}.yml"
    content = _read(path)
    cues: dict[str, Cue] = {_folded(phrase): "from" for phrase in content.get("from", ())}
    cues |= {_folded(phrase): "in" for phrase in content.get("in", ())}
    return Lexicon(
        cues=cues,
        after=frozenset(map(_folded, content.get("after", ()))),
        suffixes=_with_cues(content.get("suffixes", {})),
        prefixes=_with_cues(content.get("prefixes", {})),
        elisions=frozenset(content.get("elisions", ())),
        endings=_endings(content.get("endings", {})),
        strict=frozenset(map(_folded, content.get("strict", ()))),
        residence=Words.of(content.get("residence", ())),
        moved=Words.of(content.get("moved", ())),
        past=Words.of(content.get("past", ())),
        others=Words.of(content.get("others", ())),
        for_whom=Words.of(content.get("for_whom", ())),
        titles=frozenset(map(_folded, content.get("titles", ()))),
        small=frozenset(map(_folded, content.get("small", ()))),
        replies=frozenset(map(_folded, content.get("replies", ()))),
        subjects=Words.of(content.get("subjects", ())),
        words=frozenset(map(_folded, content.get("words", ()))),
        verbs=frozenset(map(_folded, content.get("verbs", ()))),
        never=Words.of(content.get("never", ())),
    )


@lru_cache(maxsize=1)
def around() -> Around:
    """Return the words beside numbers and the endings of names."""
    content = {name: frozenset(map(_folded, entries)) for name, entries in _read(_HERE / "lexicon" / "all.yml").items()}
    return Around(content["code"], content["phone"], content["amounts"], tuple(content["names"]))


@lru_cache(maxsize=1)
def foreign() -> Foreign:
    """Return the places abroad that families name."""
    content = _read(_HERE / "foreign.yml")
    return Foreign(
        towns={key(form): town for town, forms in content["towns"].items() for form in (town, *forms)},
        never=frozenset(key(form) for forms in content["never"] for form in forms),
    )


def _read(path: Path) -> dict[str, Any]:
    # All scalars stay text: a plain "on" or "no" is a word here.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return content


def _folded(phrase: str) -> str:
    return key(phrase) or fold(phrase)


def _with_cues(content: Mapping[str, Iterable[str]]) -> tuple[tuple[str, Cue | None], ...]:
    """Return the pieces with their cues, the longest first."""
    cues: dict[str, Cue | None] = {"in": "in", "from": "from", "bare": None}
    pairs = [(_folded(piece), cues[name]) for name, pieces in content.items() for piece in pieces]
    return tuple(sorted(dict(pairs).items(), key=lambda pair: -len(pair[0])))


def _endings(content: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return case endings, the longest first, with what may stand in their place."""
    found: dict[str, list[str]] = {}
    for ending, instead in content.items():
        found.setdefault(_folded(ending), []).extend(fold(new) for new in instead)
    return tuple(sorted(((e, tuple(dict.fromkeys(new))) for e, new in found.items()), key=lambda pair: -len(pair[0])))
