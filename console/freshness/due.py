"""Which published offerings somebody should look at again, and the sentence that says why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from console.texts import say
from knowledge import Knowledge
from knowledge.german_time import GERMANY
from knowledge.reviewing import Review, review_of
from knowledge.store import Published
from widget.texts import day


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A published offering with the day on which somebody should look at it."""

    published: Published
    review: Review

    def overdue_days(self, today: date) -> int:
        """Return for how many days it should have been looked at; below 0: it is not time yet."""
        return (today - self.review.on).days


def reviewed(knowledge: Knowledge, alliances: Collection[str] | None = None) -> list[Reviewed]:
    """Return the published offerings of some alliances, in no order; None: of all alliances."""
    return [_with_review(one) for one in knowledge.reviews.published(alliances)]


def review_of_one(knowledge: Knowledge, offering_id: str) -> Reviewed | None:
    """Return one offering with its day, or None where it is not published."""
    published = knowledge.reviews.one(offering_id)
    return _with_review(published) if published else None


def why(found: Reviewed, language: str, today: date) -> str:
    """Return the sentence that says by which rule it should be looked at."""
    review = found.review
    key = f"due_{review.why}"
    if review.why == "dated" and review.on <= today:
        key = "due_ended"
    elif not review.checked and review.why not in {"own", "dated"}:
        key = "due_never"
    return say(
        language, key, on=day(language, review.on), since=day(language, review.since), months=review.months,
        last=day(language, review.on - timedelta(days=1)),
    )  # fmt: skip


@lru_cache(maxsize=20_000)  # by identity: what is read once stays the same object
def _with_review(one: Published) -> Reviewed:
    edited_on = one.edited_at.astimezone(GERMANY).date()
    return Reviewed(published=one, review=review_of(one.content, edited_on=edited_on, own=one.own))
