"""The inbox: parents' questions are read and answered by those alone for whom they were left."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from knowledge import Conversation, Knowledge, Question
from tests.telegram import SECRET, TOKEN
from tests.unit.console.conftest import Person
from widget.channels.opening import open_channels
from widget.channels.taking import Reception
from widget.settings import MailSettings, WebSettings
from widget.texts import language_names

MakePerson = Callable[..., Person]


def test_the_open_questions_of_ones_own_alliances_are_listed_with_the_day_of_deletion(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    anna.get("/console/inbox/")
    (question,) = knowledge.questions.all(alliance="koethen")
    assert "هل توجد حضانة؟ (koethen)" in anna.text
    assert "(halle)" not in anna.text
    assert "Arabisch" in anna.text
    assert f"wird am {question.delete_after:%d.%m.%Y} gelöscht" in anna.text
    anna.get("/console/")
    assert "Fragen, die auf eine Antwort warten: 1" in anna.text


def test_without_a_mail_server_the_own_mail_program_is_offered_and_the_question_ticked_off(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    (question,) = knowledge.questions.all(alliance="koethen")
    anna.get(f"/console/inbox/{question.id}")
    assert f'href="mailto:maryam@example.org?subject=Antwort%20auf%20Ihre%20Frage%20Nr.%20{question.id}%20' in anna.html
    anna.post(f"/console/inbox/{question.id}/state", state="answered")
    assert knowledge.questions.one(question.id).state == "answered"
    anna.get("/console/inbox/")
    assert "Keine Frage wartet" in anna.text
    anna.get("/console/inbox/?all=yes")
    assert "(koethen)" in anna.text
    anna.post(f"/console/inbox/{question.id}/state", state="open")
    assert knowledge.questions.one(question.id).state == "open"


def test_a_phone_number_is_called(person: MakePerson, knowledge: Knowledge) -> None:
    left = knowledge.questions.leave(
        alliance="koethen",
        conversation="c",
        language="de-simple",
        text="Wo?",
        contact="0176 23125110",
        keep_for=timedelta(days=1),
    )
    anna = person("anna")
    anna.get(f"/console/inbox/{left.id}")
    assert 'href="tel:017623125110"' in anna.html
    assert language_names()["de-simple"] in anna.text
    assert anna.post(f"/console/inbox/{left.id}/answer", answer="Hier").status_code == 422


class TestWithMail:
    """With a mail server."""

    @pytest.fixture
    def settings(self, postbox: Controller) -> WebSettings:
        mail = MailSettings(host="127.0.0.1", port=postbox.port, sender="lotse@example.org")
        return WebSettings(rate_limit="10000 per minute", mail=mail)

    def test_an_answer_goes_to_the_parent_alone_and_ticks_the_question_off(
        self, person: MakePerson, knowledge: Knowledge, mails: list[EmailMessage]
    ) -> None:
        anna = person("anna")
        (question,) = knowledge.questions.all(alliance="koethen")
        anna.get(f"/console/inbox/{question.id}")
        anna.post(f"/console/inbox/{question.id}/answer", answer="نعم، في كوتن.\r\nMit Gruß")
        (mail,) = mails
        assert (mail["To"], mail["From"].addresses[0].display_name) == ("maryam@example.org", "Bündnis Köthen")
        assert mail.get_content().replace("\r\n", "\n") == "نعم، في كوتن.\nMit Gruß\n\n-- \nBündnis Köthen\n"
        assert knowledge.questions.one(question.id).state == "answered"

    def test_an_answer_that_is_not_taken_stays_in_the_form(
        self, person: MakePerson, knowledge: Knowledge, postbox: Controller
    ) -> None:
        postbox.stop()
        anna = person("anna")
        (question,) = knowledge.questions.all(alliance="koethen")
        answer = anna.post(f"/console/inbox/{question.id}/answer", answer="Ja, in Köthen.")
        assert answer.status_code == 422
        assert "Ja, in Köthen." in anna.html
        assert "nicht angenommen" in anna.text
        assert knowledge.questions.one(question.id).state == "open"


class TestInAMessenger:
    """A question that was left in Telegram."""

    @pytest.fixture
    def left(self, knowledge: Knowledge) -> Question:
        knowledge.channel_notes.keep_address("c" * 40, channel="telegram", address="4711", keep_for=timedelta(days=1))
        return knowledge.questions.leave(
            alliance="koethen", conversation="c" * 40, language="tr", text="Kreş var mı?", contact="Telegram@chat.invalid",
            keep_for=timedelta(days=1),
        )  # fmt: skip

    @pytest.fixture
    def telegram(self, app: Flask, knowledge: Knowledge) -> None:
        settings = {"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_SECRET": SECRET}
        app.extensions["channels"] = Reception(
            knowledge=knowledge, channels=open_channels(knowledge, settings), key="k" * 40
        )

    @pytest.mark.usefixtures("telegram")
    def test_the_answer_goes_into_the_chat_and_ticks_the_question_off(
        self, person: MakePerson, knowledge: Knowledge, left: Question
    ) -> None:
        anna = person("anna")
        anna.get(f"/console/inbox/{left.id}")
        assert "Telegram" in anna.text
        assert "chat.invalid" not in anna.html
        anna.post(f"/console/inbox/{left.id}/answer", answer="Evet, <Köthen>.")
        message = knowledge.channel_messages.claim(["telegram"])
        assert message
        assert (message.user, message.address) == ("c" * 40, "4711")
        expected = f"Bündnis Köthen, {left.id} numaralı sorunuzu yanıtlıyor:\n\nEvet, &lt;Köthen&gt;."
        assert message.content["params"]["text"] == expected
        assert knowledge.questions.one(left.id).state == "answered"

    def test_where_the_chat_is_out_of_reach_the_answer_stays_in_the_form(
        self, person: MakePerson, knowledge: Knowledge, left: Question
    ) -> None:
        anna = person("anna")
        anna.get(f"/console/inbox/{left.id}")
        answer = anna.post(f"/console/inbox/{left.id}/answer", answer="Evet, Köthen.")
        assert answer.status_code == 422
        assert "Evet, Köthen." in anna.html
        assert "kann nichts mehr geschickt werden" in anna.text
        assert knowledge.questions.one(left.id).state == "open"
        assert knowledge.channel_messages.counts() == {}


class TestInWhatsApp:
    """A question that was left in WhatsApp, which takes people's answers for a day only."""

    @pytest.fixture
    def left(self, knowledge: Knowledge) -> Question:
        knowledge.channel_notes.keep_address("w" * 40, channel="whatsapp", address="49151", keep_for=timedelta(days=1))
        return knowledge.questions.leave(
            alliance="koethen", conversation="w" * 40, language="tr", text="Kreş var mı?", contact="WhatsApp@chat.invalid",
            keep_for=timedelta(days=1),
        )  # fmt: skip

    @pytest.fixture(autouse=True)
    def whatsapp(self, app: Flask, knowledge: Knowledge) -> None:
        settings = {
            "LOTSE_WHATSAPP_TOKEN": "EAAtoken", "LOTSE_WHATSAPP_PHONE_ID": "106540352242922",
            "LOTSE_WHATSAPP_APP_SECRET": "0" * 32, "LOTSE_WHATSAPP_VERIFY_TOKEN": "v" * 16,
        }  # fmt: skip
        channels = open_channels(knowledge, settings)
        app.extensions["channels"] = Reception(knowledge=knowledge, channels=channels, key="k" * 40)

    def test_within_a_day_the_answer_goes_into_the_chat(
        self, person: MakePerson, knowledge: Knowledge, left: Question
    ) -> None:
        knowledge.conversations.keep(Conversation(id="w" * 40, language="tr"))
        anna = person("anna")
        anna.get(f"/console/inbox/{left.id}")
        assert "24 Stunden" not in anna.text
        anna.post(f"/console/inbox/{left.id}/answer", answer="Evet, Köthen.")
        message = knowledge.channel_messages.claim(["whatsapp"])
        assert message
        assert message.content["text"]["body"].endswith("Evet, Köthen.")
        assert knowledge.questions.one(left.id).state == "answered"

    def test_later_the_page_says_so_before_anybody_writes_and_loses_nothing(
        self, person: MakePerson, knowledge: Knowledge, left: Question
    ) -> None:
        anna = person("anna")
        assert anna.get(f"/console/inbox/{left.id}").status_code == 200
        assert "vor mehr als 24 Stunden" in anna.text
        answer = anna.post(f"/console/inbox/{left.id}/answer", answer="Evet, Köthen.")
        assert answer.status_code == 422
        assert "Evet, Köthen." in anna.html
        assert "vor mehr als 24 Stunden" in anna.text
        assert knowledge.questions.one(left.id).state == "open"
        assert knowledge.channel_messages.counts() == {}


def test_an_alliance_is_called_by_its_name(anna: Person) -> None:
    anna.get("/console/inbox/")
    assert "Bündnis Köthen" in anna.text
    anna.get(re.findall(r'href="(/console/inbox/\d+)"', anna.html)[0])
    assert "Bündnis Bündnis Köthen" in anna.text
    anna.get("/console/accounts/")
    assert "Mithilfe Bündnis Köthen" in anna.text
