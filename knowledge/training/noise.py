"""The ways in which hurried people write a sentence: misspelt, without their alphabet's own letters, in Latin letters."""

import random
import unicodedata

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "ʼ": "", "’": "",
}  # fmt: skip
_CYRILLIC_GERMAN = {
    "ж": "j",
    "х": "ch",
    "ц": "c",
    "ш": "sch",
    "ч": "tsch",
    "ю": "ju",
    "я": "ja",
    "й": "j",
    "з": "s",
    "в": "w",
}
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "7",
    "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t",
    "ظ": "z", "ع": "3", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ة": "a", "و": "w", "ي": "y", "ی": "i", "ى": "a", "ئ": "2", "ؤ": "2", "ء": "2", "؟": "?", "،": ",",
    "\u200c": "",
}  # fmt: skip
_SPECIAL = str.maketrans({"ı": "i", "İ": "I", "ł": "l", "Ł": "L", "ß": "ss", "œ": "oe", "æ": "ae"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def without_diacritics(text: str, language: str) -> str:
    """Return the text as typed on a keyboard without the language's own letters."""
    if language == "de":
        return text.translate(_GERMAN)
    decomposed = unicodedata.normalize("NFD", text.translate(_SPECIAL))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def in_latin_letters(text: str, rng: random.Random) -> str:
    """Return Cyrillic, Arabic or Persian text in Latin letters, in one of the loose schemes people use in chats."""
    scheme = dict(_CYRILLIC)
    if rng.random() < 0.4:
        scheme.update(_CYRILLIC_GERMAN)
    scheme.update(_ARABIC)
    if rng.random() < 0.5:
        scheme.update({"ح": "h", "ع": "a", "ء": "", "ئ": "", "و": "o", "ی": "y"})
    return "".join(scheme.get(c, c) for c in text.lower())


def with_typos(text: str, rng: random.Random, *, rate: float = 0.06) -> str:
    """Return the text with letters swapped, dropped or doubled, about `rate` of them."""
    letters = list(text)
    i = 0
    while i < len(letters) - 1:
        if letters[i].isalpha() and rng.random() < rate:
            kind = rng.randrange(3)
            if kind == 0 and letters[i + 1].isalpha():
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
            elif kind == 1:
                letters[i] = ""
            else:
                letters[i] *= 2
            i += 1
        i += 1
    return "".join(letters)


def carelessly(text: str, language: str, rng: random.Random) -> str:
    """Return one careless writing of the text, drawn from those its language has."""
    if language in {"ar", "fa", "uk", "ru"} and rng.random() < 0.5:
        return in_latin_letters(text, rng)
    if language not in {"en", "ar", "fa"} and rng.random() < 0.6:
        text = without_diacritics(text, language)
    return with_typos(text, rng) if rng.random() < 0.7 else text.lower().rstrip(".!?؟")
