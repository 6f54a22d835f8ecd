"""What people write into cells, turned into what the contract wants: dates, numbers, yes and no, lists, postal codes."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from knowledge.importing.rows import CellError
from knowledge.taxonomy import Taxonomy
from knowledge.text import fold
from knowledge.values import LANGUAGES

_YES = {"ja", "j", "yes", "y", "true", "wahr", "1", "x", "kostenlos", "kostenfrei", "gratis", "frei"}
_NO = {"nein", "n", "no", "false", "falsch", "0", "kostenpflichtig"}
_FORMATS = {
    "on_site": {"vor ort", "praesenz", "prasenz", "on site", "on_site", "in person"},
    "online": {"online", "digital", "internet", "video"},
    "home_visit": {"zu hause", "zuhause", "hausbesuch", "home visit", "home_visit", "aufsuchend"},
}
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_NOT_STATED = {"", "-", "–", "k. a.", "k.a.", "n/a", "null", "none", "unbekannt"}


def converters(taxonomy: Taxonomy) -> Mapping[str, Callable[[str], Any]]:
    """Return how a text cell of each field is read; fields without an entry stay text."""
    return {
        "categories": lambda text: _categories(text, taxonomy),
        "languages": _languages,
        "covers": _list,
        "postal_code": postal_code,
        "latitude": number,
        "longitude": number,
        "age_min": number,
        "age_max": number,
        "free": yes_or_no,
        "wheelchair": yes_or_no,
        "format": _format,
        "valid_from": day,
        "valid_to": day,
        "checked_on": day,
        "url": web_address,
    }


def is_stated(text: str) -> bool:
    """Return whether a cell says anything: not empty, no dash, no "k. A."."""
    return text.strip().casefold() not in _NOT_STATED


def postal_code(text: str) -> str:
    """Return five digits; a lost leading zero is put back ("6366", "6366.0" from a spreadsheet).

    Raises:
        CellError: It is no German postal code.
    """
    digits = re.sub(r"^(?:D-)?(\d{4,5})(?:\.0)?$", r"\1", text.strip())
    if not re.fullmatch(r"\d{4,5}", digits):
        raise CellError("not a German postal code; write five digits such as 06366", code="postal_code")
    return digits.zfill(5)


def web_address(text: str) -> str:
    """Return a web address; what people write as `www.example.org` gets what is missing at its beginning."""
    text = text.strip()
    return f"https://{text}" if text.lower().startswith("www.") else text


def number(text: str) -> float:
    """Return a number with decimal point or comma.

    Raises:
        CellError: It is no number.
    """
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise CellError("not a number; write it as 3 or 3,5", code="number") from None


def day(text: str) -> str:
    """Return an ISO date from `2026-11-22`, `22.11.2026` or `22.11.26`.

    Raises:
        CellError: It is no such date, or the day does not exist.
    """
    text = text.strip()
    german = _GERMAN_DATE.fullmatch(text)
    try:
        if german:
            year = int(german[3])
            return date(year + 2000 if year < 100 else year, int(german[2]), int(german[1])).isoformat()
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        raise CellError("not a date; write it as 22.11.2026 or 2026-11-22", code="date") from None


def yes_or_no(text: str) -> bool:
    """Return True or False from ja/nein, yes/no, x, 1/0.

    Raises:
        CellError: It is neither.
    """
    word = fold(text).strip()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("neither yes nor no; write ja or nein, or leave it empty", code="yes_no")


def _format(text: str) -> str:
    word = fold(text).strip()
    for code, names in _FORMATS.items():
        if word in names:
            return code
    raise CellError("no known form; write on_site (vor Ort), online, or home_visit (Hausbesuch)", code="format")


def category_of(name: str, taxonomy: Taxonomy) -> str | None:
    """Return the code of a category from itself or one of its names in any language; None where no category has it."""
    return taxonomy.category_names.get(fold(name))


def _categories(text: str, taxonomy: Taxonomy) -> list[str]:
    """Return category codes from codes or from their names in any language."""
    found = []
    for entry in _list(text):
        code = taxonomy.category_names.get(fold(entry))
        if code is None:
            raise CellError(f"no category {entry!r}; use a code or name from `lotse categories`", code="category")
        found.append(code)
    return found


def _languages(text: str) -> list[str]:
    found = []
    for entry in _list(text):
        code = _LANGUAGE_NAMES.get(fold(entry)) or (entry.lower() if re.fullmatch(r"[A-Za-z]{2,3}", entry) else None)
        if code is None:
            raise CellError(f"no language {entry!r}; write codes such as de, tr, ar", code="language")
        found.append(code)
    return found


def _list(text: str) -> list[str]:
    return [entry.strip() for entry in re.split(r"[;|\n]|,\s*", text) if entry.strip()]


_LANGUAGE_NAMES = {
    "deutsch": "de", "englisch": "en", "turkisch": "tr", "tuerkisch": "tr", "arabisch": "ar", "ukrainisch": "uk", "russisch": "ru",
    "polnisch": "pl", "rumanisch": "ro", "rumaenisch": "ro", "persisch": "fa", "farsi": "fa", "dari": "fa", "franzosisch": "fr",
    "franzoesisch": "fr", "spanisch": "es", "italienisch": "it", "kurdisch": "ku", "bulgarisch": "bg", "griechisch": "el",
    "vietnamesisch": "vi", "albanisch": "sq", "serbisch": "sr", "kroatisch": "hr", "paschtu": "ps", "tigrinya": "ti",
    **{code: code for code in LANGUAGES},
}  # fmt: skip
