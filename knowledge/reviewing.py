"""When somebody should look at an offering again: by its kind, its cost and its dates (reviewing.yml), or on a day of one's own."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

_RULES = Path(__file__).with_name("reviewing.yml")
Why = Literal["own", "dated", "cost", "until", "months"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How long what is said may be believed: so many months, and no longer than the next such day (month, day)."""

    months: int
    until: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a kind of need, by category, of costs, and of what has no rule of its own."""

    categories: Mapping[str, Rule]
    cost: Rule
    default: Rule


@dataclass(frozen=True, kw_only=True)
class Review:
    """When an offering should be looked at, and which rule says so.

    Attributes:
        months: Of the rule, where `why` is "months" or "cost".
        since: When somebody last looked: the day it was checked, else of its last published edit.
        checked: Whether it was ever checked.
    """

    on: date
    why: Why
    since: date
    checked: bool
    months: int = 0


def review_of(
    content: Mapping[str, Any], *, edited_on: date, own: date | None = None, rules: Rules | None = None
) -> Review:
    """Return when an offering should be looked at again.

    Args:
        content: The offering's fields as JSON.
        edited_on: The day of its last published edit.
        own: A day that a coordinator has set; it holds until somebody has looked on that day or later.
    """
    rules = rules or review_rules()
    checked_on = _day(content.get("checked_on"))
    since, checked = checked_on or edited_on, checked_on is not None
    if own is not None and own > since:
        return Review(on=own, why="own", since=since, checked=checked)
    found: list[tuple[date, Why, int]] = []
    valid_to = _day(content.get("valid_to"))
    if valid_to is not None and since <= valid_to:
        found.append((valid_to + timedelta(days=1), "dated", 0))
    if content.get("cost") or content.get("free") is False:
        found.append((_later(since, rules.cost.months), "cost", rules.cost.months))
    for category in content["categories"]:
        rule = rules.categories.get(category, rules.default)
        found.append((_later(since, rule.months), "months", rule.months))
        if rule.until is not None and valid_to is None:
            found.append((_next(since, *rule.until), "until", 0))
    on, why, months = min(found, key=lambda one: one[0])
    return Review(on=on, why=why, since=since, checked=checked, months=months)


@lru_cache(maxsize=1)
def review_rules() -> Rules:
    """Return the shipped rules."""
    content = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return Rules(
        categories={code: _rule(given) for code, given in content["categories"].items()},
        cost=_rule(content["cost"]), default=_rule(content["default"]),
    )  # fmt: skip


def _rule(given: Mapping[str, Any]) -> Rule:
    month, _, day = str(given.get("until", "")).partition("-")
    return Rule(months=int(given["months"]), until=(int(month), int(day)) if month else None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _next(day: date, month: int, of_month: int) -> date:
    """Return the first such day of a calendar after a day."""
    this_year = date(day.year, month, of_month)
    return this_year if this_year > day else date(day.year + 1, month, of_month)
