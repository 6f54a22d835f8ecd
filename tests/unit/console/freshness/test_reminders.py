"""Reminders by mail, and what their links do: over a real store, with mails kept in a folder."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask

from console.accounts import passwords
from console.freshness import link_pages
from console.freshness.digest import remind
from console.freshness.recipients import Recipient, recipients_of
from console.freshness.review_links import read_token, review_token
from console.parts import Parts
from knowledge import Alliance, Knowledge
from knowledge.store.tables import ReminderRow
from tests.unit.console.conftest import Indexed, Person
from widget.mail.postbox import mailbox_folder
from widget.settings import WebSettings

MakePerson = Callable[..., Person]
NOW = datetime(2027, 11, 22, 9, tzinfo=UTC)
PUBLIC_URL = "https://lotse.example.org"
ANNA = Recipient(email="anna@example.org", language="de")


@pytest.fixture
def settings() -> WebSettings:
    return WebSettings(rate_limit="10000 per minute", public_url=PUBLIC_URL)


@pytest.fixture
def knowledge(knowledge: Knowledge) -> Knowledge:
    """The same, where both offerings were checked long ago, so that they are due, and nobody has left a note."""
    for offering in knowledge.store.offerings():
        knowledge.store.put([offering.model_copy(update={"checked_on": date(2020, 1, 1)})], editor="import")
    return knowledge


@pytest.fixture
def parts(app: Flask) -> Parts:
    found: Parts = app.extensions["console"]
    return found


def _mails(knowledge: Knowledge) -> list[EmailMessage]:
    files = mailbox_folder(knowledge.settings.data_dir).glob("*.eml")
    mails = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in files]  # type: ignore[arg-type]
    return sorted(mails, key=lambda mail: str(mail["To"]))  # type: ignore[arg-type, return-value]


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())


@pytest.fixture
def links(parts: Parts, knowledge: Knowledge) -> dict[str, str]:
    """Path of each link in Anna's reminder."""
    remind(parts, now=NOW)
    anna = next(mail for mail in _mails(knowledge) if mail["To"] == "anna@example.org")
    return {what: path for path, what in re.findall(rf"{PUBLIC_URL}(/console/review/([a-z-]+)/\S+)", _text(anna))}


def test_the_coordinators_of_an_alliance_get_one_mail_with_its_offerings_alone(
    parts: Parts, knowledge: Knowledge
) -> None:
    assert remind(parts, now=NOW) is True
    anna, ben = _mails(knowledge)
    assert (anna["To"], ben["To"]) == ("anna@example.org", "ben@example.org")
    assert anna["Subject"] == "Bitte nachsehen: Bündnis Köthen (1)"
    assert anna["Auto-Submitted"] == "auto-generated"
    text = _text(anna)
    assert "Kita Sonne (06366 Köthen)" in text
    assert "Zuletzt geprüft am 01.01.2020." in text
    assert "Kita Fremd" not in anna.as_string()
    html = anna.get_body(("html",))
    assert html
    assert html.get_content().count("/console/review/") == 3
    assert "https://lotse.example.org/console/\n" in text


def test_a_name_of_two_lines_keeps_no_reminder_back(parts: Parts, knowledge: Knowledge) -> None:
    of_koethen = next(one for one in knowledge.store.alliances() if one.id == "koethen")
    knowledge.store.put([of_koethen.model_copy(update={"name": "Bündnis\nBcc: all@example.org"})], editor="import")
    assert remind(parts, now=NOW) is True
    anna, ben = _mails(knowledge)
    assert (anna["To"], ben["To"], anna["Bcc"]) == ("anna@example.org", "ben@example.org", None)
    assert anna["Subject"] == "Bitte nachsehen: Bündnis Bcc: all@example.org (1)"


def test_each_reminder_is_sent_once_a_week_whoever_sends_it(parts: Parts, knowledge: Knowledge) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: remind(parts, now=NOW), range(4)))
    remind(parts, now=NOW + timedelta(days=6))
    assert len(_mails(knowledge)) == 2
    remind(parts, now=NOW + timedelta(days=7))
    assert [mail["Message-ID"].split(".")[3][0] for mail in _mails(knowledge) if mail["To"] == "anna@example.org"] in (
        ["1", "2"],
        ["2", "1"],
    )


