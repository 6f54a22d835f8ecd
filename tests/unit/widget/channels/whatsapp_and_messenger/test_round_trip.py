"""The seam, over each of the three: what is delivered is answered once, in order, and sent to whoever asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import (
    PARENT,
    PSID,
    as_form,
    by_meta,
    by_twilio,
    failed,
    messenger_delivery,
    messenger_event,
    messenger_text,
    twilio_form,
    whatsapp_delivery,
    whatsapp_pressed,
    whatsapp_text,
)
from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Loopback
from widget.channels.answering import Answering
from widget.channels.channel import Channel
from widget.channels.sending import Sending
from widget.channels.taking import Reception, conversation_of
from widget.conversation.turn import Gateway

ALL = ("whatsapp", "twilio", "messenger")


@dataclass
class Talk:
    """A parent's talk with one channel, over the public door and the platform on loopback."""

    name: str
    client: FlaskClient
    platform: Loopback
    answering: Answering
    sending: Sending
    address: str
    _shown: int = field(default=0)

    def deliver(self, body: bytes) -> int:
        sign = by_twilio if self.name == "twilio" else by_meta
        return self.client.post(f"/channels/{self.name}/webhook", data=body, headers=sign(body)).status_code

    def write(self, words: str, number: int) -> int:
        if self.name == "twilio":
            return self.deliver(as_form(twilio_form(number, Body=words)))
        if self.name == "whatsapp":
            return self.deliver(whatsapp_delivery([whatsapp_text(words, number)]))
        return self.deliver(messenger_delivery([messenger_text(words, number)]))

    def press(self, payload: str, number: int) -> int:
        if self.name == "twilio":
            return self.deliver(as_form(twilio_form(number, Body="x", ButtonPayload=payload)))
        if self.name == "whatsapp":
            return self.deliver(whatsapp_delivery([whatsapp_pressed(payload, number)]))
        postback = {"mid": f"m_p{number}", "title": "x", "payload": payload}
        return self.deliver(messenger_delivery([messenger_event(number, postback=postback)]))

    def heard(self) -> list[str]:
        """Return what the parent was sent since the last look, as text."""
        while self.answering.answer_next():
            pass
        sent = self.sending.channels[self.name]
        while (held := self.sending.knowledge.channel_messages.claim([self.name])) is not None:
            assert held.address == self.address
            assert sent.send(held.address, held.content).state == "sent"
            self.sending.knowledge.channel_messages.sent(held)
        ending = "Messages.json" if self.name == "twilio" else "/messages"
        told = [
            _words(one) for one in self.platform.contents(ending) if "status" not in one and "sender_action" not in one
        ]
        new, self._shown = told[self._shown :], len(told)
        return new


def _words(sent: dict[str, Any]) -> str:
    if "Body" in sent:
        return str(sent["Body"])
    if "message" in sent:
        return str(sent["message"].get("text") or sent["message"]["attachment"]["payload"]["elements"])
    if sent["type"] == "text":
        return str(sent["text"]["body"])
    return str(sent["interactive"]["body"]["text"])


@pytest.fixture
def begin(
    client: FlaskClient, gateway: Gateway, reception: Reception, channels: dict[str, Channel], meta: Loopback,
    twilios: Loopback, knowledge: SimpleNamespace,
) -> Callable[[str], Talk]:  # fmt: skip
    def of(name: str) -> Talk:
        return Talk(
            name=name, client=client, platform=twilios if name == "twilio" else meta,
            answering=Answering(gateway=gateway, channels=channels),
            sending=Sending(knowledge=knowledge, channels=channels),  # type: ignore[arg-type]
            address={"whatsapp": PARENT, "twilio": f"whatsapp:+{PARENT}", "messenger": PSID}[name],
        )  # fmt: skip

    return of


@pytest.mark.parametrize("name", ALL)
def test_a_question_is_answered_with_offerings(begin: Callable[[str], Talk], name: str) -> None:
    talk = begin(name)
    assert talk.write("ich suche Krippe in Köthen", 1) == 200
    heard = "\n".join(talk.heard())
    assert "Das gibt es in Ihrer Nähe (Köthen):" in heard
    assert "Krippe 1" in heard
    assert "Krippe 3" in heard


@pytest.mark.parametrize("name", ALL)
def test_who_begins_with_a_question_learns_once_that_a_program_answers_and_who_reads_along(
    begin: Callable[[str], Talk], name: str
) -> None:
    talk = begin(name)
    talk.write("ich suche Krippe in Köthen", 1)
    first = "\n".join(talk.heard())
    title = "Messenger" if name == "messenger" else "WhatsApp"
    assert f"Hier antwortet ein Computerprogramm, kein Mensch.\n\n{title} erfährt, was Sie hier schreiben." in first
    talk.write("ich suche Deutschkurs in Köthen", 2)
    assert "Computerprogramm" not in "\n".join(talk.heard())


