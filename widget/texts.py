"""The sentences of page and gateway, one catalogue a language in texts/; and how a language writes numbers, dates and ages."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge import LANGUAGES, RIGHT_TO_LEFT, SIMPLE_GERMAN

_FOLDER = Path(__file__).resolve().parent / "texts"
REPLY_LANGUAGES = (*LANGUAGES, SIMPLE_GERMAN)


@lru_cache(maxsize=16)
def texts(language: str) -> Mapping[str, Any]:
    """Return the catalogue of a reply language; German for any other code."""
    name = language if language in REPLY_LANGUAGES else "de"
    content = yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def sentence(language: str, key: str, **values: str) -> str:
    """Return one text of the catalogue with its values put in."""
    return str(texts(language)[key]).format(**values)


@lru_cache(maxsize=16)
def page_texts(language: str) -> Mapping[str, str]:
    """Return the sentences of the page itself, as its script takes them, also to change its language."""
    return {key: value for key, value in texts(language).items() if key.startswith("page_")}


@lru_cache(maxsize=1)
def language_names() -> Mapping[str, str]:
    """Return reply language -> its own name, in the order of the menu."""
    content = yaml.safe_load((_FOLDER / "languages.yml").read_text(encoding="utf-8"))
    return {str(code): str(name) for code, name in content.items()}


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def number(language: str, value: float) -> str:
    """Return a number with at most one decimal, written as in the language."""
    return f"{value:.1f}".removesuffix(".0").replace(".", str(texts(language)["decimal_mark"]))


def day(language: str, value: date) -> str:
    """Return a day in figures, in the order of the language."""
    return value.strftime(str(texts(language)["date_format"]))


def series(language: str, parts: Sequence[str]) -> str:
    """Return the parts of a list with the comma of the language between them."""
    return ("، " if language in RIGHT_TO_LEFT else ", ").join(parts)


def age(language: str, years: float, *, after: bool = False) -> str:
    """Return an age with its unit, in months for babies; `after` gives the form after "from" and "up to"."""
    in_months = years < 2 and years != int(years)
    count = round(years * 12) if in_months else years
    forms = texts(language)[("months" if in_months else "years") + ("_after" if after else "")]
    form = str(forms.get(plural_form(language, count)) or forms["other"])
    # A form with "=" says the number itself, as the Arabic dual does.
    return form[1:] if form.startswith("=") else f"{number(language, count)} {form}"


def age_range(language: str, low: float | None, high: float | None) -> str | None:
    """Return the ages of an offering as a reader of the language expects them; None when all may come."""
    if not low and high is None:
        return None
    if high is None:
        return sentence(language, "age_from", age=age(language, low or 0.0, after=True))
    if not low:
        return sentence(language, "age_to", age=age(language, high, after=True))
    if low < 2 and low != int(low):
        return f"{age(language, low)} – {age(language, high)}"
    if low == high:
        return age(language, high)
    upper = age(language, high)
    return f"{number(language, low) if upper[0].isdigit() else age(language, low)}–{upper}"


def plural_form(language: str, count: float) -> str:
    """Return the plural category of a count (Unicode CLDR's cardinal rules for our languages)."""
    if count != int(count):
        return "other"
    rule = {"ar": _arabic, "ru": _east_slavic, "uk": _east_slavic, "pl": _polish, "ro": _romanian}.get(language)
    return rule(int(count)) if rule else "one" if count == 1 else "other"


def _arabic(n: int) -> str:
    if n <= 2:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


def _east_slavic(n: int) -> str:
    return "one" if n % 10 == 1 and n % 100 != 11 else _few_or_many(n)


def _polish(n: int) -> str:
    return "one" if n == 1 else _few_or_many(n)


def _few_or_many(n: int) -> str:
    return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "many"


def _romanian(n: int) -> str:
    return "one" if n == 1 else "few" if n == 0 or 1 <= n % 100 <= 19 else "other"
