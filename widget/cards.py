"""One offering by itself as a card."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from knowledge import Knowledge, Match, card, open_now


def offering_card(knowledge: Knowledge, offering_id: str, language: str) -> dict[str, Any] | None:
    """Return an offering as a card without distance and reasons, or None if nobody offers it (any more)."""
    offering = knowledge.store.offering(offering_id)
    if offering is None:
        return None
    now = open_now(offering.opening_hours, datetime.now().astimezone())
    match = Match(offering=offering, score=0.0, distance_km=None, open_now=now)
    return card(match, language=language, taxonomy=knowledge.taxonomy)


def is_over(knowledge: Knowledge, card: Mapping[str, Any]) -> bool:
    """Return whether the last day of a card's offering has passed."""
    last = card["valid_to"]
    return last is not None and str(last) < knowledge.settings.current_date().isoformat()
