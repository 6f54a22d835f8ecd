"""The sentences of page and gateway, one catalogue a language in texts/; and how a language writes numbers, dates and ages."""

from collections.abc import Mapping
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


def tag(language: str) -> str:
    """Return the language tag for HTML: Einfache Sprache is German."""
    return "de" if language == SIMPLE_GERMAN else language


def number(language: str, value: float) -> str:
    """Return a number with at most one decimal, written as in the language."""
    return f"{value:.1f}".removesuffix(".0").replace(".", str(texts(language)["decimal_mark"]))


def day(language: str, value: date) -> str:
    """Return a day in figures, in the order of the language."""
    return value.strftime(str(texts(language)["date_format"]))


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
    n = int(count)
    tens, hundreds = n % 10, n % 100
    if language == "ar":
        return {0: "zero", 1: "one", 2: "two"}.get(n) or (
            "few" if 3 <= hundreds <= 10 else "many" if 11 <= hundreds <= 99 else "other"
        )
    if language in {"ru", "uk"}:
        if tens == 1 and hundreds != 11:
            return "one"
        return "few" if 2 <= tens <= 4 and not 12 <= hundreds <= 14 else "many"
    if language == "pl":
        if n == 1:
            return "one"
        return "few" if 2 <= tens <= 4 and not 12 <= hundreds <= 14 else "many"
    if language == "ro":
        return "one" if n == 1 else "few" if n == 0 or 1 <= hundreds <= 19 else "other"
    return "one" if n == 1 else "other"

