"""Rasa's own memory forgets what it must. The store runs where it lives, in Rasa's environment."""

import os
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from knowledge.settings import ROOT
from lotse.dialogue import RASA_ENVIRONMENT, RASA_PYTHON

_SAVE = """
import asyncio, sys
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from bot.conversation_store import ConversationStore

store = ConversationStore(domain=Domain.empty(), host="sqlite:///" + sys.argv[1], retention_days="30")
for turn in sys.argv[2:]:
    sender, words, action, timestamp = turn.split("/")
    events = [UserUttered(words, timestamp=float(timestamp)), ActionExecuted(action, timestamp=float(timestamp))]
    before = asyncio.run(store.retrieve(sender))
    seen = list(before.events) if before else []
    asyncio.run(store.save(DialogueStateTracker.from_events(sender, seen + events)))
"""


@pytest.fixture
def save(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*turns: str) -> set[str]:
        path = tmp_path / "conversations.sqlite"
        environment = {**os.environ, **RASA_ENVIRONMENT}
        subprocess.run(
            [str(RASA_PYTHON), "-W", "ignore", "-c", _SAVE, str(path), *turns], env=environment, cwd=ROOT, check=True
        )
        with sqlite3.connect(path) as connection:
            return {sender for (sender,) in connection.execute("SELECT sender_id FROM dialogue")}

    return run


def test_a_conversation_that_the_parent_deletes_leaves_nothing(save) -> None:  # type: ignore[no-untyped-def]
    now = time.time()
    turns = (
        f"ayse/Krippe/utter_found/{now}",
        f"olha/Hort/utter_found/{now}",
        f"ayse/weg damit/action_delete_conversation/{now}",
    )
    assert save(*turns) == {"olha"}


def test_what_is_said_after_a_deletion_is_kept_again(save) -> None:  # type: ignore[no-untyped-def]
    now = time.time()
    turns = (f"ayse/weg damit/action_delete_conversation/{now}", f"ayse/doch noch/utter_found/{now}")
    assert save(*turns) == {"ayse"}


def test_conversations_that_nobody_continued_for_the_time_set_are_deleted(save) -> None:  # type: ignore[no-untyped-def]
    now, month = time.time(), 31 * 86_400
    save(f"olha/Kita/utter_found/{now}")
    old = (f"ayse/Krippe/utter_found/{now - month}", f"olha/Kita/utter_found/{now - month}")
    assert save(*old, f"ion/Hort/utter_found/{now}") == {"olha", "ion"}