def test_one_that_was_sent_and_not_marked_is_the_same_mail_again(parts: Parts, knowledge: Knowledge) -> None:
    class KilledError(Exception): ...

    class DiesBeforeTheMark:
        def __init__(self) -> None:
            self.claim = knowledge.reminders.claim

        def mark_sent(self, *args: object, **fields: object) -> None:
            raise KilledError

    knowledge.__dict__["reminders"] = DiesBeforeTheMark()
    with pytest.raises(KilledError):
        remind(parts, now=NOW)
    del knowledge.__dict__["reminders"]
    remind(parts, now=NOW + timedelta(minutes=1))
    first = [mail["Message-ID"] for mail in _mails(knowledge)]
    remind(parts, now=NOW + timedelta(hours=1))
    assert first == [mail["Message-ID"] for mail in _mails(knowledge)]
    with knowledge._engine.connect() as connection:
        assert sorted(connection.scalars(ReminderRow.__table__.select().with_only_columns(ReminderRow.number))) == [
            2,
            2,
        ]


def test_a_mail_that_is_not_taken_is_tried_again_later(parts: Parts, knowledge: Knowledge) -> None:
    folder = mailbox_folder(knowledge.settings.data_dir)
    folder.touch()  # in the way, as a full disk would be
    assert remind(parts, now=NOW) is False
    folder.unlink()
    assert remind(parts, now=NOW + timedelta(minutes=5)) is True
    assert _mails(knowledge) == []
    assert remind(parts, now=NOW + timedelta(minutes=15)) is True
    assert len(_mails(knowledge)) == 2


def test_nobody_is_reminded_without_an_address_of_the_server_or_without_anything_due(
    parts: Parts, knowledge: Knowledge
) -> None:
    remind(replace(parts, settings=replace(parts.settings, public_url=None)), now=NOW)
    today = knowledge.settings.current_date()
    for one in knowledge.reviews.published():
        knowledge.reviews.confirm(one.id, on=today, editor="anna", read_version=one.version)
    remind(parts, now=NOW)
    assert _mails(knowledge) == []


def test_without_coordinators_the_alliance_itself_is_reminded(knowledge: Knowledge) -> None:
    accounts = knowledge.accounts.all()
    koethen = Alliance(id="koethen", name="K", email="post@koethen.example.org")
    assert [one.email for one in recipients_of(koethen, accounts)] == ["anna@example.org"]
    (anna,) = (one for one in accounts if one.email == "anna@example.org")
    knowledge.accounts.set_disabled(anna.id, True)
    assert [one.email for one in recipients_of(koethen, knowledge.accounts.all())] == ["post@koethen.example.org"]
    assert recipients_of(Alliance(id="koethen", name="K"), knowledge.accounts.all()) == []


