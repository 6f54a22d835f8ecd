"""A message as bit masks over the words that the patterns know."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from widget.crisis.keyboards import cyrillic_sounds, latin_sounds, normal, spellings, without_proclitics

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!?…؟;\n]+")
_SHORTEST_PART = 2


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message's words: bit i of `places[symbol]` is set where word i is one that the symbol stands for.

    Bit i of `gaps` (all set) is the gap before word i; `stops` are the gaps where a sentence begins or ends.
    """

    places: Mapping[int, int]
    gaps: int
    stops: int


@dataclass(kw_only=True)
class Words:
    """The symbols of words: of whole ones, of stems that any ending may follow, and of endings (German joins words)."""

    whole: dict[str, set[int]] = field(default_factory=dict)
    stems: dict[str, set[int]] = field(default_factory=dict)
    endings: dict[str, set[int]] = field(default_factory=dict)
    longest: int = 0

    def add(self, form: str, name: str, symbol: int) -> None:
        """Let a symbol stand for a form of a word that is named `word`, `stem*` or `*ending`."""
        table = self.stems if name.endswith("*") else self.endings if name.startswith("*") else self.whole
        table.setdefault(form, set()).add(symbol)
        if table is not self.whole:
            self.longest = max(self.longest, len(form))

    def symbols(self, word: str) -> Iterable[int]:
        """Yield the symbols that stand for a word."""
        yield from self.whole.get(word, ())
        for length in range(_SHORTEST_PART, min(len(word), self.longest) + 1):
            yield from self.stems.get(word[:length], ())
            yield from self.endings.get(word[-length:], ())


@dataclass(kw_only=True)
class Vocabulary:
    """The words of all patterns as written, and as Cyrillic ones sound when they are typed in Latin letters."""

    lists: dict[frozenset[str], int] = field(default_factory=dict)
    written: Words = field(default_factory=Words)
    sounding: Words = field(default_factory=Words)

    def symbol(self, words: Iterable[str]) -> int:
        """Return the symbol that stands for a list of words: `word`, `stem*`, `*ending`; with `~` its typing errors, too.

        Raises:
            ValueError: One of them is no word.
        """
        names = frozenset(words)
        if names not in self.lists:
            symbol = self.lists[names] = len(self.lists)
            for name in names:
                bare = name.strip("~*")
                for form in spellings(bare, mistyped=name.startswith("~")):
                    if not form.isalnum():
                        raise ValueError(f"{name!r} is not a word")
                    self.written.add(form, name, symbol)
                for sound in cyrillic_sounds(bare):
                    self.sounding.add(sound, name, symbol)
        return self.lists[names]

    def read(self, text: str) -> Message:
        """Return a message's words as bit masks."""
        text = normal(text)
        words = _WORD.findall(text)
        spots: dict[str, int] = {}
        for i, word in enumerate(words):
            spots[word] = spots.get(word, 0) | 1 << i
        sounds = dict(zip(words, _WORD.findall(latin_sounds(text)), strict=True))
        places: dict[int, int] = {}
        for word, bits in spots.items():
            for symbol in self._symbols(word, sounds[word]):
                places[symbol] = places.get(symbol, 0) | bits
        return Message(places=places, gaps=(2 << len(words)) - 1, stops=_stops(text) | 1 << len(words) | 1)

    def _symbols(self, word: str, sound: str) -> set[int]:
        found = {symbol for form in without_proclitics(word) for symbol in self.written.symbols(form)}
        if sound.isascii():
            found.update(self.sounding.symbols(sound))
        return found


def _stops(text: str) -> int:
    stops = count = 0
    for part in _STOP.split(text)[:-1]:
        count += len(_WORD.findall(part))
        stops |= 1 << count
    return stops