@pytest.mark.parametrize("name", ALL)
def test_in_a_crisis_nothing_stands_beside_the_help(begin: Callable[[str], Talk], name: str) -> None:
    talk = begin(name)
    talk.write("ich will sterben", 1)
    assert talk.heard() == ["112 (de)\n\n0800 111 0 111"]


@pytest.mark.parametrize("name", ALL)
def test_a_delivery_that_comes_again_is_answered_once(begin: Callable[[str], Talk], name: str) -> None:
    talk = begin(name)
    assert [talk.write("ich suche Krippe in Köthen", 1) for _ in range(3)] == [200, 200, 200]
    first = talk.heard()
    assert first
    assert talk.write("ich suche Krippe in Köthen", 1) == 200
    assert talk.heard() == []


@pytest.mark.parametrize("name", ALL)
def test_a_pressed_button_does_what_it_says(begin: Callable[[str], Talk], name: str) -> None:
    talk = begin(name)
    talk.write("ich suche Krippe in Köthen", 1)
    talk.heard()
    talk.press('/ask_details{"offering": "krippe-2"}', 2)
    heard = "\n".join(talk.heard())
    assert "Krippe 2" in heard
    assert "Krippe 1" not in heard
    assert "Zeiten: Mo–Fr 6.30–17.00" in heard


def test_a_number_picks_what_stood_beside_it(begin: Callable[[str], Talk]) -> None:
    talk = begin("twilio")
    talk.write("ich suche Krippe in Köthen", 1)
    assert "2. Krippe 2" in talk.heard()[-1]
    talk.write("2", 2)
    heard = "\n".join(talk.heard())
    assert "*Krippe 2*" in heard
    assert "*Krippe 1*" not in heard
    talk.write("3", 3)  # the list is gone: this is no choice any more
    assert "*Krippe 3*" not in "\n".join(talk.heard())


@pytest.mark.parametrize("name", ALL)
def test_voice_and_pictures_get_a_friendly_sentence(begin: Callable[[str], Talk], name: str) -> None:
    talk = begin(name)
    body = {
        "whatsapp": whatsapp_delivery([{**whatsapp_text("", 1), "type": "audio", "audio": {"id": "1"}}]),
        "twilio": as_form(twilio_form(NumMedia="1", MediaContentType0="audio/ogg")),
        "messenger": messenger_delivery([messenger_event(message={"mid": "m1", "attachments": [{"type": "audio"}]})]),
    }[name]
    assert talk.deliver(body) == 200
    (heard,) = talk.heard()
    assert heard.startswith("Sprachnachrichten kann ich leider nicht anhören. Bitte schreiben Sie mir, was Sie")


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
@pytest.mark.parametrize("size", [1, 2, 1000])
def test_all_of_a_batch_is_answered(
    begin: Callable[[str], Talk], knowledge: SimpleNamespace, name: str, size: int
) -> None:
    talk = begin(name)
    body = (
        whatsapp_delivery([{**whatsapp_text("hallo", n), "from": f"49151{n:07}"} for n in range(size)])
        if name == "whatsapp"
        else messenger_delivery([{**messenger_text("hallo", n), "sender": {"id": f"{n:08}"}} for n in range(size)])
    )
    assert talk.deliver(body) == 200
    assert knowledge.channel_updates.waiting() == {name: size}
    assert talk.deliver(body) == 200
    assert knowledge.channel_updates.waiting() == {name: size}


def test_what_could_not_be_delivered_is_counted_and_answered_by_nobody(
    begin: Callable[[str], Talk], knowledge: SimpleNamespace
) -> None:
    assert begin("whatsapp").deliver(whatsapp_delivery(statuses=[failed(131026), failed(131047)])) == 200
    status = {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "63016"}
    assert begin("twilio").deliver(as_form(status)) == 200
    assert {name: count["given_up"] for name, count in knowledge.channel_messages.counts().items()} == {
        "whatsapp": 2, "twilio": 1,
    }  # fmt: skip
    assert knowledge.channel_updates.waiting() == {}


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_is_kept_names_the_parent(
    begin: Callable[[str], Talk], reception: Reception, knowledge: SimpleNamespace, name: str
) -> None:
    talk = begin(name)
    talk.write("ich suche Krippe in Köthen", 1)
    talk.heard()
    conversation = conversation_of(reception.key, name, talk.address)
    assert knowledge.conversations.find(conversation) is not None
    assert PARENT not in conversation
    with knowledge.conversations._reading.connect() as connection:
        tables = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = str([connection.exec_driver_sql(f'SELECT * FROM "{table}"').all() for table in tables])
    assert conversation in kept
    assert PARENT not in kept
    assert PSID not in kept


def test_what_numbers_mean_is_forgotten_with_the_conversation(
    begin: Callable[[str], Talk], reception: Reception, knowledge: SimpleNamespace
) -> None:
    talk = begin("twilio")
    talk.write("ich suche Krippe in Köthen", 1)
    talk.heard()
    conversation = conversation_of(reception.key, "twilio", talk.address)
    assert len(knowledge.channel_choices.of(conversation)) >= 3
    knowledge.conversations.delete(conversation)
    assert knowledge.channel_choices.of(conversation) == ()
