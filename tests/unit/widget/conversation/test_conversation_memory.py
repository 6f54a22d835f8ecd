"""What is kept of a conversation, and in what order its turns are taken."""

import json
import threading

import pytest

from widget.conversation import turns_in_order
from widget.conversation.memory import Memory, read_memory
from widget.conversation.turns_in_order import ConversationBusyError, Turns


def test_a_memory_survives_the_store(fakes) -> None:
    memory = Memory(
        request="Krippe", place=fakes.koethen, ages=(2.0, 5.0), shown=("a",), wishes={"free": True, "on": "2026-12-24"},
        place_options=(fakes.halle_saale, fakes.halle_west), asked="place", by_gateway=True, alliance="abi",
    )  # fmt: skip
    assert read_memory(json.loads(json.dumps(memory.as_json()))) == memory


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"request": 5, "place": "Köthen", "ages": "3", "shown": {"a": 1}, "wishes": [1], "asked": "name", "by_gateway": "yes"},
        {"request": "", "place": {"name": "Köthen"}, "ages": ["3", None], "shown": [1], "wishes": {"on": 5, "evil": 1}},
        {"place": {"name": "K", "latitude": 1, "longitude": 2, "kind": "planet"}, "place_options": [None, {}], "alliance": 3},
    ],
)  # fmt: skip
def test_what_is_not_in_its_form_counts_as_never_said(stored) -> None:
    assert read_memory(stored) == Memory()


def test_a_turn_that_never_comes_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(turns_in_order, "_LONGEST_WAIT_S", 0.05)
    turns = Turns()
    with turns.of("one"), pytest.raises(ConversationBusyError), turns.of("one"):
        pass
    with turns.of("one"):
        pass


def test_another_conversation_does_not_wait() -> None:
    turns = Turns()
    done = threading.Event()

    def other() -> None:
        with turns.of("two"):
            done.set()

    with turns.of("one"):
        threading.Thread(target=other).start()
        assert done.wait(2)


def test_a_conversation_that_is_busy_is_asked_to_come_back(client, app, monkeypatch) -> None:
    monkeypatch.setattr(turns_in_order, "_LONGEST_WAIT_S", 0.05)
    with app.extensions["gateway"].turns.of("conversation-1"):
        answer = client.post("/api/chat", json={"conversation": "conversation-1", "message": "Kita"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
