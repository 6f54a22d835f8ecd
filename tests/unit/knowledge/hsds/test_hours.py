"""Opening hours between OpenStreetMap's syntax and HSDS's rules."""

import pytest

from knowledge.hsds.hours import Rule, hours_of, rules_of

WORKDAYS = ("MO", "TU", "WE", "TH", "FR")


@pytest.mark.parametrize(
    ("hours", "rules"),
    [
        ("Mo-Fr 08:00-16:00; PH off", [Rule(WORKDAYS, "08:00", "16:00")]),
        ("Tu 09:00-12:00,14:00-17:00", [Rule(("TU",), "09:00", "12:00"), Rule(("TU",), "14:00", "17:00")]),
        ("Mo-Fr 08:00-16:00; We 08:00-12:00",
         [Rule(("MO", "TU", "TH", "FR"), "08:00", "16:00"), Rule(("WE",), "08:00", "12:00")]),
        ("Sa[2] 10:00-13:00", [Rule(("2SA",), "10:00", "13:00")]),
        ("Fr[-1] 10:00-13:00", [Rule(("-1FR",), "10:00", "13:00")]),
        ("24/7", [Rule(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "00:00", "24:00")]),
        ("Mo 08:00-09:00; Sa[1] 07:00-15:00", [Rule(("MO",), "08:00", "09:00"), Rule(("1SA",), "07:00", "15:00")]),
    ],
)  # fmt: skip
def test_common_hours_become_rules(hours: str, rules: list[Rule]) -> None:
    assert rules_of(hours) == rules


@pytest.mark.parametrize(
    "hours",
    ["Oct-Apr Su[1] 10:00-12:00", "week 1-53/2 We 09:30-11:30", "Su,PH 06:00-19:00", "Sa 08:00-09:00; Sa[2] 10:00-13:00",
     "Mo-Fr 06:00-17:00; Dec 24-Jan 01 off"],
)  # fmt: skip
def test_hours_that_say_more_than_rules_can_are_left_to_words(hours: str) -> None:
    assert rules_of(hours) is None


def test_monthly_rules_are_told_from_weekly_ones() -> None:
    assert (Rule(("2SA",), "10:00", "13:00").freq, Rule(("SA",), "10:00", "13:00").freq) == ("MONTHLY", "WEEKLY")


def _schedule(byday: str, opens: str, closes: str, **more: object) -> dict[str, object]:
    return {"byday": byday, "opens_at": opens, "closes_at": closes, **more}


@pytest.mark.parametrize(
    ("schedules", "hours"),
    [
        ([_schedule("MO,TU,WE", "8:00", "16:00:00")], "Mo-We 08:00-16:00"),
        ([_schedule("TH", "14:00", "17:00"), _schedule("TH", "09:00", "12:00")], "Th 09:00-12:00,14:00-17:00"),
        ([_schedule("2SA", "10:00+01:00", "13:00+01:00")], "Sa[2] 10:00-13:00"),
        ([_schedule("MO", "10:00Z", "13:00Z")], None),
        ([_schedule("MO", "10:00", "13:00", interval=2)], None),
        ([{"description": "nach Vereinbarung"}], None),
    ],
)
def test_rules_become_hours(schedules: list[dict[str, object]], hours: str | None) -> None:
    assert hours_of(schedules) == hours
