"""What happens in a messenger reaches the same conversation; what messengers alone can do is answered kindly, in each language."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from knowledge import Conversation
from knowledge.store import ChannelAddress
from widget.channels.channel import Incoming, Showing
from widget.channels.conversing import Conversing
from widget.channels.texts import say
from widget.conversation.turn import Gateway
from widget.texts import REPLY_LANGUAGES, sentence

NUMBERS = iter(range(10_000))


@dataclass
class FakeNotes:
    kept: dict[str, ChannelAddress] = field(default_factory=dict)

    def address(self, conversation: str) -> ChannelAddress | None:
        return self.kept.get(conversation)

    def keep_address(self, conversation: str, *, channel: str, address: str, keep_for: timedelta) -> None:
        assert keep_for > timedelta(days=30)
        self.kept[conversation] = ChannelAddress(channel=channel, address=address)

    def forget_address(self, conversation: str) -> None:
        del self.kept[conversation]


@dataclass
class FakeQuestions:
    deleted: list[str] = field(default_factory=list)

    def delete_of(self, conversation: str) -> int:
        self.deleted.append(conversation)
        return 1


@pytest.fixture
def chat(knowledge: SimpleNamespace, app: Any) -> Conversing:
    knowledge.questions, knowledge.channel_notes = FakeQuestions(), FakeNotes()
    gateway: Gateway = app.extensions["gateway"]
    return Conversing(
        gateway=gateway,
        channel=SimpleNamespace(name="telegram", title="Telegram", begins_with_start=True),
        conversation="c" * 40,
    )  # type: ignore[arg-type]


def say_to(chat: Conversing, text: str, kind: Any = "text", language: str | None = None) -> Showing:
    showing = chat.answer(Incoming(update_id=str(next(NUMBERS)), user="1", kind=kind, text=text, language=language))
    assert showing
    return showing


def texts(showing: Showing) -> list[str]:
    return [message["text"] for message in showing.reply.messages]


def test_words_a_position_and_a_button_are_one_conversation(chat: Conversing) -> None:
    asked = say_to(chat, "Ich suche eine Krippe", language="de")
    assert asked.asks_place
    found = say_to(chat, "51.750,11.970", "location")
    assert not found.asks_place
    assert [card["id"] for card in found.reply.messages[-1]["offerings"]] == ["krippe-1", "krippe-2", "krippe-3"]
    more = say_to(chat, "/more_results", "button")
    assert [card["id"] for card in more.reply.messages[-1]["offerings"]] == ["krippe-4", "krippe-5"]


def test_start_greets_in_the_language_of_the_telephone_and_says_who_reads_along(chat: Conversing) -> None:
    showing = say_to(chat, "/start", language="tr")
    assert texts(showing) == [f"{sentence('tr', 'page_greeting')}\n\n{say('tr', 'privacy', channel='Telegram')}"]
    assert len(showing.reply.messages[0]["buttons"]) == 6
    assert showing.reply.language == "tr"


def test_a_link_of_an_alliance_begins_its_conversation(chat: Conversing, knowledge: SimpleNamespace) -> None:
    say_to(chat, "/start abi", language="de")
    assert knowledge.conversations.kept[chat.conversation].memory["alliance"] == "abi"
    say_to(chat, "/start nowhere")
    assert knowledge.conversations.kept[chat.conversation].memory["alliance"] == "abi"
    say_to(chat, "/start@lotse_bot saale")
    assert knowledge.conversations.kept[chat.conversation].memory["alliance"] == "saale"


def test_to_start_again_drops_what_was_asked_for(chat: Conversing, knowledge: SimpleNamespace) -> None:
    say_to(chat, "Ich suche eine Krippe in Köthen", language="de")
    assert knowledge.conversations.kept[chat.conversation].memory["request"]
    say_to(chat, "/start")
    assert knowledge.conversations.kept[chat.conversation].memory["request"] is None


def test_help_leads_to_languages_people_and_deletion(chat: Conversing) -> None:
    buttons = say_to(chat, "/help", language="de").reply.messages[0]["buttons"]
    assert [one["payload"] for one in buttons] == ["/language", "/talk_to_person", "/stop"]
    choice = say_to(chat, "/language", "button").reply.messages[0]["buttons"]
    assert len(choice) == 11
    say_to(chat, next(one["payload"] for one in choice if one["title"] == "العربية"), "button")
    assert texts(say_to(chat, "voice", "unreadable")) == [say("ar", "cannot_hear")]


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("unreadable", "voice", "cannot_hear"), ("unreadable", "picture", "cannot_see"), ("unreadable", "other", "cannot_read"),
        ("unreadable", "old button", "old_button"), ("group", "", "group"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_what_cannot_be_read_is_answered_in_the_parents_language(
    chat: Conversing, knowledge: SimpleNamespace, kind: str, text: str, key: str, language: str
) -> None:
    knowledge.conversations.keep(Conversation(id=chat.conversation, language=language))
    showing = say_to(chat, text, kind)
    assert (texts(showing), showing.reply.language) == ([say(language, key)], language)


def test_stop_deletes_what_is_kept_and_says_where_more_is(
    chat: Conversing, knowledge: SimpleNamespace, assistant: Any
) -> None:
    say_to(chat, "Ich suche eine Krippe in Köthen", language="de")
    assistant.raw = [{"text": "Unser Gespräch wird jetzt gelöscht.", "custom": {"delete_conversation": True}}]
    showing = say_to(chat, "/stop")
    assert texts(showing) == ["Unser Gespräch wird jetzt gelöscht.", say("de", "history_stays", channel="Telegram")]
    assert assistant.asked[-1].message == "/delete_conversation"
    assert knowledge.conversations.kept == {}
    assert knowledge.questions.deleted == [chat.conversation]


def test_where_the_assistant_is_away_stop_deletes_the_rest_and_says_so(
    chat: Conversing, knowledge: SimpleNamespace
) -> None:
    say_to(chat, "Ich suche eine Krippe in Köthen", language="de")
    assert texts(say_to(chat, "/stop"))[0] == say("de", "forgotten_in_part")
    assert knowledge.conversations.kept == {}
    assert knowledge.questions.deleted == [chat.conversation]


def test_of_a_user_who_blocked_us_the_conversation_is_forgotten_and_nothing_said(
    chat: Conversing, knowledge: SimpleNamespace
) -> None:
    say_to(chat, "Ich suche eine Krippe in Köthen", language="de")
    assert chat.answer(Incoming(update_id="x", user="1", kind="gone")) is None
    assert knowledge.conversations.kept == {}


def test_help_in_a_crisis_comes_first_here_too(chat: Conversing) -> None:
    showing = say_to(chat, "Ich will sterben", language="de")
    assert texts(showing)[0] == "112 (de)"
    assert not showing.asks_place


def test_no_card_is_without_a_way_to_people(chat: Conversing, knowledge: SimpleNamespace) -> None:
    silent = knowledge.store.offers[0].model_copy(update={"phone": None, "street": None})
    match = knowledge.search.matches[0]
    knowledge.search.matches = (type(match)(**{**match.__dict__, "offering": silent}), knowledge.search.matches[1])
    cards = say_to(chat, "Krippe in Köthen", language="de").reply.messages[-1]["offerings"]
    assert "Bündnis Anhalt-Bitterfeld (Demo), 030 23125 110" in cards[0]["contact"]
    assert "contact" not in cards[1]


class TestAnAnswerOfPeople:
    """A question left in a messenger is answered there."""

    def test_here_is_offered_where_it_is_asked_where_the_answer_shall_go(
        self, chat: Conversing, assistant: Any
    ) -> None:
        assistant.raw = [{"text": "Wohin?"}, {"custom": {"contact_asked": True, "memory": {"asked": "question"}}}]
        (message,) = say_to(chat, "Gibt es eine Krippe mit Garten?", language="de").reply.messages
        assert message["buttons"] == [{"title": "Antwort hier in Telegram", "payload": "Telegram@chat.invalid"}]

    def test_where_the_user_is_kept_with_a_question_that_was_left_and_said_in_their_language(
        self, chat: Conversing, assistant: Any, knowledge: SimpleNamespace
    ) -> None:
        assistant.raw = [
            {"text": "Bündnis antwortet an Telegram@chat.invalid."},
            {"custom": {"question_left": True, "memory": {"asked": None}}},
        ]
        showing = say_to(chat, "Telegram@chat.invalid", "button", language="de")
        assert texts(showing) == ["Bündnis antwortet an hier in Telegram."]
        assert assistant.asked[-1].message == "Telegram@chat.invalid"
        assert knowledge.channel_notes.kept == {chat.conversation: ChannelAddress(channel="telegram", address="1")}

    def test_without_a_question_nothing_is_kept(
        self, chat: Conversing, assistant: Any, knowledge: SimpleNamespace
    ) -> None:
        assistant.raw = [{"text": "Heute nicht mehr."}]
        say_to(chat, "Telegram@chat.invalid", "button", language="de")
        assert knowledge.channel_notes.kept == {}
