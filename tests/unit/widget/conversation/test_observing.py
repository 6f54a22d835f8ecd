"""After each turn the gateway tells who listens what it was."""

import logging
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from knowledge import Conversation
from widget import create_app
from widget.conversation.observing import Turn
from widget.conversation.turn import Ask, Gateway
from widget.settings import WebSettings

RASA_FOUND = [
    {"text": "Das habe ich gefunden:"},
    {
        "custom": {
            "offerings": [{"id": "krippe-1", "title": "Krippe 1"}],
            "memory": {"request": "Krippe", "shown": ["krippe-1"], "wishes": {}, "ages": []},
            "search": {"answered": True, "needs": {"daycare.creche": 0.8}},
        }
    },
]


@pytest.fixture
def told() -> list[Turn]:
    return []


@pytest.fixture
def gateway(app: Any, told: list[Turn]) -> Gateway:
    return replace(app.extensions["gateway"], observers=(told.append,))


@pytest.fixture
def write(gateway: Gateway) -> Callable[..., object]:
    return lambda message, **more: gateway.answer(
        Ask(conversation=more.pop("conversation", "conversation-1"), message=message, **more)
    )


def test_a_search_is_told_with_what_it_was_for_and_what_it_showed(write: Any, told: list[Turn], fakes: Any) -> None:
    write("ich suche eine Krippe in Köthen", alliance="abi", channel="telegram")
    (turn,) = told
    assert (turn.by, turn.language, turn.is_first, turn.channel) == ("search", "de", True, "telegram")
    assert (turn.words, turn.request) == ("ich suche eine Krippe in Köthen",) * 2
    assert (turn.place, turn.alliance) == (fakes.koethen, "abi")
    assert (turn.searched, turn.answered, turn.needs) == (True, True, {"daycare.creche": 0.9})
    assert turn.offerings == ("krippe-1", "krippe-2", "krippe-3")
    assert turn.understood is not None
    assert turn.understood.where.place == fakes.koethen


def test_a_search_without_a_good_answer_says_so(write: Any, told: list[Turn], knowledge: SimpleNamespace) -> None:
    knowledge.search.no_good_answer = True
    write("ich suche eine Krippe in Köthen")
    assert (told[0].searched, told[0].answered) == (True, False)


def test_what_only_fills_a_wish_halfway_is_no_good_answer(
    write: Any, told: list[Turn], knowledge: SimpleNamespace
) -> None:
    knowledge.search.matches = tuple(
        replace(match, reasons=(replace(match.reasons[0], meets=False),)) for match in knowledge.search.matches
    )
    write("ich suche eine Krippe in Köthen")
    assert told[0].answered is False


def test_asking_for_the_place_is_no_search_and_the_next_turn_is_with_the_request(write: Any, told: list[Turn]) -> None:
    write("ich suche eine Krippe")
    write("Köthen")
    assert [(turn.is_first, turn.searched, turn.answered) for turn in told] == [
        (True, False, None),
        (False, True, True),
    ]
    assert (told[1].words, told[1].request) == ("Köthen", "ich suche eine Krippe")


def test_more_of_the_same_is_no_search_of_its_own(write: Any, told: list[Turn]) -> None:
    write("ich suche eine Krippe in Köthen")
    write("/more_results")
    assert (told[1].searched, told[1].answered, told[1].offerings) == (False, None, ("krippe-4", "krippe-5"))


def test_rasa_tells_what_came_of_its_search(write: Any, told: list[Turn], assistant: Any) -> None:
    assistant.raw = RASA_FOUND
    write("ich suche eine Krippe in Köthen")
    assert (told[0].by, told[0].searched, told[0].answered) == ("rasa", True, True)
    assert (told[0].needs, told[0].offerings, told[0].request) == ({"daycare.creche": 0.8}, ("krippe-1",), "Krippe")


@pytest.mark.parametrize("search", ["yes", {}, {"answered": "no", "needs": {}}, {"answered": True, "needs": []}])
def test_an_outcome_in_no_form_costs_the_parent_nothing(
    write: Any, told: list[Turn], assistant: Any, search: object
) -> None:
    assistant.raw = [{"text": "Hallo", "custom": {"search": search}}]
    write("ich suche eine Krippe in Köthen")
    assert (told[0].by, told[0].searched, told[0].answered) == ("rasa", False, None)