def test_following_links_changes_nothing(
    links: dict[str, str], person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    scanner = person()
    for path in links.values():
        assert scanner.get(path).status_code == 200
        assert "Kita Sonne" in scanner.text
        assert scanner.client.head(path).status_code == 200
    assert [len(knowledge.editions.history("kita-sonne")), indexed.times] == [2, 0]


def test_still_true_writes_today_on_the_card_and_ends_all_three_links(
    links: dict[str, str], person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    anna = person()
    anna.get(links["still-true"])
    answer = anna.post(links["still-true"])
    assert answer.location == "/console/review/done?said=review_confirm"
    anna.get(answer.location)
    assert "Das heutige Datum steht jetzt auf der Karte" in anna.text
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.checked_on == knowledge.settings.current_date()
    assert (knowledge.editions.history("kita-sonne")[-1].editor, indexed.times) == ("anna@example.org", 1)
    for path in links.values():
        for again in (anna.get(path), anna.post(path, text="x")):
            assert again.status_code == 410
            assert "Er wurde schon benutzt" in anna.text
    assert len(knowledge.editions.history("kita-sonne")) == 3


def test_gone_takes_it_out_and_leaves_the_draft(
    links: dict[str, str], person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    edition = knowledge.editions.one("kita-sonne")
    assert edition
    knowledge.editions.save(edition.offering, state="draft", editor="helga", read_version=edition.version)
    anna = person()
    anna.get(links["gone"])
    anna.post(links["gone"])
    assert knowledge.store.offering("kita-sonne") is None
    left = knowledge.editions.one("kita-sonne")
    assert left
    assert (left.state, left.public, indexed.times) == ("draft", None, 1)


def test_a_correction_becomes_a_note_at_the_offering(
    links: dict[str, str], person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person()
    anna.get(links["change"])
    for text in ("", "x" * 2001):
        assert anna.post(links["change"], text=text).status_code == 422
        assert "Schreiben Sie höchstens 2.000 Zeichen" in anna.text
        assert text in anna.html
    anna.post(links["change"], text="Die Nummer ist <b>neu</b>.")
    assert anna.post(links["change"], text="Noch etwas").status_code == 410
    assert anna.get(links["still-true"]).status_code == 410
    helga = person("helga")
    helga.get("/console/")
    assert "Hinweis von anna@example.org: „Die Nummer ist <b>neu</b>.“" in helga.text
    helga.get("/console/offerings/kita-sonne")
    assert "Die Nummer ist &lt;b&gt;neu&lt;/b&gt;." in helga.html
    note = knowledge.notes.waiting(["koethen"])[-1]
    helga.post(f"/console/offerings/notes/{note.id}/done")
    assert [one.text for one in knowledge.notes.waiting(["koethen"])] == ["Stimmt nicht (kita-sonne)"]


def test_whoever_is_signed_in_is_led_to_the_form_of_their_own_offerings(
    links: dict[str, str], person: MakePerson
) -> None:
    assert person("anna").get(links["change"]).location == "/console/offerings/kita-sonne/edit"
    assert person("rita").get(links["change"]).status_code == 200
    assert person("ben").get(links["change"]).status_code == 200


def test_links_end_with_their_time_their_version_and_their_recipient(
    links: dict[str, str], parts: Parts, person: MakePerson, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, token = person(), links["gone"].rpartition("/")[2]
    assert read_token(parts.key, token) is not None
    late = read_token(parts.key, token, now=datetime.now(UTC) + timedelta(days=30))
    assert late
    assert late.expired is True
    with monkeypatch.context() as patched:
        patched.setattr(link_pages, "read_token", lambda key, token: late)
        assert one.get(links["gone"]).status_code == 410
        assert "mehr als 30 Tage alt" in one.text
    (anna,) = (account for account in knowledge.accounts.all() if account.email == "anna@example.org")
    knowledge.accounts.set_disabled(anna.id, True)
    assert one.get(links["gone"]).status_code == 410
    assert "die jetzt für dieses Bündnis zuständig sind" in one.text
    knowledge.accounts.set_disabled(anna.id, False)
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    knowledge.store.put([offering.model_copy(update={"title": "Kita Mond"})], editor="import")
    one.get("/console/sign-in")
    assert one.post(links["gone"]).status_code == 410
    assert knowledge.store.offering("kita-sonne") is not None


def test_forged_links_are_none(links: dict[str, str], parts: Parts, person: MakePerson) -> None:
    one, token = person(), links["gone"].rpartition("/")[2]
    foreign = review_token("another key", "kita-sonne", 2, ANNA)
    password = passwords._serializer(parts.key).dumps(["kita-sonne", 2, ANNA.stamp])
    for forged in (foreign, password, token[:-2], f"x{token}"):
        assert one.get(f"/console/review/gone/{forged}").status_code == 404
    other = review_token(parts.key, "kita-fremd", 2, ANNA)
    assert one.get(f"/console/review/gone/{other}").status_code == 410


def test_the_button_needs_the_page_it_stands_on(
    links: dict[str, str], person: MakePerson, knowledge: Knowledge
) -> None:
    one = person()
    assert one.post(links["still-true"]).status_code == 400
    assert len(knowledge.editions.history("kita-sonne")) == 2
