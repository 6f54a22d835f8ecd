"""What is known of web addresses, in every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from knowledge.store import LinkCheck, LinkChecks

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
A, B = "https://a.example.org/kita", "https://b.example.org/" + "ä" * 1900


@pytest.fixture
def checks(engine: Engine) -> LinkChecks:
    made = LinkChecks(engine)
    made.follow({A, B}, now=NOW)
    return made


def _at(days: float) -> datetime:
    return NOW + timedelta(days=days)


def test_addresses_come_and_go_with_what_is_published(checks: LinkChecks) -> None:
    assert checks.all() == {A: LinkCheck(url=A, result="new"), B: LinkCheck(url=B, result="new")}
    checks.note(A, "ok", now=NOW)
    checks.follow({A}, now=NOW)
    assert checks.all() == {A: LinkCheck(url=A, result="ok")}
    checks.note(B, "ok", now=NOW)
    assert checks.of(B) is None
    many = {f"https://example.org/{number}" for number in range(1200)}
    checks.follow(many, now=NOW)
    checks.follow({A}, now=NOW)
    assert list(checks.all()) == [A]


def test_each_address_is_asked_by_one_process_and_again_after_a_week(checks: LinkChecks) -> None:
    with ThreadPoolExecutor(6) as threads:
        claimed = list(threads.map(lambda _: checks.claim(now=NOW), range(6)))
    assert sorted(claimed, key=str) == [*[None] * 4, A, B]
    checks.note(A, "ok", now=NOW)
    checks.note(B, "moved", now=NOW, moved_to="https://c.example.org/")
    assert checks.of(B) == LinkCheck(url=B, result="moved", moved_to="https://c.example.org/")
    assert checks.claim(now=_at(6.9)) is None
    assert checks.claim(now=_at(7)) in {A, B}


def test_an_address_whose_asker_was_ended_is_asked_again(checks: LinkChecks) -> None:
    assert {checks.claim(now=NOW), checks.claim(now=NOW)} == {A, B}
    assert checks.claim(now=NOW + timedelta(minutes=59)) is None
    assert checks.claim(now=NOW + timedelta(hours=1)) in {A, B}


def test_only_three_failures_on_different_days_are_broken(checks: LinkChecks) -> None:
    checks.follow({A}, now=NOW)
    for days, failures in ((0, 1), (0.1, 1), (1, 2)):
        checks.note(A, "broken", now=_at(days))
        found = checks.of(A)
        assert found
        assert (found.failures, found.is_broken) == (failures, False)
    assert checks.broken() == {}
    assert checks.claim(now=_at(1.9)) is None
    assert checks.claim(now=_at(2)) == A
    checks.note(A, "unreachable", now=_at(2))
    assert checks.broken() == {A: LinkCheck(url=A, result="unreachable", failures=3, failing_since=date(2026, 11, 22))}
    assert checks.claim(now=_at(8.9)) is None
    checks.note(A, "ok", now=_at(9))
    assert checks.of(A) == LinkCheck(url=A, result="ok")