@pytest.mark.parametrize("message", ["ich will sterben in Köthen", "ich bin müde und suche eine Krippe in Köthen"])
def test_of_a_crisis_nothing_is_told_but_that_there_was_one(write: Any, told: list[Turn], message: str) -> None:
    write(message)
    assert told == [Turn(conversation="conversation-1", is_first=True, language="de", by="crisis")]


def test_a_request_that_comes_from_a_crisis_is_not_told_in_a_later_turn(write: Any, told: list[Turn]) -> None:
    write("ich bin müde und suche eine Krippe")
    write("Köthen")
    assert (told[1].searched, told[1].request) == (True, None)


def test_what_is_left_for_an_alliance_is_not_told(
    write: Any, told: list[Turn], assistant: Any, knowledge: SimpleNamespace
) -> None:
    assistant.raw = [{"text": "Worum geht es?", "custom": {"memory": {"asked": "question"}}}]
    write("eine Frage stellen")
    write("Mein Sohn Max in Köthen braucht eine Krippe")
    assert [turn.words for turn in told] == ["", ""]
    assert [turn.place for turn in told] == [None, None]
    assert [turn.request for turn in told] == [None, None]


def test_a_deleted_conversation_is_told_without_words(write: Any, told: list[Turn], assistant: Any) -> None:
    assistant.raw = [{"text": "Gelöscht.", "custom": {"delete_conversation": True, "memory": {}}}]
    write("bitte alles löschen in Köthen")
    assert told == [Turn(conversation="conversation-1", is_first=True, language="de", by="rasa", deletes=True)]


def test_what_nobody_can_read_begins_no_conversation(write: Any, told: list[Turn]) -> None:
    write("guardería")
    write("ich suche eine Krippe in Köthen")
    assert [(turn.by, turn.is_first) for turn in told] == [("gateway", False), ("search", True)]


def test_a_message_sent_twice_is_told_once(write: Any, told: list[Turn]) -> None:
    write("ich suche eine Krippe in Köthen", message_id="message-1")
    write("ich suche eine Krippe in Köthen", message_id="message-1")
    assert len(told) == 1


def test_a_failure_is_told_without_words(write: Any, told: list[Turn], knowledge: Any, fakes: Any) -> None:
    knowledge.reader.read = fakes.down
    write("ich suche eine Krippe in Köthen")
    assert told == [Turn(conversation="conversation-1", is_first=False, language="de", by="failure")]


def test_an_observer_that_fails_costs_neither_the_answer_nor_the_others_the_turn(
    gateway: Gateway, told: list[Turn], fakes: Any, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = replace(gateway, observers=(fakes.down, told.append))
    with caplog.at_level(logging.ERROR):
        reply = gateway.answer(Ask(conversation="conversation-1", message="ich suche eine Krippe in Köthen"))
    assert (reply.by, len(told)) == ("search", 1)
    assert caplog.messages == ["an observer of turns failed: ConnectionError"]


def test_a_search_of_the_open_data_is_told_but_no_list_and_no_next_page(gateway: Gateway, told: list[Turn]) -> None:
    client = create_app(gateway, WebSettings()).test_client()
    for address in ("q=Krippe&near=06366&limit=2", "q=Krippe&near=06366&offset=2", "near=06366", ""):
        assert client.get(f"/api/offerings?{address}").status_code == 200
    (turn,) = told
    assert (turn.by, turn.conversation, turn.words, turn.answered) == ("api", None, "Krippe", True)
    assert turn.offerings == ("krippe-1", "krippe-2")


def test_a_conversation_that_is_known_is_not_begun_by_a_crisis(
    write: Any, told: list[Turn], knowledge: SimpleNamespace
) -> None:
    knowledge.conversations.keep(Conversation(id="conversation-1", language="de", turns=1))
    write("ich will sterben")
    assert told[0].is_first is False
