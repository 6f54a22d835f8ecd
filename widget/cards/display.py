"""How a card looks, decided once for the page's script, the page without script, and other channels: labels, links, order."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote_plus, urlsplit

from knowledge import written_language
from knowledge.wording import age_range, number
from widget.addresses import calendar_path, offering_path
from widget.cards.hours import spoken_hours
from widget.texts import day, sentence, series, texts

_EMAIL = re.compile(r"[^@\s<>\"'?&]+@[^@\s<>\"'?&]+\.[^@\s<>\"'?&]+")
_MAP = "https://www.openstreetmap.org/search?query="
_FEWEST_DIGITS = 3
_NEAR_KM = 3.0

Fact = dict[str, Any]


def with_display(card: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a card with `display`: what a page shows of it, in the reply's language.

    `display` holds `badges` (texts), `facts` (label, text, `language` where the text is not in the reply's, `ltr` where it
    must keep its direction), `actions` (kind, label, text, href: http, https, tel, mailto, or a path of this site beginning
    with `/offerings/`), `checked` (text or None), `german` (a note where title and description are German in a reply
    that is not, else None) and `machine` (a note where a machine translated them and nobody has read it yet, else None).
    """
    return {**card, "display": display(card, language)}


def display(card: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the part of a card that `with_display` adds."""
    is_german = card.get("text_language", "de") == "de" and written_language(language) != "de"
    return {
        "badges": list(_badges(card, language)),
        "facts": list(_facts(card, language)),
        "actions": list(_actions(card, language)),
        "checked": _checked(card, language),
        "german": sentence(language, "card_german_text") if is_german else None,
        "machine": sentence(language, "card_machine_text") if card.get("machine_translated") is True else None,
    }


def _badges(card: Mapping[str, Any], language: str) -> list[str]:
    keys = []
    if card.get("format") in {"online", "home_visit"}:
        keys.append(f"card_{card['format']}")
    if isinstance(card.get("open_now"), bool):
        keys.append("card_open_now" if card["open_now"] else "card_closed_now")
    km = _number(card.get("distance_km"))
    near = [] if km is None or _is_told(km, card.get("reasons")) else [_distance(km, language)]
    return near + [sentence(language, key) for key in keys]


def _is_told(km: float, reasons: Any) -> bool:
    """Return whether a reason names the distance already, as reasons do beyond a few kilometres."""
    rounded = re.compile(rf"(?<!\d){km:.0f}(?!\d)")
    return km > _NEAR_KM and any(isinstance(reason, str) and rounded.search(reason) for reason in reasons or ())


def _distance(km: float, language: str) -> str:
    return sentence(language, "card_distance", km=number(language, km if km < 10 else round(km)))


def _facts(card: Mapping[str, Any], language: str) -> list[Fact]:
    german = None if written_language(language) == "de" else "de"
    facts: list[Fact] = []

    def add(key: str, text: Any, **more: Any) -> None:
        if isinstance(text, str) and text.strip():
            facts.append({"label": sentence(language, f"card_{key}"), "text": text.strip(), **more})

    labels = [label for label in card.get("category_labels") or () if isinstance(label, str)]
    add("category", series(language, labels))
    add("age", age_range(language, _number(card.get("age_min")), _number(card.get("age_max"))))
    add("dates", _dates(card, language))
    hours, words = card.get("opening_hours"), card.get("schedule")
    spoken = spoken_hours(hours, language) if isinstance(hours, str) else None
    if not spoken or (words and not german):
        add("hours", words or hours, language=german, ltr=True)
    else:
        # The provider's German may say more than the hours, such as when there are none.
        add("hours", spoken)
        add("hours_german", words, language=german, ltr=True)
    if card.get("free"):
        add("cost", sentence(language, "card_free"))
    else:
        add("cost", card.get("cost"), language=german, ltr=True)
    names = texts(language)["languages"]
    codes = [code for code in card.get("languages") or () if isinstance(code, str)]
    add("languages", series(language, [names.get(code, code) for code in codes]))
    add("address", postal_address(card), language=german, ltr=True)
    if isinstance(card.get("wheelchair"), bool):
        add("access", sentence(language, "card_wheelchair_yes" if card["wheelchair"] else "card_wheelchair_no"))
    return facts


def _actions(card: Mapping[str, Any], language: str) -> list[Fact]:
    page, calendar = _own_pages(card, language)
    links = {
        "phone": (phone_link(card.get("phone")), card.get("phone")),
        "email": (email_link(card.get("email")), None),
        "website": (web_link(card.get("url")), None),
        "route": (_route(card), None),
        "calendar": (calendar, None),
        "share": (page, None),
    }
    return [
        {"kind": kind, "label": sentence(language, f"card_{kind}"), "text": text, "href": href}
        for kind, (href, text) in links.items()
        if href
    ]


def phone_link(phone: Any) -> str | None:
    """Return a `tel:` link with nothing but digits and a leading plus, or None."""
    if not isinstance(phone, str):
        return None
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return f"tel:{'+' if phone.strip().startswith('+') else ''}{digits}" if len(digits) >= _FEWEST_DIGITS else None


def email_link(email: Any) -> str | None:
    """Return a `mailto:` link without any header, or None."""
    return f"mailto:{email}" if isinstance(email, str) and _EMAIL.fullmatch(email) else None


def web_link(url: Any) -> str | None:
    """Return an http or https address as it is, or None."""
    if not isinstance(url, str) or re.search(r"[\s<>\"'\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def _route(card: Mapping[str, Any]) -> str | None:
    return _MAP + quote_plus(postal_address(card)) if card.get("street") else None


def postal_address(card: Mapping[str, Any]) -> str:
    """Return street, postal code and town on one line, as far as they are known."""
    town = " ".join(str(card[part]) for part in ("postal_code", "city") if card.get(part))
    return ", ".join(part for part in (str(card.get("street") or ""), town) if part)


def _own_pages(card: Mapping[str, Any], language: str) -> tuple[str | None, str | None]:
    """Return the paths of an offering's page and, where it has a first day, of its calendar entry."""
    offering_id = card.get("id")
    if not isinstance(offering_id, str) or not offering_id:
        return None, None
    dated = _date(card, "valid_from") is not None
    return offering_path(offering_id, language), calendar_path(offering_id, language) if dated else None


def _dates(card: Mapping[str, Any], language: str) -> str | None:
    first, last = (value and day(language, value) for value in (_date(card, "valid_from"), _date(card, "valid_to")))
    if first and last:
        return first if first == last else sentence(language, "span", first=first, last=last)
    if first:
        return sentence(language, "date_from", date=first)
    return sentence(language, "date_to", date=last) if last else None


def _checked(card: Mapping[str, Any], language: str) -> str | None:
    checked_on = _date(card, "checked_on")
    return sentence(language, "card_checked", date=day(language, checked_on)) if checked_on else None


def _date(card: Mapping[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(str(card.get(name)))
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
