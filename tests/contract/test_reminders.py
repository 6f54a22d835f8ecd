"""Reminders are claimed by one process and sent once a week, in every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from knowledge.store import Reminders, Store
from knowledge.values import Alliance

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANNA = "anna@example.org"


@pytest.fixture
def reminders(engine: Engine, koethen: Alliance) -> Reminders:
    Store(engine).put([koethen, Alliance(id="halle", name="Halle")], editor="import")
    return Reminders(engine)


def test_of_several_at_once_one_has_the_first_reminder(reminders: Reminders) -> None:
    with ThreadPoolExecutor(8) as threads:
        claimed = list(threads.map(lambda _: reminders.claim("koethen", ANNA, now=NOW), range(8)))
    assert sorted(claimed, key=str) == [1, *[None] * 7]


def test_the_next_follows_after_a_week_for_each_alliance_and_recipient(reminders: Reminders) -> None:
    assert reminders.claim("koethen", ANNA, now=NOW) == 1
    reminders.mark_sent("koethen", ANNA, 1, now=NOW)
    assert reminders.claim("koethen", ANNA, now=NOW + timedelta(days=6, hours=23)) is None
    assert reminders.claim("halle", ANNA, now=NOW) == 1
    assert reminders.claim("koethen", "ben@example.org", now=NOW) == 1
    assert reminders.claim("koethen", ANNA, now=NOW + timedelta(days=7)) == 2


def test_one_that_was_not_sent_is_tried_again_later_and_later_under_its_number(reminders: Reminders) -> None:
    at, tried = NOW, []
    for minutes in (15, 30, 60):
        assert reminders.claim("koethen", ANNA, now=at) == 1
        assert reminders.claim("koethen", ANNA, now=at + timedelta(minutes=minutes - 1)) is None
        at += timedelta(minutes=minutes)
        tried.append(minutes)
    with ThreadPoolExecutor(4) as threads:
        again = list(threads.map(lambda _: reminders.claim("koethen", ANNA, now=at), range(4)))
    assert sorted(again, key=str) == [1, None, None, None]
