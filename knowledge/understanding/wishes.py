"""The wishes beside the need: service language, free of charge, online or in person, on which day or in which holidays."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.text import words
from knowledge.understanding.lexicon import Lexicon, lexicon_of

_DAY_MONTH = re.compile(r"(?<![\d.,])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d))?")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
# The months in which German states have these holidays (KMK's calendar; the states differ by weeks).
_HOLIDAY_SPANS = {
    "winter": ((1, 25), (3, 5)), "easter": ((3, 20), (4, 25)), "whitsun": ((5, 10), (6, 15)), "summer": ((6, 20), (9, 15)),
    "autumn": ((10, 1), (11, 5)), "christmas": ((12, 18), (1, 10)),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a message wishes beside the need; None where it says nothing. `on` to `until` is the span of days."""

    service_language: str | None = None
    free: bool | None = None
    online: bool | None = None
    on: date | None = None
    until: date | None = None


def read_wishes(text: str, language: str, *, today: date) -> Wishes:
    """Return the wishes that a message voices; `language` is the message's, `today` the day of asking."""
    lexicon = lexicon_of(language)
    folded = " " + " ".join(words(text)) + " "
    on, until = _days(text, folded, lexicon, today)
    online = True if lexicon.online.find(folded) else None
    if lexicon.in_person.find(folded):
        online = False
    return Wishes(
        service_language=_service_language(folded, lexicon, language),
        free=True if lexicon.free.find(folded) else None,
        online=online,
        on=on,
        until=until,
    )


def _service_language(folded: str, lexicon: Lexicon, written_in: str) -> str | None:
    """Return the language in which the service is wanted: named beside a cue, or "my language" in the message's own.

    German is what every service speaks, and what language courses teach: it is never a wish.
    """
    for code, phrases in lexicon.languages_certain.items():
        if code != "de" and phrases.find(folded):
            return code
    for code, phrases in lexicon.languages.items():
        for named in phrases.find_all(folded):
            around = folded[max(0, named.start() - 25) : named.end() + 25]
            if code != "de" and lexicon.in_language.find(around):
                return code
    if written_in != "de" and lexicon.my_language.find(folded):
        return written_in
    return None


def _days(text: str, folded: str, lexicon: Lexicon, today: date) -> tuple[date | None, date | None]:
    written = _written_day(text, today)
    if written:
        return written, written
    for name, phrases in lexicon.holidays.items():
        if phrases.find(folded):
            return _next_span(name, today)
    if lexicon.tomorrow.find(folded):
        return today + timedelta(1), today + timedelta(1)
    if lexicon.today.find(folded):
        return today, today
    return None, None


def _written_day(text: str, today: date) -> date | None:
    """Return a day written as 24.12., 24.12.2026 or 2026-12-24; without a year, the next such day."""
    iso, german = _ISO.search(text), _DAY_MONTH.search(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if german and german[3]:
            return date(int(german[3]) % 100 + 2000, int(german[2]), int(german[1]))
        if german:
            this_year = date(today.year, int(german[2]), int(german[1]))
            return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except ValueError:
        pass  # no such day: then it was no date
    return None


def _next_span(name: str, today: date) -> tuple[date, date]:
    (first_month, first_day), (last_month, last_day) = _HOLIDAY_SPANS[name]
    for year in (today.year - 1, today.year, today.year + 1):
        first = date(year, first_month, first_day)
        last = date(year + (last_month < first_month), last_month, last_day)
        if last >= today:
            return first, last
    raise AssertionError("one of three years' holidays is still to come")
