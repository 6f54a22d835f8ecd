"""How a name sounds, so that "Мерзебург" and "ميرسبورغ" find Merseburg although no list has that writing.

Two views of a name: `spoken` writes it in plain Latin letters, near to how it is said; `skeleton` keeps of that only the
consonants, with those made one that other scripts cannot or need not tell apart (b and p, d and t, v and f, s and z and sch).
"""

import itertools
import re

from rapidfuzz.distance import Levenshtein

from knowledge.text import fold

_GERMAN = [
    (r"tsch", "ch"), (r"sch", "sh"), (r"chs", "ks"), (r"x", "ks"), (r"ch", "x"), (r"ck", "k"), (r"ph", "f"), (r"th", "t"),
    (r"dt\b", "t"), (r"tz|ts", "z"), (r"z", "ts"), (r"v", "f"), (r"w", "v"), (r"qu", "kv"), (r"ss|ß", "s"),
    (r"\bc(?=[ei])", "ts"), (r"c(?!h)", "k"), (r"eu|äu", "oi"), (r"ei|ey|ay", "ai"), (r"ie", "i"), (r"ä|ae", "e"),
    (r"ö|oe", "e"), (r"ü|ue", "u"), (r"y", "i"), (r"j", "i"), (r"(?<=[aeiou])h(?![aeiou])", ""),
    (r"\bst", "sht"), (r"\bsp", "shp"),
]  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "zh", "з": "s", "и": "i", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
}  # fmt: skip
_ARABIC = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "t", "ج": "g", "چ": "ch", "ح": "x", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "s",
    "ژ": "sh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "ع": "a", "غ": "g", "ف": "f", "ڤ": "v", "ق": "k", "ك": "k",
    "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "i", "ء": "",
}  # fmt: skip
_CLASSES = [("sh|ch|ts|zh|z", "s"), ("p", "b"), ("t", "d"), ("k", "g"), ("v", "f")]
_VOWELS = re.compile(r"[aeiouyj' -]")
_UNSURE = {"x": ("x", ""), "g": ("g", ""), "w": ("", "f")}
_MOST_UNSURE = 4
_LIKE_VOWELS = str.maketrans("uiw", "oeo")


def spoken(name: str) -> str:
    """Return a German name in plain letters near to its sound: "Köthen" is "keten", "Zeitz" is "tsaits"."""
    text = name.casefold()
    for pattern, sound in _GERMAN:
        text = re.sub(pattern, sound, text)
    return _undoubled(text)


def alike(said: str, heard: str) -> float:
    """Return how alike two spoken names are, 0.0 to 1.0.

    Arabic writes o and u alike, e and i alike, and leaves the short e out; so they are not told apart.
    """
    said, heard = said.translate(_LIKE_VOWELS), heard.translate(_LIKE_VOWELS)
    return max(Levenshtein.normalized_similarity(form, heard) for form in (said, _undoubled(said.replace("e", ""))))


def spoken_foreign(word: str) -> str:
    """Return a word in Cyrillic or Arabic letters as `spoken` would write it; an Arabic و stays "w", as it may be a vowel."""
    return _undoubled("".join(_CYRILLIC.get(c, _ARABIC.get(c, "")) for c in fold(word)))


def skeleton(name: str) -> str:
    """Return the consonants of a German name, with those that sound alike made one: "Merseburg" is "mrsbrg"."""
    return _bones(spoken(name))


def skeletons_foreign(word: str) -> set[str]:
    """Return the skeletons that a word in Cyrillic or Arabic letters may have.

    A г or х may stand for a German h, which skeletons leave out, and a و for w or for a vowel.
    """
    text = spoken_foreign(word)
    unsure = [at for at, c in enumerate(text) if c in _UNSURE][:_MOST_UNSURE]
    found = set()
    for choice in itertools.product(*(_UNSURE[text[at]] for at in unsure)):
        letters = list(text)
        for at, letter in zip(unsure, choice, strict=True):
            letters[at] = letter
        found.add(_bones("".join(letters).replace("w", "")))
    return found


def _bones(text: str) -> str:
    for pattern, letter in _CLASSES:
        text = re.sub(pattern, letter, text)
    return _undoubled(_VOWELS.sub("", text).replace("h", ""))


def _undoubled(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)
