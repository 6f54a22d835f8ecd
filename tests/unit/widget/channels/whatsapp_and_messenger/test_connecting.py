"""`lotse channels`: what the platforms say of the settings, in words that tell the next step; and how they come to deliver to us."""

from types import SimpleNamespace
from typing import Any

import pytest

from knowledge import LANGUAGES
from tests.unit.widget.channels.whatsapp_and_messenger import graph_platform, twilio_platform
from tests.unit.widget.channels.whatsapp_and_messenger.conftest import ENV, OPEN, reached_at
from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import SITE
from tests.unit.widget.channels.whatsapp_and_messenger.graph_platform import (
    APP_ID,
    APP_SECRET,
    VERIFY_TOKEN,
    WABA_ID,
    graph,
)
from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Answer, Loopback
from tests.unit.widget.channels.whatsapp_and_messenger.twilio_platform import NUMBER, twilio
from widget.channels.channel import Channel, Finding
from widget.channels.lengths import length
from widget.channels.messenger.connecting import profile
from widget.channels.messenger.reading import read_events


def told(findings: Any) -> list[tuple[bool, str]]:
    return [(finding.sound, finding.text) for finding in findings]


def faults(findings: Any) -> list[str]:
    return [finding.text for finding in findings if not finding.sound]


def opened(name: str, knowledge: SimpleNamespace, platform: Loopback, **changed: str) -> Channel:
    channel: Channel | None = OPEN[name]({**ENV, **reached_at(platform), **changed}, knowledge)  # type: ignore[operator]
    assert channel is not None
    return channel


def test_whatsapp_is_connected_step_by_step(channels: dict[str, Channel], meta: Loopback) -> None:
    assert told(channels["whatsapp"].connect(SITE)) == [
        (True, "app secret: fits the token"),
        (True, "number: +49 30 23125 100, shown as Bündnis Köthen"),
        (True, "address: Meta delivers to https://familie.example.org/channels/whatsapp/webhook"),
        (True, f"account {WABA_ID}: its messages come to the app"),
    ]
    assert meta.contents(f"{APP_ID}/subscriptions") == [
        {
            "object": "whatsapp_business_account",
            "callback_url": "https://familie.example.org/channels/whatsapp/webhook",
            "verify_token": VERIFY_TOKEN,
            "fields": "messages",
        }
    ]
    assert len(meta.contents(f"{WABA_ID}/subscribed_apps")) == 1


def test_messenger_is_connected_with_greeting_and_menu(channels: dict[str, Channel], meta: Loopback) -> None:
    assert faults(channels["messenger"].connect(SITE)) == []
    (subscribed,) = meta.contents(f"{APP_ID}/subscriptions")
    assert (subscribed["object"], subscribed["callback_url"]) == ("page", f"{SITE}/channels/messenger/webhook")
    assert meta.contents("me/messenger_profile") == [profile()]


def test_twilio_is_connected(channels: dict[str, Channel], twilios: Loopback) -> None:
    assert told(channels["twilio"].connect(None)) == [
        (True, "account: Bündnis, active"),
        (True, f"sender: {NUMBER}, ONLINE"),
        (True, f"address: Twilio delivers to {SITE}/channels/twilio/webhook"),
    ]
    webhook = {"callback_url": f"{SITE}/channels/twilio/webhook", "callback_method": "POST"}
    assert twilios.contents("Senders/XE1") == [{"webhook": webhook}]


@pytest.mark.parametrize("url", [None, "http://familie.example.org"])
@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_without_a_public_https_address_nothing_is_entered(
    channels: dict[str, Channel], meta: Loopback, name: str, url: str | None
) -> None:
    assert "address: set LOTSE_PUBLIC_URL to the server's https:// address, and try again" in faults(
        channels[name].connect(url)
    )
    assert meta.contents("/subscriptions") == []


def test_a_sound_channel_has_no_faults_and_says_what_it_cannot(channels: dict[str, Channel], meta: Loopback) -> None:
    assert faults(channels["whatsapp"].check()) == []
    assert any("only within 24 hours" in finding.text for finding in channels["whatsapp"].check())
    assert faults(channels["messenger"].check()) == []
    assert any("https://m.me/270200310205" in finding.text for finding in channels["messenger"].check())
    assert faults(channels["twilio"].check()) == [
        "address: Twilio delivers elsewhere; run `lotse channels connect twilio`"
    ]


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_a_token_that_has_ended_is_told(knowledge: SimpleNamespace, meta: Loopback, name: str) -> None:
    setting = {"whatsapp": "LOTSE_WHATSAPP_TOKEN", "messenger": "LOTSE_MESSENGER_PAGE_TOKEN"}[name]
    channel = opened(name, knowledge, meta, **{setting: "EAAended"})
    expected = ["token: the token is not valid, or no longer; make a new one (error 190)"]
    assert faults(channel.check()) == expected
    assert expected[0] in faults(channel.connect(SITE))


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_the_secret_of_another_app_is_told(knowledge: SimpleNamespace, meta: Loopback, name: str) -> None:
    setting = {"whatsapp": "LOTSE_WHATSAPP_APP_SECRET", "messenger": "LOTSE_MESSENGER_APP_SECRET"}[name]
    other = "0" * 32
    (fault,) = faults(opened(name, knowledge, meta, **{setting: other}).check())
    assert fault.startswith(f"app secret: not that of the token's app {APP_ID}")
    assert other not in fault


