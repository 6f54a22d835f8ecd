"""What the gateway remembers, in every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from knowledge.store import Conversation, Conversations


@pytest.fixture
def conversations(engine: Engine) -> Conversations:
    return Conversations(engine)


def test_a_conversation_is_remembered_until_it_is_deleted(conversations: Conversations) -> None:
    assert conversations.find("c1") is None
    kept = Conversation(id="c1", language="tr", turns=2, memory={"request": "Krippe"})
    conversations.keep(kept)
    assert conversations.find("c1") == kept
    conversations.delete("c1")
    assert conversations.find("c1") is None


def test_the_latest_state_is_remembered(conversations: Conversations) -> None:
    conversations.keep(Conversation(id="c1", language="tr", turns=1))
    later = Conversation(id="c1", language="de", turns=2, memory={"ages": [0.5], "place": None})
    conversations.keep(later)
    assert conversations.find("c1") == later


def test_only_old_conversations_are_forgotten(conversations: Conversations) -> None:
    conversations.keep(Conversation(id="c1", language="tr"))
    assert conversations.delete_older_than(timedelta(days=1)) == 0
    assert conversations.delete_older_than(timedelta(0)) == 1
    assert conversations.find("c1") is None


def test_messages_of_one_new_conversation_at_once_do_not_fail(conversations: Conversations) -> None:
    states = [Conversation(id="c1", language="tr", turns=turns) for turns in range(24)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(conversations.keep, states))
    assert conversations.find("c1") in states


def test_characters_that_no_text_column_takes_are_remembered(conversations: Conversations) -> None:
    odd = Conversation(id="c1", language="de", memory={"request": "Kita \x00 \ud83d 🙂"})
    conversations.keep(odd)
    assert conversations.find("c1") == odd
