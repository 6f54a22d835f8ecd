"""One way to fold and split text of all ten languages, for names of places, the text index and n-grams.

Pure and light: this module is also imported inside Rasa's environment (Python 3.10, no third-party imports).
"""

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه",
        "ؤ": "و", "ـ": None, "\u200c": " ", "\u200d": None, "\u200e": None, "\u200f": None, "\u202a": None,
        "\u202b": None, "\u202c": None, "\u2066": None, "\u2067": None, "\u2068": None, "\u2069": None, "\u200b": None,
        "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ё": "е", "’": "'", "ʼ": "'", "ʹ": "'", "`": "'",
        "´": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_GERMAN_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def clean(text: str) -> str:
    """Return the text in NFC with plain spaces, without invisible marks, with Western digits; its words are unchanged."""
    text = unicodedata.normalize("NFC", text).translate(_DIGITS)
    if not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"} or c in "\n\t\u200c")
    return re.sub(r"\s+", " ", text).strip()


@lru_cache(maxsize=4096)  # one message is folded by many: language, needs, places, wishes, index
def fold(text: str) -> str:
    """Return the text as compared: case-folded, without diacritics, with one form of each Arabic letter.

    "Köthen" becomes "kothen"; for its other German writing "koethen" see `fold_german`.
    """
    if text.isascii():
        return text.lower()
    text = text.replace("İ", "i").replace("I", "i").casefold().translate(_DIGITS).translate(_ARABIC).translate(_LETTERS)
    # й and ї keep their mark: without it they are other letters.
    decomposed = unicodedata.normalize("NFD", text.replace("й", "\ue000").replace("ї", "\ue001"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).replace("\ue000", "й").replace("\ue001", "ї")


def fold_german(text: str) -> str:
    """Return the text folded with ä, ö, ü written as ae, oe, ue, as on a keyboard without them."""
    return fold(text.casefold().translate(_GERMAN_DIGRAPHS))


def words(text: str) -> list[str]:
    """Return the folded words of a text in order; digits count as words."""
    return _WORD.findall(fold(text))
