"""Opening hours in OpenStreetMap's syntax, said in a parent's language: the common forms, and no guess at the others."""

import re
from functools import lru_cache

from babel.dates import get_day_names

from knowledge import RIGHT_TO_LEFT, SIMPLE_GERMAN, written_language
from widget.texts import sentence, series

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_HOLIDAYS = {"PH": "hours_public_holidays", "SH": "hours_school_holidays"}
_DAY = f"(?:{'|'.join(_DAYS)})"
_ITEM = f"(?:PH|SH|{_DAY}(?:-{_DAY})?)"
_SPAN = r"\d{2}:\d{2}-\d{2}:\d{2}"
_RULE = re.compile(rf"(?P<when>(?:SH )?{_ITEM}(?:, ?{_ITEM})* |)(?P<hours>{_SPAN}(?:, ?{_SPAN})*|off|closed)")


@lru_cache(maxsize=4096)
def spoken_hours(hours: str, language: str) -> str | None:
    """Return opening hours with the day names of a reply language; None for a form that has no words here.

    Args:
        hours: `Mo-Th 08:00-16:00; Fr 08:00-12:00,13:00-15:00; PH off`, or `24/7`.
    """
    if hours.strip() == "24/7":
        return sentence(language, "hours_always")
    rules = [_RULE.fullmatch(rule.strip()) for rule in hours.split(";") if rule.strip()]
    said = [f"{_when(rule['when'], language)} {_times(rule['hours'], language)}".strip() for rule in rules if rule]
    between = "؛ " if language in RIGHT_TO_LEFT else "; "
    return between.join(said) if said and len(said) == len(rules) else None


def _when(when: str, language: str) -> str:
    if when.startswith("SH "):
        return f"{sentence(language, _HOLIDAYS['SH'])} {_when(when.removeprefix('SH '), language)}".strip()
    return series(language, [_days(item.strip(), language) for item in when.split(",") if item.strip()])


def _days(item: str, language: str) -> str:
    if item in _HOLIDAYS:
        return sentence(language, _HOLIDAYS[item])
    # Einfache Sprache has no abbreviations.
    names = get_day_names(
        "wide" if language == SIMPLE_GERMAN else "abbreviated", "stand-alone", locale=written_language(language)
    )
    first, _, last = item.partition("-")
    return _from_to(names[_DAYS.index(first)], names[_DAYS.index(last)] if last else "", language)


def _times(hours: str, language: str) -> str:
    if hours in {"off", "closed"}:
        return sentence(language, "hours_closed")
    spans = [span.strip().partition("-") for span in hours.split(",")]
    return series(language, [_from_to(first, last, language) for first, _, last in spans])


def _from_to(first: str, last: str, language: str) -> str:
    return sentence(language, "span", first=first, last=last) if last else first
