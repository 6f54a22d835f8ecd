"""While a parent leaves a question for an alliance, the gateway keeps its own memory and its own search out of it."""

from dataclasses import replace

import pytest

from tests.unit.widget.replies import FOUND, cards_of, texts_of
from widget.limits import QuestionsADay

ASKS = [
    {"text": "Wohin soll die Antwort kommen?"},
    {"custom": {"offerings": [], "memory": {"request": None, "place": None, "asked": "question"}}},
]
STORED = [{"text": "Danke."}, {"custom": {"offerings": [], "memory": {"request": None, "place": None, "asked": None}}}]


@pytest.mark.parametrize("payload", ["/leave_question", "/affirm", "/deny"])
def test_the_buttons_of_the_form_reach_the_assistant(say, assistant, payload) -> None:
    assistant.raw = ASKS
    say(payload)
    assert assistant.asked[0].message == payload


def test_what_is_told_to_people_is_not_remembered_as_a_request(say, assistant, knowledge) -> None:
    assistant.raw = ASKS
    say("/leave_question")
    say("Gibt es in 06366 eine Krippe für meinen Sohn?")
    assistant.raw = STORED
    say("krippe-mama@example.org")
    memory = knowledge.conversations.kept["conversation-1"].memory
    assert (memory["request"], memory["place"], memory["asked"]) == (None, None, None)


def test_after_the_form_requests_are_remembered_again(say, assistant, knowledge) -> None:
    assistant.raw = ASKS
    say("/leave_question")
    assistant.raw = STORED
    say("a@example.org")
    assistant.raw = [{"text": "Wo suchen Sie?"}]
    say("ich suche eine Krippe")
    assert knowledge.conversations.kept["conversation-1"].memory["request"] == "ich suche eine Krippe"


def test_without_the_assistant_the_contact_is_named_and_nothing_is_searched(say, assistant, knowledge) -> None:
    assistant.raw = FOUND
    say("ich suche eine Krippe in 06366")
    assistant.raw = ASKS
    say("/leave_question")
    assistant.raw = None
    reply = say("Gibt es auch eine Krippe am Sonntag?")
    assert texts_of(reply)[-1].startswith("Diese Menschen helfen Ihnen gern weiter: Bündnis Anhalt-Bitterfeld")
    assert (cards_of(reply), knowledge.search.asked) == ([], [])
    assert cards_of(say("ich suche eine Krippe in 06366")) != []


def test_the_button_names_the_contact_without_the_assistant(say) -> None:
    say("ich suche eine Krippe in 06366")
    assert texts_of(say("/leave_question"))[-1].startswith("Diese Menschen helfen Ihnen gern weiter")


def test_a_crisis_amid_a_question_gets_help_and_does_not_become_the_question(say, assistant) -> None:
    assistant.raw = ASKS
    say("/leave_question")
    reply = say("ich bin so müde")
    assert texts_of(reply)[0] == "112 (de)"
    assert len(assistant.asked) == 1


def test_a_question_may_be_left_in_any_language(say, assistant) -> None:
    assistant.raw = ASKS
    say("/leave_question")
    say("¿hay una guardería que hable español?")
    assert assistant.asked[-1].message == "¿hay una guardería que hable español?"


def test_after_enough_questions_from_an_address_the_assistant_is_told_to_take_no_more(app, assistant) -> None:
    def say_from(address: str, conversation: str) -> bool:
        app.test_client().post(
            "/api/chat", json={"conversation": conversation, "message": "a@example.org"}, environ_base={"REMOTE_ADDR": address}
        )  # fmt: skip
        return bool(assistant.asked[-1].metadata["context"]["may_leave_question"])

    app.extensions["gateway"] = replace(app.extensions["gateway"], questions_a_day=QuestionsADay(most=2))
    assistant.raw = [{"text": "Danke."}, {"custom": {"offerings": [], "question_left": True}}]
    assert [say_from("203.0.113.1", f"conversation-{n}") for n in range(3)] == [True, True, False]
    assert say_from("203.0.113.2", "conversation-4") is True
    assistant.raw = [{"text": "Danke."}]
    assert [say_from("203.0.113.3", f"conversation-{n}") for n in range(3)] == [True, True, True]


def test_of_an_address_only_a_keyed_hash_is_kept() -> None:
    limit = QuestionsADay(most=1)
    limit.count("203.0.113.1")
    assert "203.0.113" not in str(vars(limit._limiter.storage))
    assert (limit.may_leave("203.0.113.1"), limit.may_leave("203.0.113.2"), limit.may_leave(None)) == (
        False,
        True,
        True,
    )
