"""What an offering's page says about its freshness."""

from typing import Any

from console.freshness.due import review_of_one, why
from console.parts import parts
from console.visitor import page_language
from knowledge import Edition


def freshness_of(edition: Edition) -> dict[str, Any]:
    """Return what the page shows: `review` (None: not published) and the reason for its day, open notes, the look at its website."""
    knowledge, public = parts().knowledge, edition.public
    found, today = review_of_one(knowledge, edition.offering.id), knowledge.settings.current_date()
    return {
        "review": found,
        "review_why": why(found, page_language(), today) if found else None,
        "is_due": found is not None and found.overdue_days(today) >= 0,
        "notes": knowledge.notes.waiting(offering_id=edition.offering.id),
        "website": knowledge.link_checks.of(public.url) if public and public.url else None,
    }
