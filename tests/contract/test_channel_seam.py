"""What every messenger must keep to, whatever its platform. A new one gets its line in SAMPLES."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from knowledge import open_knowledge, read_settings
from tests.telegram import SECRET, TOKEN
from tests.unit.widget.channels.whatsapp_and_messenger.conftest import ENV
from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import (
    PARENT,
    PSID,
    SITE,
    as_form,
    by_meta,
    by_twilio,
    messenger_delivery,
    messenger_text,
    twilio_form,
    whatsapp_delivery,
    whatsapp_text,
)
from widget.cards.display import with_display
from widget.channels.channel import (
    Channel,
    ChannelSettingError,
    Incoming,
    Showing,
    UnreadableUpdateError,
    WebhookRequest,
)
from widget.channels.opening import CHANNELS
from widget.channels.taking import as_payload, read_payload
from widget.conversation.given_replies import Reply
from widget.conversation.own_answer import message
from widget.texts import REPLY_LANGUAGES

ASKED = Incoming(update_id="1", user="5", kind="text", text="Krippe")
CARD = {"id": "x" * 80, "title": "Krippe <b>&", "phone": "030 23125 104", "reasons": ["nah"], "description": "D" * 3000}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A messenger on a platform that nobody answers for: its settings, the one it cannot do without, and a delivery of words."""

    settings: Mapping[str, str]
    needs: str
    delivery: Callable[[str], WebhookRequest]
    user: str


def telegram(words: str) -> WebhookRequest:
    said = {"message_id": 1, "date": 4_000_000_000, "text": words, "from": {"id": 5, "is_bot": False}}
    body = {"update_id": 1, "message": {**said, "chat": {"id": 5, "type": "private"}}}
    return WebhookRequest(
        method="POST", url="https://familie.example.org/channels/telegram/webhook", query={},
        headers={"x-telegram-bot-api-secret-token": SECRET}, body=json.dumps(body).encode(),
    )  # fmt: skip


def of_meta(name: str, said: bytes) -> WebhookRequest:
    return WebhookRequest(
        method="POST", url=f"{SITE}/channels/{name}/webhook", query={}, body=said,
        headers={key.lower(): value for key, value in by_meta(said).items() if key.startswith("X-")},
    )  # fmt: skip


def twilio(words: str) -> WebhookRequest:
    said = as_form(twilio_form(Body=words))
    signature = {"x-twilio-signature": by_twilio(said)["X-Twilio-Signature"]}
    return WebhookRequest(
        method="POST", url=f"{SITE}/channels/twilio/webhook", query={}, headers=signature, body=said
    )  # fmt: skip


NOWHERE = {"LOTSE_META_API_URL": "http://127.0.0.1:1", "LOTSE_TWILIO_API_URL": "http://127.0.0.1:1"}
SAMPLES = {
    "whatsapp": Sample(
        settings={name: value for name, value in ENV.items() if "WHATSAPP" in name} | NOWHERE,
        needs="LOTSE_WHATSAPP_APP_SECRET", user=PARENT,
        delivery=lambda words: of_meta("whatsapp", whatsapp_delivery([whatsapp_text(words)])),
    ),
    "messenger": Sample(
        settings={name: value for name, value in ENV.items() if "MESSENGER" in name} | NOWHERE,
        needs="LOTSE_MESSENGER_APP_SECRET", user=PSID,
        delivery=lambda words: of_meta("messenger", messenger_delivery([messenger_text(words)])),
    ),
    "twilio": Sample(
        settings={name: value for name, value in ENV.items() if "TWILIO" in name} | NOWHERE | {"LOTSE_PUBLIC_URL": SITE},
        needs="LOTSE_PUBLIC_URL", delivery=twilio, user=f"whatsapp:+{PARENT}",
    ),
    "telegram": Sample(
        settings={
            "LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_SECRET": SECRET, "LOTSE_TELEGRAM_API_URL": "http://127.0.0.1:1",
        },
        needs="LOTSE_TELEGRAM_SECRET", delivery=telegram, user="5",
    ),
}  # fmt: skip


@pytest.fixture(params=list(SAMPLES))
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]


@pytest.fixture
def open_sample(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Mapping[str, str]], Channel | None]:
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path)}))
    return lambda settings: CHANNELS[request.node.callspec.params["sample"]](settings, knowledge)


@pytest.fixture
def channel(sample: Sample, open_sample: Any) -> Channel:
    opened: Channel = open_sample(sample.settings)
    return opened


def test_without_settings_it_is_off_and_without_its_secret_it_does_not_start(sample: Sample, open_sample: Any) -> None:
    assert open_sample({}) is None
    settings = {name: value for name, value in sample.settings.items() if name != sample.needs}
    with pytest.raises(ChannelSettingError, match=sample.needs):
        open_sample(settings)


def test_only_a_delivery_with_its_proof_is_authentic(sample: Sample, channel: Channel) -> None:
    delivery = sample.delivery("Krippe")
    assert channel.is_authentic(delivery)
    assert not channel.is_authentic(replace(delivery, headers={}))
    for name, value in delivery.headers.items():
        for changed in (value[:-1], value + "x", value.swapcase(), "", "é"):
            assert not channel.is_authentic(replace(delivery, headers={**delivery.headers, name: changed})), name


def test_a_delivery_is_words_of_a_user_and_the_same_each_time(sample: Sample, channel: Channel) -> None:
    delivery = sample.delivery("Krippe in Köthen 👪")
    (said,) = channel.read(delivery.body)
    assert (said.user, said.kind, said.text) == (sample.user, "text", "Krippe in Köthen 👪")
    assert channel.read(delivery.body) == [said]
    assert 0 < len(said.update_id) <= 200
    assert read_payload(json.loads(json.dumps(as_payload(said)))) == said
    assert "Krippe" not in repr(said)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[[[["])
def test_what_is_nothing_of_the_platforms_is_refused(channel: Channel, body: bytes, sample: Sample) -> None:
    with pytest.raises(UnreadableUpdateError):
        channel.read(body)


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_a_reply_can_be_stored_and_names_how_to_call(channel: Channel, sample: Sample, language: str) -> None:
    cards = [with_display(CARD | {"id": f"{n}{'x' * 70}"}, language) for n in range(3)]
    messages = [
        message("Text " * 2000, buttons=[{"title": "T" * 200, "payload": "/more_results"}]),
        message("", offerings=cards),
    ]
    reply = Reply(conversation="c", language=language, messages=messages, by="search")
    calls = channel.render(Showing(reply=reply, asks_place=True, answering=ASKED))
    stored = [json.dumps(call.content, ensure_ascii=False) for call in calls]
    assert "".join(stored).count("030 23125 104") >= 3
    assert channel.render(Showing(reply=replace(reply, messages=[]), answering=ASKED)) == []


def test_a_platform_that_is_away_raises_nothing_and_is_tried_later(channel: Channel, sample: Sample) -> None:
    reply = Reply(conversation="c", language="de", messages=[message("Guten Tag")], by="search")
    (call,) = channel.render(Showing(reply=reply, answering=ASKED))
    assert channel.send(sample.user, json.loads(json.dumps(call.content))).state == "later"
    pressed = Incoming(update_id="1", user=sample.user, kind="button", text="/more_results", handle="7")
    channel.acknowledge(pressed)
    channel.show_typing(pressed)
    assert not all(finding.sound for finding in channel.check())
    assert not all(finding.sound for finding in channel.connect("https://familie.example.org"))
