"""Where a parent wants an answer: an e-mail address or a phone number, found in what they write."""

import re

from knowledge import clean

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"'«»„“]+@[^\s@<>()\[\],;:\"'«»„“]+\.[^\s@<>()\[\],;:\"'«»„“.]{2,}")
_PHONE = re.compile(r"(?:\+|\(\+?)?\d[\d\s()/.–-]*\d")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15
_LONGEST = 254


def read_contact(text: str) -> str | None:
    """Return the e-mail address, else the phone number, that a text names; None where it names neither.

    Digits of any script count; what comes back has Western ones and is one line.
    """
    text = clean(text)
    email = _EMAIL.search(text)
    if email is not None:
        return email[0] if len(email[0]) <= _LONGEST else None
    numbers = (number[0] for number in _PHONE.finditer(text))
    return next((number for number in numbers if _FEWEST_DIGITS <= digits_in(number) <= _MOST_DIGITS), None)


def digits_in(text: str) -> int:
    """Return how many digits a text has."""
    return sum(letter.isdigit() for letter in text)
