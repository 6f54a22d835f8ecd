"""One offering by itself as a card."""

from collections.abc import Mapping
from typing import Any

from knowledge import Knowledge, Match, Offering, card, open_now
from knowledge.german_time import german_now
from knowledge.taxonomy import Taxonomy


def offering_card(knowledge: Knowledge, offering_id: str, language: str) -> dict[str, Any] | None:
    """Return an offering as a card without distance and reasons, or None if nobody offers it (any more)."""
    offering = knowledge.store.offering(offering_id)
    return None if offering is None else single_card(offering, language, knowledge.taxonomy)


def single_card(offering: Offering, language: str, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return an offering as a card without distance and reasons, published or not."""
    now = open_now(offering.opening_hours, german_now())
    match = Match(offering=offering, score=0.0, distance_km=None, open_now=now)
    return card(match, language=language, taxonomy=taxonomy)


def is_over(knowledge: Knowledge, card: Mapping[str, Any]) -> bool:
    """Return whether the last day of a card's offering has passed."""
    last = card["valid_to"]
    return last is not None and str(last) < knowledge.settings.current_date().isoformat()
