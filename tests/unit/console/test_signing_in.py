"""The console's door: signing in and out, sessions, forged forms, too many tries."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask

from console.accounts import passwords
from knowledge import Knowledge
from tests.unit.console.conftest import PASSWORD, Person

MakePerson = Callable[..., Person]


def test_without_signing_in_every_page_leads_to_the_door_and_back_again(person: MakePerson) -> None:
    one = person()
    answer = one.get("/console/account/")
    assert (answer.status_code, answer.location) == (302, "/console/sign-in?next=/console/account/")
    one.get(answer.location)
    answer = one.post("/console/sign-in", email="Anna@Example.org ", password=PASSWORD, next="/console/account/")
    assert (answer.status_code, answer.location) == (302, "/console/account/")
    assert one.get("/console/account/").status_code == 200
    assert "anna@example.org" in one.text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/console//evil.example", "/", "/console/\\evil"]
)
def test_after_signing_in_nobody_is_led_to_another_website(person: MakePerson, back: str) -> None:
    one = person()
    one.get("/console/sign-in")
    answer = one.post("/console/sign-in", email="anna@example.org", password=PASSWORD, next=back)
    assert answer.location == "/console/"


def test_the_session_id_changes_at_sign_in_and_the_old_one_is_worth_nothing(person: MakePerson, app: Flask) -> None:
    one = person()
    one.get("/console/sign-in")
    before = one.client.get_cookie("console", path="/console")
    one.sign_in("anna")
    after = one.client.get_cookie("console", path="/console")
    assert before
    assert after
    assert before.value != after.value
    assert (after.http_only, after.same_site) == (True, "Lax")
    other = person()
    other.client.set_cookie("console", before.value, path="/console")
    assert other.get("/console/account/").status_code == 302


def test_over_https_the_cookie_is_the_hosts_alone(app: Flask) -> None:
    answer = app.test_client().get("/console/sign-in", base_url="https://lotse.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-console=")
    assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; Path=/;", "; SameSite=Lax"))
    assert "Domain" not in cookie


def test_signing_out_ends_the_session_for_good(person: MakePerson) -> None:
    one = person("anna")
    cookie = one.client.get_cookie("console", path="/console")
    assert cookie
    assert one.post("/console/sign-out").location == "/console/sign-in?said=signed_out"
    thief = person()
    thief.client.set_cookie("console", cookie.value, path="/console")
    assert thief.get("/console/account/").status_code == 302


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(person: MakePerson, name: str) -> None:
    one = person()
    answer = one.sign_in(name, "falsch geraten!")
    assert answer.status_code == 403
    assert "E-Mail-Adresse, Passwort oder Code stimmen nicht" in one.text
    assert f'value="{name}@example.org"' in one.html
    assert "falsch geraten" not in one.html


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_after_ten_tries_nobody_gets_in_for_a_while(person: MakePerson, name: str) -> None:
    one = person()
    for _ in range(10):
        assert one.sign_in(name, "falsch geraten!").status_code == 403
    answer = one.sign_in(name)
    assert answer.status_code == 429
    assert "Viertelstunde" in one.text


def test_whoever_gets_in_has_mistyped_only(person: MakePerson, knowledge: Knowledge) -> None:
    one = person()
    for _ in range(4):
        one.sign_in("anna", "falsch geraten!")
    assert one.sign_in("anna").status_code == 302
    assert person().sign_in("anna", "falsch geraten!").status_code == 403


def test_a_disabled_account_is_out_at_once_and_does_not_get_in(person: MakePerson, knowledge: Knowledge) -> None:
    one = person("anna")
    account = knowledge.accounts.of_email("anna@example.org")
    assert account
    knowledge.accounts.set_disabled(account.id, True)
    assert one.get("/console/account/").status_code == 302
    assert one.sign_in("anna").status_code == 403


def test_a_form_without_its_token_or_from_another_website_is_refused(person: MakePerson) -> None:
    one = person("anna")
    good = one.token
    assert one.client.post("/console/account/language", data={"language": "en"}).status_code == 400
    other = person("ben")
    assert (
        one.client.post("/console/account/language", data={"language": "en", "form_token": other.token}).status_code
        == 400
    )
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ):
        answer = one.client.post(
            "/console/account/language", data={"language": "en", "form_token": good}, headers=headers
        )
        assert answer.status_code == 400, headers
    assert "Formular ist zu alt" in answer.get_data(as_text=True)
    assert one.post("/console/account/language", language="en", form_token=good).status_code == 302


def test_every_form_carries_another_token(person: MakePerson) -> None:
    one = person("anna")
    tokens = {one.token}
    for _ in range(3):
        one.get("/console/account/")
        tokens.add(one.token)
    assert len(tokens) == 4


def test_what_was_typed_survives_the_end_of_a_session(person: MakePerson, knowledge: Knowledge) -> None:
    one = person("anna")
    knowledge.web_sessions.delete_expired(now=datetime.now(UTC) + timedelta(days=1))
    answer = one.post("/console/accounts/", email="neu@example.org", role="helper", alliances="koethen")
    assert answer.status_code == 401
    assert "noch da" in one.text
    answer = one.post(
        "/console/sign-in", email="anna@example.org", password=PASSWORD, next="/console/accounts/",
        **{"carried.email": "neu@example.org", "carried.role": "helper"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert 'name="email" value="neu@example.org"' in one.html
    assert 'action="/console/accounts/"' in one.html
    assert knowledge.accounts.of_email("neu@example.org") is None


def test_with_two_steps_the_password_alone_does_not_let_in_and_a_code_works_once(
    person: MakePerson, knowledge: Knowledge
) -> None:
    account = knowledge.accounts.of_email("anna@example.org")
    assert account
    secret = pyotp.random_base32()
    knowledge.accounts.set_totp(account.id, secret)
    code = pyotp.TOTP(secret).now()
    assert person().sign_in("anna").status_code == 403
    assert person().sign_in("anna", code="000000").status_code == 403
    assert person().sign_in("anna", code=f"{code[:3]} {code[3:]}").status_code == 302
    assert person().sign_in("anna", code=code).status_code == 403


def test_the_pages_run_nothing_foreign_and_are_kept_nowhere(person: MakePerson) -> None:
    answer = person("anna").get("/console/account/")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.get_data(as_text=True)
    assert " style=" not in answer.get_data(as_text=True)


def test_an_unknown_address_takes_as_long_as_a_wrong_password(knowledge: Knowledge) -> None:
    def took_s(email: str) -> float:
        account = knowledge.accounts.of_email(email)
        began = time.perf_counter()
        assert not passwords.is_right(account, "falsch geraten!")
        return time.perf_counter() - began

    known, unknown = (min(took_s(email) for _ in range(7)) for email in ("anna@example.org", "nobody@example.org"))
    assert 0.5 < known / unknown < 2
