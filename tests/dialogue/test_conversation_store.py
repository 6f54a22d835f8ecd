"""Rasa's own memory forgets what it must. The store runs where it lives, in Rasa's environment."""

import json
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


_TALK = """
import asyncio, json, sys
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from bot.conversation_store import ConversationStore

domain = Domain.from_yaml("{version: '3.1', slots: {place: {type: any, mappings: []}, ages: {type: any, mappings: []}}}")
store = ConversationStore(domain=domain, host=sys.argv[1], retention_days="30")

async def talk():
    for turn in range(int(sys.argv[2])):
        tracker = await store.get_or_create_tracker("ayse")
        tracker.update(UserUttered(f"Satz {turn}"))
        if turn == 0:
            tracker.update(SlotSet("place", "06366"))
            tracker.update(ActiveLoop("find_services_form"))
        tracker.update(SlotSet("ages", [turn]))
        tracker.update(ActionExecuted("utter_found"))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)
    return await store.retrieve("ayse")

left = asyncio.run(talk())
said = [happened.text for happened in left.events if isinstance(happened, UserUttered)]
kept = {"said": said, "slots": left.current_slot_values(), "form": left.active_loop_name, "events": len(left.events)}
print(json.dumps({**kept, "last": left.latest_action_name}))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_a_long_conversation_the_latest_turns_the_slots_and_the_open_form_are_kept(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'conversations.sqlite'}"
    if database == "postgresql":
        # Rasa's environment has another driver.
        url = request.getfixturevalue("postgresql").new_database().replace("+psycopg:", "+psycopg2:")
    environment = {**os.environ, **RASA_ENVIRONMENT}
    command = [str(RASA_PYTHON), "-W", "ignore", "-c", _TALK, url, "123"]
    told = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    left = json.loads(told.splitlines()[-1])
    assert (left["slots"]["place"], left["slots"]["ages"]) == ("06366", [122])
    assert left["form"] == "find_services_form"
    assert left["last"] == "action_listen"
    assert left["said"][-4:] == ["Satz 119", "Satz 120", "Satz 121", "Satz 122"]
    assert 4 <= len(left["said"]) <= 10
    assert left["events"] < 60
