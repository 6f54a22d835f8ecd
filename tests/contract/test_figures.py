"""Counters of what happened, in every database."""

import threading
from datetime import date

import pytest
from sqlalchemy import Engine, inspect

from knowledge.store import Feedback, Figure, Figures, Store
from knowledge.store.figures import kept_from
from knowledge.values import Alliance

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture
def figures(engine: Engine) -> Figures:
    return Figures(engine)


def test_counts_are_added_up_by_kind_and_value_within_the_days_asked_for(figures: Figures) -> None:
    figures.add({Figure(MONDAY, "koethen", "language", "tr"): 2, Figure(MONDAY, None, "language", "tr"): 1})
    figures.add({Figure(TUESDAY, "koethen", "language", "tr"): 3, Figure(TUESDAY, "koethen", "search", "answered"): 1})
    figures.add({Figure(WEDNESDAY, "koethen", "language", "de"): 7})
    assert figures.totals(MONDAY, WEDNESDAY) == {"language": {"tr": 6}, "search": {"answered": 1}}
    assert figures.totals(MONDAY, WEDNESDAY, alliance="koethen") == {"language": {"tr": 5}, "search": {"answered": 1}}
    assert figures.totals(TUESDAY, WEDNESDAY, alliance="halle") == {}
    assert figures.totals(WEDNESDAY, date(2027, 1, 1)) == {"language": {"de": 7}}


def test_what_was_shown_is_counted_over_all_alliances_since_a_day(figures: Figures) -> None:
    figures.add({Figure(MONDAY, "koethen", "offering", "kita"): 9, Figure(TUESDAY, "halle", "offering", "kita"): 2})
    figures.add({Figure(WEDNESDAY, None, "offering", "kita"): 1, Figure(WEDNESDAY, None, "need", "daycare"): 1})
    assert figures.shown(TUESDAY) == {"kita": 3}
    assert figures.shown(date(2026, 11, 19)) == {}


def test_several_who_count_the_same_at_once_lose_nothing(figures: Figures) -> None:
    keys = [Figure(MONDAY, name, "language", "tr") for name in ("a", "b", "c")]

    def count(order: list[Figure]) -> None:
        for _ in range(10):
            figures.add(dict.fromkeys(order, 1))

    threads = [threading.Thread(target=count, args=(order,)) for order in (keys, keys[::-1], keys[1:] + keys[:1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert figures.totals(MONDAY, TUESDAY) == {"language": {"tr": 90}}


def test_old_counters_are_deleted_and_the_first_day_is_that_of_what_is_left(figures: Figures) -> None:
    assert figures.first_day() is None
    figures.add({})
    figures.add({Figure(day, "koethen", "conversation"): 1 for day in (MONDAY, TUESDAY, WEDNESDAY)})
    assert figures.first_day() == MONDAY
    assert figures.delete_old(date(2028, 12, 17)) == 1
    assert figures.first_day() == TUESDAY


def test_counters_are_kept_for_25_months(figures: Figures) -> None:
    assert [kept_from(day) for day in (date(2026, 12, 31), date(2026, 3, 31), date(2027, 1, 1))] == [
        date(2024, 11, 30),
        date(2024, 2, 29),
        date(2024, 12, 1),
    ]


def test_feedback_is_counted_too(engine: Engine, figures: Figures, koethen: Alliance) -> None:
    Store(engine).put([koethen], editor="anna")
    feedback = Feedback(engine)
    feedback.give(helped=True, reason=None, alliance="koethen", language="tr")
    feedback.give(helped=False, reason="far", alliance="koethen", language="tr")
    feedback.give(helped=True, reason=None, alliance=None, language="de")
    first = figures.first_day()
    assert first is not None
    assert figures.totals(first, date.max) == {"helped": {"yes": 2, "no": 1}}
    assert figures.totals(first, date.max, alliance="koethen") == {"helped": {"yes": 1, "no": 1}}


def test_a_counter_holds_nothing_but_day_alliance_kind_value_and_count(engine: Engine) -> None:
    columns = {column["name"] for column in inspect(engine).get_columns("figure")}
    assert columns == {"alliance_id", "day", "kind", "value", "times"}