def test_a_token_for_a_day_and_without_the_permission_is_told(channels: dict[str, Channel], meta: Loopback) -> None:
    app = Answer(content={"id": APP_ID})
    token = Answer(content={"data": {"scopes": ["public_profile"], "expires_at": 1_795_400_000}})
    meta.next_answers += [app, token]
    assert faults(channels["whatsapp"].check()) == [
        "token: lacks the permission whatsapp_business_messaging; make a new one with it",
        "token: ends on 2026-11-23; make one that never does",
    ]


def test_an_account_whose_messages_go_elsewhere_is_told(channels: dict[str, Channel], meta: Loopback) -> None:
    rule, meta.rule = (
        meta.rule,
        lambda asked: Answer(content={"data": []}) if asked.path.endswith("subscribed_apps") else rule(asked),
    )
    try:
        assert faults(channels["whatsapp"].check()) == [
            f"account {WABA_ID}: its messages do not come to the app; run `lotse channels connect whatsapp`"
        ]
    finally:
        meta.rule = rule


def test_an_address_that_does_not_answer_meta_is_told(channels: dict[str, Channel], meta: Loopback) -> None:
    rule, meta.rule = (
        meta.rule,
        lambda asked: graph_platform.error(2200, subcode=1) if asked.path.endswith("subscriptions") else rule(asked),
    )
    try:
        (fault,) = faults(channels["whatsapp"].connect(SITE))
    finally:
        meta.rule = rule
    assert fault.startswith(
        f"address: Meta got no right answer from {SITE}/channels/whatsapp/webhook; is the server running"
    )


def test_a_server_that_is_offline_is_told(knowledge: SimpleNamespace) -> None:
    nowhere, no_twilio = (Loopback(url="http://127.0.0.1:9", rule=rule) for rule in (graph, twilio))
    assert faults(opened("whatsapp", knowledge, nowhere).check()) == [
        "token: Meta does not answer; is this server online?"
    ]
    assert faults(opened("twilio", knowledge, no_twilio).check()) == [
        "account: Twilio does not answer; is this server online?"
    ]


def test_wrong_credentials_and_a_number_that_is_no_sender_are_told(
    knowledge: SimpleNamespace, twilios: Loopback
) -> None:
    wrong = opened("twilio", knowledge, twilios, LOTSE_TWILIO_AUTH_TOKEN="another")
    assert faults(wrong.check()) == [
        "account: Twilio does not take the credentials; copy SID and Auth Token once more (error 20003)"
    ]
    elsewhere = opened("twilio", knowledge, twilios, LOTSE_TWILIO_FROM="+4930999999")
    (fault,) = faults(elsewhere.connect(None))
    assert fault.startswith("sender: +4930999999 is no WhatsApp sender of this account")
    assert twilio_platform.AUTH_TOKEN not in str(told(elsewhere.check()))


def test_greeting_and_menu_fit_in_every_language_and_their_buttons_are_understood() -> None:
    shown = profile()
    locales = [one["locale"] for one in shown["greeting"]]
    assert locales[0] == "default"
    assert len(set(locales)) == len(locales) >= len(LANGUAGES) + 1
    assert all(0 < length(one["text"]) <= 160 and one["text"][-1] in ".!?؟" for one in shown["greeting"])
    meant = set()
    for menu in shown["persistent_menu"]:
        assert len(menu["call_to_actions"]) <= 20
        for entry in menu["call_to_actions"]:
            assert 0 < length(entry["title"]) <= 30
            event = {
                "sender": {"id": "12345678"},
                "timestamp": 1,
                "postback": {"mid": "m", "payload": entry["payload"]},
            }
            body = {"object": "page", "entry": [{"messaging": [event]}]}
            import json

            (read,) = read_events(json.dumps(body).encode())
            meant.add((read.text, read.language))
    assert {language for _, language in meant} == {None, *LANGUAGES}
    assert {text for text, _ in meant} == {"/start", "/help", "/language", "/stop"}


def test_findings_never_hold_a_secret(channels: dict[str, Channel]) -> None:
    findings: list[Finding] = [
        one for channel in channels.values() for one in (*channel.check(), *channel.connect(SITE))
    ]
    shown = " ".join(finding.text for finding in findings)
    for secret in (graph_platform.TOKEN, APP_SECRET, VERIFY_TOKEN, twilio_platform.AUTH_TOKEN):
        assert secret not in shown
