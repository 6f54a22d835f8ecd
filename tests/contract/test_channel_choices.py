"""What the numbers of an answer mean, and when a parent was last heard, in every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from knowledge.store import ChannelChoices, ChannelMessages, Conversation, Conversations
from knowledge.store.tables import ChannelChoiceRow


@pytest.fixture
def choices(engine: Engine) -> ChannelChoices:
    return ChannelChoices(engine)


def a_day_later(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(ChannelChoiceRow).values(shown_at=datetime.now(UTC) - timedelta(hours=25)))


def test_the_latest_choices_of_a_conversation_are_kept(choices: ChannelChoices) -> None:
    assert choices.of("c1") == ()
    choices.keep("c1", ["/more_results", '/ask_details{"offering": "ä"}'])
    choices.keep("c2", ["/affirm"])
    assert choices.of("c1") == ("/more_results", '/ask_details{"offering": "ä"}')
    choices.keep("c1", ["/deny"])
    assert choices.of("c1") == ("/deny",)
    choices.keep("c1", [])
    assert choices.of("c1") == ()
    assert choices.of("c2") == ("/affirm",)


def test_choices_of_yesterday_mean_nothing_and_are_deleted(choices: ChannelChoices, engine: Engine) -> None:
    choices.keep("c1", ["/affirm"])
    assert choices.delete_expired() == 0
    a_day_later(engine)
    assert choices.of("c1") == ()
    assert choices.delete_expired() == 1


def test_choices_go_with_their_conversation(choices: ChannelChoices, engine: Engine) -> None:
    choices.keep("c1", ["/affirm"])
    choices.keep("c2", ["/affirm"])
    Conversations(engine).delete("c1")
    assert choices.of("c1") == ()
    assert choices.of("c2") == ("/affirm",)


def test_two_answers_at_once_leave_the_choices_of_one(choices: ChannelChoices) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: choices.keep("c1", [f"/{n}"]), range(20)))
    assert len(choices.of("c1")) == 1


def test_when_a_conversation_was_last_touched_is_known(engine: Engine) -> None:
    conversations = Conversations(engine)
    assert conversations.touched_at("c1") is None
    before = datetime.now(UTC)
    conversations.keep(Conversation(id="c1", language="tr"))
    touched_at = conversations.touched_at("c1")
    assert touched_at is not None
    assert timedelta(seconds=-1) < touched_at - before < timedelta(minutes=1)


def test_what_the_platform_could_not_deliver_is_counted_as_given_up(engine: Engine) -> None:
    messages = ChannelMessages(engine)
    messages.note_undelivered("whatsapp")
    messages.note_undelivered("whatsapp")
    assert messages.counts() == {"whatsapp": {"waiting": 0, "given_up": 2}}
    assert messages.claim(["whatsapp"]) is None
