"""Inviting, choosing passwords by links, one's own account."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pyotp
import pytest
from aiosmtpd.controller import Controller

from console.accounts import passwords
from console.accounts.links import link_for
from console.parts import Parts
from knowledge import Account, Knowledge
from tests.unit.console.conftest import PASSWORD, Person
from widget.settings import MailSettings, WebSettings

MakePerson = Callable[..., Person]
NEW = "noch ein Satz über Igel"


def _account(knowledge: Knowledge, name: str) -> Account:
    found = knowledge.accounts.of_email(f"{name}@example.org")
    assert found
    return found


def _link(html: str) -> str:
    found = re.search(r"http://localhost(/console/password/[\w.-]+)", html)
    assert found, html
    return found.group(1)


def test_an_invitation_is_shown_to_be_passed_on_and_works_once(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    anna.get("/console/accounts/")
    anna.post("/console/accounts/", email="Neu@example.org", name="Nele Neu", role="helper", alliances=["koethen"])
    link = _link(anna.html)
    nele = person()
    assert nele.get(link).status_code == 200
    assert "neu@example.org" in nele.text
    assert nele.post(link, password=NEW, again=NEW).location == "/console/sign-in?said=password_chosen&lang=de"
    assert nele.sign_in("neu", NEW).status_code == 302
    assert person().get(link).status_code == 404
    added = _account(knowledge, "neu")
    assert (added.name, added.role, added.alliances) == ("Nele Neu", "helper", ("koethen",))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "kein", "role": "helper", "alliances": "koethen"}, "keine E-Mail-Adresse"),
        ({"email": "rita@example.org", "role": "helper", "alliances": "koethen"}, "schon einen Zugang"),
        ({"email": "x@example.org", "role": "service_office", "alliances": "koethen"}, "Wählen Sie eine Rolle"),
        ({"email": "x@example.org", "role": "helper", "alliances": "halle"}, "mindestens ein Bündnis"),
        ({"email": "x@example.org", "role": "helper"}, "mindestens ein Bündnis"),
    ],
)
def test_an_invitation_that_cannot_be_says_why_and_keeps_what_was_typed(
    person: MakePerson, knowledge: Knowledge, fields: dict[str, str], said: str
) -> None:
    anna = person("anna")
    answer = anna.post("/console/accounts/", **fields)
    assert answer.status_code == 422
    assert said in anna.text
    assert f'value="{fields["email"]}"' in anna.html
    assert knowledge.accounts.of_email("x@example.org") is None


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kurz", "kurz", "zu kurz"),
        ("aaaaaaaaaaaaa", "aaaaaaaaaaaaa", "leicht zu erraten"),
        ("anna-und-mehr-als-zwölf", "anna-und-mehr-als-zwölf", "leicht zu erraten"),
        (NEW, NEW + "x", "verschieden"),
        ("x" * 201, "x" * 201, "zu lang"),
    ],
)
def test_a_bad_password_is_not_taken(
    person: MakePerson, knowledge: Knowledge, password: str, again: str, said: str
) -> None:
    one = person()
    key = one.client.application.extensions["console"].key
    path = link_for(key, _account(knowledge, "anna"), base_url="")
    one.get(path)
    assert one.post(path, password=password, again=again).status_code == 422
    assert said in one.text
    assert person().sign_in("anna").status_code == 302


def test_a_link_that_is_forged_or_too_old_leads_nowhere(
    person: MakePerson, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = person()
    found: Parts = one.client.application.extensions["console"]
    anna = _account(knowledge, "anna")
    path = link_for(found.key, anna, base_url="")
    assert one.get(path).status_code == 200
    assert one.get(link_for("another key", anna, base_url="")).status_code == 404
    assert one.get(path[:-2]).status_code == 404
    assert "nicht für immer" in one.text

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(hours=24, seconds=1)

    monkeypatch.setattr(passwords, "datetime", Later)
    assert one.get(path).status_code == 404


def test_a_new_link_and_keeping_out_are_for_those_one_looks_after(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    anna.post(f"/console/accounts/{_account(knowledge, 'helga').id}/link")
    assert "/console/password/" in anna.html
    anna.post(f"/console/accounts/{_account(knowledge, 'helga').id}/disabled", disabled="yes")
    assert _account(knowledge, "helga").disabled
    for name in ("office", "ben"):
        assert (
            anna.post(f"/console/accounts/{_account(knowledge, name).id}/disabled", disabled="yes").status_code == 404
        )
        assert not _account(knowledge, name).disabled
    anna.post(f"/console/accounts/{_account(knowledge, 'anna').id}/disabled", disabled="yes")
    assert not _account(knowledge, "anna").disabled


def test_a_coordinator_does_not_look_after_somebody_who_works_for_another_alliance_too(
    person: MakePerson, knowledge: Knowledge
) -> None:
    both = knowledge.accounts.add("both@example.org", role="helper", alliances=["koethen", "halle"])
    anna = person("anna")
    anna.get("/console/accounts/")
    assert "both@example.org" not in anna.text
    assert anna.post(f"/console/accounts/{both.id}/link").status_code == 404
    office = person("office")
    office.post(f"/console/accounts/{both.id}/link")
    assert "both@example.org" in office.text


def test_the_own_password_is_changed_by_whoever_knows_it_and_other_devices_are_signed_out(person: MakePerson) -> None:
    phone, desk = person("anna"), person("anna")
    assert desk.post("/console/account/password", password="falsch", new=NEW, again=NEW).status_code == 422
    assert "jetzige Passwort stimmt nicht" in desk.text
    assert desk.post("/console/account/password", password=PASSWORD, new=NEW, again=NEW).status_code == 302
    assert desk.get("/console/account/").status_code == 200
    assert phone.get("/console/account/").status_code == 302
    assert person().sign_in("anna", NEW).status_code == 302


def test_two_steps_are_set_up_with_a_code_of_the_app_and_turned_off_with_the_password(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    signed = re.search(r'name="secret" value="([^"]+)"', anna.html)
    assert signed
    secret = signed.group(1).partition(".")[0]
    wrong = anna.post("/console/account/second-factor", secret=signed.group(1), code="000000", password=PASSWORD)
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret).now()
    forged = anna.post("/console/account/second-factor", secret=f"{secret}.forged", code=code, password=PASSWORD)
    assert forged.status_code == 422
    anna.post("/console/account/second-factor", secret=signed.group(1), code=code, password=PASSWORD)
    assert _account(knowledge, "anna").totp_secret == secret
    assert anna.post("/console/account/second-factor", password="falsch").status_code == 422
    anna.post("/console/account/second-factor", password=PASSWORD)
    assert _account(knowledge, "anna").totp_secret is None


def test_the_language_stays_with_the_account(person: MakePerson) -> None:
    anna = person("anna")
    anna.post("/console/account/language", language="en")
    anna.get("/console/account/")
    assert "My account" in anna.text
    again = person("anna")
    again.get("/console/")
    assert "Welcome, Anna" in again.text


def test_without_a_mail_server_a_forgotten_password_is_asked_for_in_person(person: MakePerson) -> None:
    one = person()
    one.get("/console/forgotten")
    assert "Servicestelle um einen neuen Link" in one.text


class TestWithMail:
    """The same with a mail server and the server's own address."""

    @pytest.fixture
    def settings(self, postbox: Controller) -> WebSettings:
        mail = MailSettings(host="127.0.0.1", port=postbox.port, sender="lotse@example.org")
        return WebSettings(rate_limit="10000 per minute", mail=mail, public_url="https://lotse.example.org")

    def test_an_invitation_goes_by_mail_and_is_not_shown(self, person: MakePerson, mails: list[EmailMessage]) -> None:
        anna = person("anna")
        answer = anna.post("/console/accounts/", email="neu@example.org", role="helper", alliances="koethen")
        assert answer.location == "/console/accounts/?said=invited"
        (mail,) = mails
        assert (mail["To"], mail["Subject"]) == ("neu@example.org", "Ihr Zugang zum Bündnislotsen")
        assert "https://lotse.example.org/console/password/" in mail.get_content()

    def test_a_forgotten_password_is_answered_the_same_whoever_asks(
        self, person: MakePerson, mails: list[EmailMessage]
    ) -> None:
        answers = []
        for name in ("anna", "nobody"):
            one = person()
            one.get("/console/forgotten")
            answers.append(one.post("/console/forgotten", email=f"{name}@example.org").location)
        assert set(answers) == {"/console/sign-in?said=link_mailed&lang=de"}
        began = time.monotonic()
        while not mails and time.monotonic() - began < 5:
            time.sleep(0.02)
        assert [mail["To"] for mail in mails] == ["anna@example.org"]
