"""Accounts, sessions and tries to sign in, in every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from knowledge.errors import AccountExistsError, UnknownRecordError
from knowledge.store import Accounts, SignInAttempts, Store, WebSessions
from knowledge.values import Alliance

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def accounts(engine: Engine, store: Store, koethen: Alliance) -> Accounts:
    store.put([koethen], editor="anna")
    return Accounts(engine)


@pytest.fixture
def sessions(engine: Engine) -> WebSessions:
    return WebSessions(engine)


def test_an_account_is_found_by_its_address_in_whatever_letters(accounts: Accounts) -> None:
    added = accounts.add(" Anna@Example.org", role="coordinator", alliances=["koethen"], name="Anna Berg")
    assert accounts.of_email("anna@example.ORG") == accounts.one(added.id) == added
    assert (added.email, added.alliances, added.password_hash) == ("anna@example.org", ("koethen",), None)
    assert accounts.of_email("ben@example.org") is None


def test_an_address_has_one_account(accounts: Accounts) -> None:
    accounts.add("anna@example.org", role="reader", alliances=[])
    with pytest.raises(AccountExistsError):
        accounts.add("ANNA@example.org", role="service_office", alliances=[])
    assert [(a.email, a.role) for a in accounts.all()] == [("anna@example.org", "reader")]


def test_an_account_of_an_unknown_alliance_is_refused_whole(accounts: Accounts) -> None:
    with pytest.raises(UnknownRecordError, match="no alliance 'nowhere'; there are: koethen"):
        accounts.add("anna@example.org", role="coordinator", alliances=["koethen", "nowhere"])
    assert accounts.all() == []


def test_the_service_office_works_for_all_alliances_and_others_for_their_own(accounts: Accounts) -> None:
    office = accounts.add("office@example.org", role="service_office", alliances=[])
    anna = accounts.add("anna@example.org", role="coordinator", alliances=["koethen"])
    assert (office.may_see("koethen"), office.may_see("other"), office.tenants) == (True, True, None)
    assert (anna.may_see("koethen"), anna.may_see("other"), anna.tenants) == (True, False, ("koethen",))


def test_a_session_is_known_by_its_token_alone_and_the_database_does_not_hold_it(
    accounts: Accounts, sessions: WebSessions, engine: Engine
) -> None:
    anna = accounts.add("anna@example.org", role="coordinator", alliances=[])
    token = sessions.open(anna.id, now=NOW)
    assert sessions.account_of(token, now=NOW) == anna.id
    assert sessions.account_of(token + "x", now=NOW) is None
    with engine.connect() as connection:
        assert token not in str(connection.execute(text("SELECT id FROM web_session")).all())
    sessions.close(token)
    assert sessions.account_of(token, now=NOW) is None


def test_a_session_ends_after_an_idle_hour_and_after_twelve_busy_ones(
    accounts: Accounts, sessions: WebSessions
) -> None:
    anna = accounts.add("anna@example.org", role="coordinator", alliances=[])
    token = sessions.open(anna.id, now=NOW)
    for minutes in range(50, 12 * 60, 50):
        assert sessions.account_of(token, now=NOW + timedelta(minutes=minutes)) == anna.id
    assert sessions.account_of(token, now=NOW + timedelta(hours=12)) is None
    idle = sessions.open(anna.id, now=NOW)
    assert sessions.account_of(idle, now=NOW + timedelta(minutes=60)) is None
    assert sessions.delete_expired(now=NOW + timedelta(hours=13)) == 2


def test_a_new_password_or_being_disabled_ends_all_sessions(accounts: Accounts, sessions: WebSessions) -> None:
    anna = accounts.add("anna@example.org", role="coordinator", alliances=[])
    first = sessions.open(anna.id)
    accounts.set_password(anna.id, "$argon2id$…")
    second = sessions.open(anna.id)
    accounts.set_disabled(anna.id, True)
    assert [sessions.account_of(first), sessions.account_of(second)] == [None, None]
    found = accounts.one(anna.id)
    assert found is not None
    assert (found.disabled, found.password_hash) == (True, "$argon2id$…")


def test_a_code_of_the_second_factor_is_taken_once(accounts: Accounts) -> None:
    anna = accounts.add("anna@example.org", role="coordinator", alliances=[])
    accounts.set_totp(anna.id, "BASE32")
    assert [accounts.use_totp(anna.id, step) for step in (10, 10, 9, 11)] == [True, False, False, True]


def test_changing_an_account_that_is_not_there_is_said(accounts: Accounts) -> None:
    with pytest.raises(UnknownRecordError, match="no account 7"):
        accounts.set_language(7, "en")


def test_ten_tries_in_a_quarter_of_an_hour_are_taken_and_no_more(engine: Engine) -> None:
    attempts = SignInAttempts(engine)
    assert [attempts.begin(["account anna", f"address {n}"], now=NOW) for n in range(11)] == [True] * 10 + [False]
    assert attempts.begin(["account ben", "address 1"], now=NOW)
    assert attempts.begin(["account anna"], now=NOW + timedelta(minutes=15))


def test_tries_are_forgotten_after_signing_in(engine: Engine) -> None:
    attempts = SignInAttempts(engine)
    for _ in range(10):
        attempts.begin(["account anna"], now=NOW)
    attempts.forget(["account anna"])
    assert attempts.begin(["account anna"], now=NOW)


def test_of_many_tries_at_once_ten_are_taken(engine: Engine) -> None:
    attempts = SignInAttempts(engine)
    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(lambda _: attempts.begin(["account anna"], now=NOW), range(24))) == 10
