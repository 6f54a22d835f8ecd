"""An offering as parents will see it, and what the program reads of its opening hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from knowledge import Offering, open_now, written_language
from knowledge.german_time import GERMANY
from knowledge.opening_hours import week
from knowledge.taxonomy import Taxonomy
from widget.cards.display import with_display
from widget.cards.offering_card import single_card
from widget.texts import REPLY_LANGUAGES, direction, language_names, page_texts


def cards(offering: Offering, taxonomy: Taxonomy, languages: Sequence[str] = REPLY_LANGUAGES) -> list[dict[str, Any]]:
    """Return the card in each reply language, with what a page needs to show it."""
    return [
        {
            "name": language_names()[language],
            "lang": written_language(language),
            "dir": direction(language),
            "t": page_texts(language),
            "card": with_display(single_card(offering, language, taxonomy), language),
        }
        for language in languages
    ]


def hours_read(hours: str | None, now: datetime | None = None) -> dict[str, Any] | None:
    """Return what is read of opening hours: `open_now`, and `days` of the coming week with their times; None without any."""
    if not hours:
        return None
    now = (now or datetime.now(GERMANY)).astimezone(GERMANY)
    spans = week(hours, now.date())
    if spans is None:
        return None
    days = []
    for at in range(7):
        day = now.date() + timedelta(days=at)
        times = [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans if opens.date() == day]
        days.append({"day": day, "times": ", ".join(times)})
    return {"open_now": open_now(hours, now), "days": days}
