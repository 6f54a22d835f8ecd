"""Answers of people: freely within the platform's time, by what it allows afterwards, and honestly not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from knowledge import Conversation
from tests.unit.widget.channels.whatsapp_and_messenger.conftest import ENV, reached_at
from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Loopback
from tests.unit.widget.channels.whatsapp_and_messenger.replies import showing
from widget.channels.channel import Channel, ChannelSettingError
from widget.channels.messenger import open_messenger
from widget.channels.twilio import open_twilio
from widget.channels.whatsapp import open_whatsapp
from widget.conversation.own_answer import message

BY_A_PERSON = showing("tr", message("Ja, ab Montag\nist ein Platz frei."), answering=None)
ALL = ("whatsapp", "twilio", "messenger")


def heard(knowledge: SimpleNamespace, ago: timedelta) -> None:
    """Let the parent of the conversation have written so long ago."""
    then = datetime.now(UTC) - ago
    knowledge.conversations = SimpleNamespace(
        touched_at=lambda conversation: then if conversation == BY_A_PERSON.reply.conversation else None
    )


@pytest.mark.parametrize("name", ALL)
def test_within_a_day_people_answer_freely(channels: dict[str, Channel], knowledge: SimpleNamespace, name: str) -> None:
    knowledge.conversations.keep(Conversation(id=BY_A_PERSON.reply.conversation, language="tr"))
    (sent,) = channels[name].render(BY_A_PERSON)
    assert "ist ein Platz frei." in str(sent.content)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("ago", [timedelta(hours=24), timedelta(days=20)])
def test_later_nothing_is_sent_without_what_the_platform_asks_for(
    channels: dict[str, Channel], knowledge: SimpleNamespace, name: str, ago: timedelta
) -> None:
    heard(knowledge, ago)
    assert channels[name].render(BY_A_PERSON) == []


@pytest.mark.parametrize("name", ALL)
def test_a_conversation_that_was_deleted_gets_no_free_answer(channels: dict[str, Channel], name: str) -> None:
    assert channels[name].render(BY_A_PERSON) == []


def test_whatsapps_template_carries_the_answer_on_one_line(knowledge: SimpleNamespace, meta: Loopback) -> None:
    heard(knowledge, timedelta(days=3))
    env = {**ENV, **reached_at(meta), "LOTSE_WHATSAPP_TEMPLATE": "antwort_vom_buendnis"}
    channel = open_whatsapp(env, knowledge)  # type: ignore[arg-type]
    assert channel is not None
    (sent,) = channel.render(BY_A_PERSON)
    assert sent.content["template"] == {
        "name": "antwort_vom_buendnis", "language": {"code": "de"},
        "components": [{"type": "body", "parameters": [{"type": "text", "text": "Ja, ab Montag ist ein Platz frei."}]}],
    }  # fmt: skip
    assert channel.send("4915112345678", sent.content).state == "sent"
    too_long = replace(BY_A_PERSON, reply=replace(BY_A_PERSON.reply, messages=[message("x " * 600)]))
    assert channel.render(too_long) == []


def test_twilios_template_carries_the_answer(knowledge: SimpleNamespace, twilios: Loopback) -> None:
    heard(knowledge, timedelta(days=3))
    channel = open_twilio({**ENV, **reached_at(twilios), "LOTSE_TWILIO_TEMPLATE": "HX1"}, knowledge)  # type: ignore[arg-type]
    assert channel is not None
    (sent,) = channel.render(BY_A_PERSON)
    assert sent.content == {"ContentSid": "HX1", "ContentVariables": '{"1": "Ja, ab Montag ist ein Platz frei."}'}
    assert channel.send("whatsapp:+4915112345678", sent.content).state == "sent"


@pytest.mark.parametrize(("days", "messages"), [(3, 1), (8, 0)])
def test_messenger_lets_people_answer_for_a_week_where_that_was_granted(
    knowledge: SimpleNamespace, days: int, messages: int
) -> None:
    heard(knowledge, timedelta(days=days))
    channel = open_messenger({**ENV, "LOTSE_MESSENGER_HUMAN_AGENT": "yes"}, knowledge)  # type: ignore[arg-type]
    assert channel is not None
    sent: list[Any] = [one.content for one in channel.render(BY_A_PERSON)]
    assert [(one["messaging_type"], one["tag"]) for one in sent] == [("MESSAGE_TAG", "HUMAN_AGENT")] * messages


def test_a_setting_that_is_missing_or_wrong_keeps_a_channel_off_with_the_reason(knowledge: SimpleNamespace) -> None:
    def fault(opened: Any, **changed: str) -> str:
        with pytest.raises(ChannelSettingError) as raised:
            opened({**ENV, **changed}, knowledge)
        return str(raised.value)

    assert fault(open_whatsapp, LOTSE_WHATSAPP_APP_SECRET="") == (
        "LOTSE_WHATSAPP_APP_SECRET is missing; docs/channels/whatsapp.md says where to find it"
    )
    assert "LOTSE_WHATSAPP_VERIFY_TOKEN is too short" in fault(open_whatsapp, LOTSE_WHATSAPP_VERIFY_TOKEN="short")
    assert "LOTSE_WHATSAPP_PHONE_ID does not have its form" in fault(open_whatsapp, LOTSE_WHATSAPP_PHONE_ID="+49 30")
    assert "LOTSE_PUBLIC_URL is missing" in fault(open_twilio, LOTSE_PUBLIC_URL="")
    assert "LOTSE_TWILIO_ACCOUNT_SID does not have its form" in fault(open_twilio, LOTSE_TWILIO_ACCOUNT_SID="AC1")
    assert "LOTSE_TWILIO_FROM does not have its form" in fault(open_twilio, LOTSE_TWILIO_FROM="030 123")
    assert "LOTSE_MESSENGER_PAGE_TOKEN is missing" in fault(open_messenger, LOTSE_MESSENGER_PAGE_TOKEN="")
    assert "is no web address" in fault(open_whatsapp, LOTSE_META_API_URL="graph")
    assert "neither yes nor no" in fault(open_messenger, LOTSE_MESSENGER_HUMAN_AGENT="maybe")
    secret = "not-hexadecimal-and-secret"
    assert secret not in fault(open_messenger, LOTSE_MESSENGER_APP_SECRET=secret)


def test_without_any_setting_a_channel_is_off(knowledge: SimpleNamespace) -> None:
    for opened in (open_whatsapp, open_twilio, open_messenger):
        assert opened({"LOTSE_PUBLIC_URL": "https://x.example"}, knowledge) is None  # type: ignore[arg-type]
