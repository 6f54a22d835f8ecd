"""Which days a period has, and which period it is compared with."""

from datetime import date

import pytest

from console.figures.periods import Period, periods

SUNDAY = date(2026, 11, 22)


def spans(today: date) -> dict[str, tuple[str, str]]:
    return {one.key: (one.first.isoformat(), one.last.isoformat()) for one in periods(today)}


def test_periods_are_whole_weeks_and_months_that_are_over() -> None:
    assert spans(SUNDAY) == {
        "4weeks": ("2026-10-19", "2026-11-15"),
        "13weeks": ("2026-08-17", "2026-11-15"),
        "12months": ("2025-11-01", "2026-10-31"),
        "2026": ("2026-01-01", "2026-10-31"),
        "2025": ("2025-01-01", "2025-12-31"),
    }
    assert spans(date(2026, 11, 23))["4weeks"] == ("2026-10-26", "2026-11-22")


def test_in_january_the_new_year_has_no_month_to_show_and_two_old_years_are_there() -> None:
    assert [one.key for one in periods(date(2027, 1, 1))] == ["4weeks", "13weeks", "12months", "2026", "2025"]
    assert spans(date(2027, 1, 1))["2026"] == ("2026-01-01", "2026-12-31")


def test_a_year_with_deleted_days_is_not_offered() -> None:
    assert [one.key for one in periods(date(2027, 3, 2))][3:] == ["2027", "2026"]


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("4weeks", "2026-09-21", "2026-10-18"),
        ("13weeks", "2026-05-18", "2026-08-16"),
        ("12months", "2024-11-01", "2025-10-31"),
        ("2026", "2025-01-01", "2025-10-31"),
        ("2025", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_period_is_compared_with_one_as_long_before(key: str, first: str, last: str) -> None:
    before = {one.key: one for one in periods(SUNDAY)}[key].before
    assert (before.first.isoformat(), before.last.isoformat()) == (first, last)


def test_a_leap_day_lies_in_the_year_before_as_in_any() -> None:
    year = Period(key="2024", first=date(2024, 1, 1), after=date(2024, 3, 1))
    assert year.before == Period(key="2024", first=date(2023, 1, 1), after=date(2023, 3, 1))
