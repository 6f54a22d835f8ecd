"""When an offering should be looked at again: by kind, cost, dates, or a day of one's own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from knowledge import reviewing
from knowledge.reviewing import Review, review_of, review_rules
from knowledge.taxonomy import Taxonomy
from knowledge.values import Offering

MakeOffering = Callable[..., Offering]
EDITED = date(2026, 3, 31)


def _review(make_offering: MakeOffering, own: date | None = None, **fields: Any) -> Review:
    return review_of(make_offering(**fields).model_dump(mode="json"), edited_on=EDITED, own=own)


@pytest.mark.parametrize(
    ("fields", "on", "why"),
    [
        ({}, date(2027, 3, 31), "months"),
        ({"checked_on": date(2026, 5, 31)}, date(2027, 5, 31), "months"),
        ({"categories": ("language_course",), "checked_on": date(2026, 8, 31)}, date(2027, 2, 28), "months"),
        ({"categories": ("language_course",), "checked_on": date(2027, 8, 31)}, date(2028, 2, 29), "months"),
        ({"categories": ("family_guide",)}, date(2028, 3, 31), "months"),
        ({"categories": ("family_guide",), "cost": "5 Euro"}, date(2027, 3, 31), "cost"),
        ({"categories": ("family_guide",), "free": False}, date(2027, 3, 31), "cost"),
        ({"categories": ("family_guide",), "free": True}, date(2028, 3, 31), "months"),
        ({"categories": ("family_guide", "emergency_care")}, date(2026, 9, 30), "months"),
        ({"categories": ("need_of_our_own",)}, date(2027, 3, 31), "months"),
        ({"categories": ("holiday_care",)}, date(2026, 9, 15), "until"),
        ({"categories": ("holiday_care",), "checked_on": date(2026, 10, 1)}, date(2027, 9, 15), "until"),
        ({"categories": ("holiday_care",), "valid_to": date(2026, 8, 14)}, date(2026, 8, 15), "dated"),
        ({"categories": ("financial_help",), "checked_on": date(2026, 11, 22)}, date(2027, 1, 1), "until"),
        ({"valid_to": date(2026, 3, 31)}, date(2026, 4, 1), "dated"),
        # Somebody has looked after its end: the other rules hold again.
        ({"valid_to": date(2026, 4, 30), "checked_on": date(2026, 5, 1)}, date(2027, 5, 1), "months"),
        ({"valid_to": date(2029, 1, 1)}, date(2027, 3, 31), "months"),
    ],
)
def test_the_earliest_rule_holds(make_offering: MakeOffering, fields: dict[str, Any], on: date, why: str) -> None:
    found = _review(make_offering, **fields)
    assert (found.on, found.why) == (on, why)


def test_a_day_of_ones_own_holds_until_somebody_has_looked_then_or_later(make_offering: MakeOffering) -> None:
    own = date(2026, 12, 24)
    for checked_on, on in (
        (None, own),
        (date(2026, 12, 23), own),
        (own, date(2027, 12, 24)),
        (date(2027, 1, 2), date(2028, 1, 2)),
    ):
        assert _review(make_offering, own=own, checked_on=checked_on).on == on


def test_what_was_never_checked_counts_from_its_last_edit(make_offering: MakeOffering) -> None:
    never, checked = _review(make_offering), _review(make_offering, checked_on=date(2026, 5, 1))
    assert (never.since, never.checked) == (EDITED, False)
    assert (checked.since, checked.checked) == (date(2026, 5, 1), True)


def test_every_category_has_a_rule_and_every_rule_its_reason(taxonomy: Taxonomy) -> None:
    assert set(review_rules().categories) == set(taxonomy.categories)
    content = yaml.safe_load(reviewing._RULES.read_text(encoding="utf-8"))
    rules = [content["cost"], content["dated"], content["default"], *content["categories"].values()]
    assert all(len(rule["because"]) > 20 for rule in rules)
