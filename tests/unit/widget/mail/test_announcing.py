"""Alliances are told of questions by mail: over a real SMTP server on loopback."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from knowledge import Alliance, Question, SettingError
from lotse.ports import free_port
from widget.mail import postbox as postboxes
from widget.mail.announcing import announce_questions, mail_about
from widget.mail.postbox import PostboxAwayError, SmtpPostbox
from widget.settings import MailSettings, read_web_settings

ALLIANCE = Alliance(id="abi", name="Bündnis Anhalt-Bitterfeld (Demo)", email="kontakt@abi.example.org")
ASKED = datetime(2026, 11, 22, 9, tzinfo=UTC)
QUESTION = Question(
    id=7, alliance="abi", conversation="c1", language="ar", text="هل توجد حضانة؟", contact="maryam@example.org", state="open",
    asked_at=ASKED, delete_after=ASKED + timedelta(days=30),
)  # fmt: skip


@dataclass
class Postbox:
    """What the mail server took; it refuses mails to `refused`."""

    mails: list[EmailMessage] = field(default_factory=list)
    refused: str = "-"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802  # aiosmtpd's name
        if address == self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  # aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@dataclass
class FakeQuestions:
    waiting: list[Question]

    def unannounced(self) -> list[Question]:
        return list(self.waiting)

    def mark_notified(self, question_id: int) -> None:
        self.waiting = [question for question in self.waiting if question.id != question_id]


def knowledge_with(*waiting: Question, alliances: tuple[Alliance, ...] = (ALLIANCE,)) -> SimpleNamespace:
    store = SimpleNamespace(alliances=lambda: list(alliances))
    return SimpleNamespace(questions=FakeQuestions(list(waiting)), store=store)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def mail(postbox: Postbox) -> Iterator[MailSettings]:
    def login(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"lotse", b"p@ss/word"), handled=False)

    port = free_port(8465)
    controller = Controller(
        postbox, "127.0.0.1", port, authenticator=login, auth_require_tls=False, enable_SMTPUTF8=True
    )
    controller.start()
    yield MailSettings(host="127.0.0.1", port=port, sender="lotse@example.org", user="lotse", password="p@ss/word")
    controller.stop()


def test_the_alliance_gets_question_contact_language_and_what_to_do(postbox: Postbox, mail: MailSettings) -> None:
    knowledge = knowledge_with(QUESTION)
    assert announce_questions(knowledge, SmtpPostbox(mail)) is True
    (sent,) = postbox.mails
    assert (sent["To"], sent["Reply-To"]) == ("kontakt@abi.example.org", "maryam@example.org")
    assert sent["From"] == "Bündnislotse <lotse@example.org>"
    assert sent["Subject"] == "Bündnislotse: neue Frage Nr. 7"
    text = sent.get_content()
    for told in (
        "> هل توجد حضانة؟",
        "Antwort bitte an: maryam@example.org",
        "Sprache: Arabisch",
        "lotse inbox answered 7",
    ):
        assert told in text
    assert "bis zum 22.12.2026" in text
    assert knowledge.questions.waiting == []


def test_with_an_address_of_its_own_the_mail_leads_to_the_consoles_page_first() -> None:
    text = mail_about(QUESTION, ALLIANCE, sender="l@example.org", public_url="https://lotse.example.org").get_content()
    assert "https://lotse.example.org/console/inbox/7\n" in text
    assert text.index("/console/inbox/7") < text.index("lotse inbox answered 7")
    assert "None" not in mail_about(QUESTION, ALLIANCE, sender="l@example.org").get_content()


def test_each_question_is_sent_once(postbox: Postbox, mail: MailSettings) -> None:
    knowledge = knowledge_with(QUESTION, replace(QUESTION, id=8))
    announce_questions(knowledge, SmtpPostbox(mail))
    announce_questions(knowledge, SmtpPostbox(mail))
    assert [sent["Subject"][-1] for sent in postbox.mails] == ["7", "8"]


def test_a_mail_that_is_refused_is_tried_again_and_keeps_no_other_back(
    postbox: Postbox, mail: MailSettings, caplog: pytest.LogCaptureFixture
) -> None:
    postbox.refused = "nobody@example.org"
    other = Alliance(id="other", name="X", email="nobody@example.org")
    knowledge = knowledge_with(
        replace(QUESTION, alliance="other"), replace(QUESTION, id=8), alliances=(other, ALLIANCE)
    )
    with caplog.at_level(logging.WARNING):
        assert announce_questions(knowledge, SmtpPostbox(mail)) is False
    assert [sent["Subject"][-1] for sent in postbox.mails] == ["8"]
    assert [question.id for question in knowledge.questions.waiting] == [7]
    assert "nobody@" not in caplog.text
    postbox.refused = "-"
    assert announce_questions(knowledge, SmtpPostbox(mail)) is True
    assert len(postbox.mails) == 2


def test_a_server_that_is_away_loses_nothing(mail: MailSettings) -> None:
    knowledge = knowledge_with(QUESTION)
    with pytest.raises(PostboxAwayError, match="ConnectionRefusedError"):
        announce_questions(knowledge, SmtpPostbox(replace(mail, port=free_port(8999))))
    assert knowledge.questions.waiting == [QUESTION]


def test_a_wrong_password_loses_nothing(postbox: Postbox, mail: MailSettings) -> None:
    knowledge = knowledge_with(QUESTION)
    with pytest.raises(PostboxAwayError, match="SMTPAuthenticationError"):
        announce_questions(knowledge, SmtpPostbox(replace(mail, password="wrong")))
    assert (postbox.mails, knowledge.questions.waiting) == ([], [QUESTION])


def test_another_machine_without_encryption_gets_neither_mail_nor_password(
    postbox: Postbox, mail: MailSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postboxes, "_THIS_MACHINE", set())
    knowledge = knowledge_with(QUESTION)
    with pytest.raises(PostboxAwayError, match="no encryption"):
        announce_questions(knowledge, SmtpPostbox(mail))
    assert (postbox.mails, knowledge.questions.waiting) == ([], [QUESTION])


def test_an_alliance_without_an_address_waits_for_its_inbox(postbox: Postbox, mail: MailSettings) -> None:
    assert (
        announce_questions(knowledge_with(QUESTION, alliances=(Alliance(id="abi", name="X"),)), SmtpPostbox(mail))
        is True
    )
    assert postbox.mails == []


@pytest.mark.parametrize(
    "contact",
    [
        "a@b.example\r\nBcc: all@example.org",
        "a@b.example, c@d.example",
        "a@b.example\u2028Bcc: x@y.example",
        "+49 176 2312",
        "@",
        "",
    ],
)
def test_nothing_a_parent_writes_becomes_a_header(postbox: Postbox, mail: MailSettings, contact: str) -> None:
    text = "Hallo\r\nBcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<x@example.org>"
    announce_questions(knowledge_with(replace(QUESTION, contact=contact, text=text)), SmtpPostbox(mail))
    (sent,) = postbox.mails
    assert set(sent.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == {
        "Subject", "From", "To", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert "> Bcc: all@example.org" in sent.get_content()


def test_who_waits_in_a_messenger_is_answered_from_the_console() -> None:
    sent = mail_about(replace(QUESTION, contact="Telegram@chat.invalid"), ALLIANCE, sender="lotse@example.org")
    assert sent["Reply-To"] is None
    assert "Antwort bitte an: Telegram (bitte in der Konsole beantworten)\n" in sent.get_content()


def test_words_in_braces_stay_words() -> None:
    sent = mail_about(replace(QUESTION, text="{id} {contact.__class__}"), ALLIANCE, sender="lotse@example.org")
    assert "> {id} {contact.__class__}" in sent.get_content()


def test_the_mail_server_is_read_from_the_environment() -> None:
    url = {"LOTSE_SMTP_URL": "smtp://lotse:p%40ss@mail.example.org", "LOTSE_MAIL_FROM": "lotse@example.org"}
    assert read_web_settings(url).mail == MailSettings(
        host="mail.example.org", port=587, sender="lotse@example.org", user="lotse", password="p@ss"
    )
    whole = read_web_settings({**url, "LOTSE_SMTP_URL": "smtps://mail.example.org"}).mail
    assert whole == MailSettings(host="mail.example.org", port=465, sender="lotse@example.org", tls=True)
    assert read_web_settings({}).mail is None


@pytest.mark.parametrize(
    ("url", "sender", "named"),
    [
        ("mail.example.org:587", "a@b.example", "LOTSE_SMTP_URL"), ("http://u:secret@m.example", "a@b.example", "LOTSE_SMTP_URL"),
        ("smtp://u:secret@m.example:port", "a@b.example", "LOTSE_SMTP_URL"), ("smtp://", "a@b.example", "LOTSE_SMTP_URL"),
        ("smtp://m.example", "", "LOTSE_MAIL_FROM"), ("smtp://m.example", "a@b\nBcc: c@d", "LOTSE_MAIL_FROM"),
    ],
)  # fmt: skip
def test_a_mail_setting_out_of_its_form_is_named_without_its_password(url: str, sender: str, named: str) -> None:
    with pytest.raises(SettingError, match=named) as raised:
        read_web_settings({"LOTSE_SMTP_URL": url, "LOTSE_MAIL_FROM": sender})
    assert "secret" not in str(raised.value)
    assert "secret" not in repr(
        read_web_settings({**{"LOTSE_SMTP_URL": "smtp://u:secret@m.example"}, "LOTSE_MAIL_FROM": "a@b.example"})
    )
