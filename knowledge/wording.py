"""How a language writes numbers, ages and spans of days: with its decimal mark and its plural forms, from `knowledge/texts`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from knowledge.values import written_language

_TEXTS = Path(__file__).resolve().parent / "texts"


@lru_cache(maxsize=16)
def texts(language: str) -> Mapping[str, Any]:
    """Return the catalogue of a language (`de-simple` included): sentences, and forms by plural category; German where there is none."""
    path = _TEXTS / f"{language}.yml"
    if not path.exists():
        path = _TEXTS / "de.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def number(language: str, value: float) -> str:
    """Return a number with at most one decimal, written as in the language, in Western digits."""
    return f"{value:.1f}".removesuffix(".0").replace(".", str(texts(language)["decimal_mark"]))


def counted(language: str, unit: str, count: float) -> str:
    """Return a number with its unit in the form that the language's plural rules (Unicode CLDR) ask for: "2 lata", "5 lat".

    Args:
        unit: `years` or `months`, with `_after` as they stand behind "from" and "up to"; `days` as they stand behind "after".
    """
    forms = texts(language)[unit]
    # A whole number has to be an int: to the rules, 1.0 may be another number than 1.
    category = _plural_category(written_language(language), int(count) if count == int(count) else count)
    form = str(forms.get(category) or forms["other"])
    # A form with "=" says the number itself, as the Arabic dual does.
    return form[1:] if form.startswith("=") else f"{number(language, count)} {form}"


def age(language: str, years: float, *, after: bool = False) -> str:
    """Return an age with its unit, in months for babies; `after` gives the form behind "from" and "up to"."""
    in_months = years < 2 and years != int(years)
    unit = ("months" if in_months else "years") + ("_after" if after else "")
    return counted(language, unit, round(years * 12) if in_months else years)


def age_from(language: str, low: float) -> str:
    """Return the ages from one on: "ab 3 Jahren"."""
    return str(texts(language)["from_age"]).format(age=age(language, low, after=True))


def age_range(language: str, low: float | None, high: float | None) -> str | None:
    """Return the ages of an offering as a reader of the language expects them; None when all may come."""
    if not low and high is None:
        return None
    if high is None:
        return age_from(language, low or 0.0)
    if not low:
        return str(texts(language)["to_age"]).format(age=age(language, high, after=True))
    if low < 2 and low != int(low):
        return f"{age(language, low)} – {age(language, high)}"
    if low == high:
        return age(language, high)
    upper = age(language, high)
    return f"{number(language, low) if upper[0].isdigit() else age(language, low)}–{upper}"


@lru_cache(maxsize=256)
def _plural_category(language: str, count: float) -> str:
    return str(Locale.parse(language).plural_form(count))
