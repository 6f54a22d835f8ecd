from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from actions.change_language import ActionChangeLanguage
from actions.contacts import covering
from actions.small_talk import ActionDeleteConversation
from actions.talk_to_person import ActionTalkToPerson
from knowledge import Alliance, Offering, Place


def test_the_last_offerings_are_shown_again_in_the_new_language(
    run: Any, knowledge: Any, place: Any, make_offering: Callable[..., Offering]
) -> None:
    polish = {"pl": {"title": "Przedszkole Słońce"}}
    knowledge.store.kept = [make_offering("a"), make_offering("b", translations=polish)]
    ran = run(
        ActionChangeLanguage, intent="change_language", entities={"language_named": True}, language="pl", request="Kita",
        place=place, shown=["a", "b"], results=["b"],
    )  # fmt: skip
    assert ran.responses == ["utter_language_changed"]
    assert [card["title"] for card in ran.custom["offerings"]] == ["Przedszkole Słońce"]
    assert (ran.custom["language"], ran.custom["memory"]["shown"]) == ("pl", ["a", "b"])


def test_which_language_is_asked_when_none_was_named(run: Any) -> None:
    ran = run(ActionChangeLanguage, intent="change_language", language="de")
    assert ran.responses == ["utter_which_language"]


@pytest.mark.parametrize(
    ("language", "response"), [("de-simple", "utter_language_changed"), ("ru", "utter_simple_language")]
)
def test_easier_words_exist_in_german_alone(run: Any, language: str, response: str) -> None:
    ran = run(ActionChangeLanguage, intent="simple_language", language=language)
    assert (ran.responses, ran.custom["language"]) == ([response, "utter_ask_request"], language)


def test_a_change_of_language_amid_a_search_asks_nothing_new(run: Any) -> None:
    ran = run(ActionChangeLanguage, intent="simple_language", language="de-simple", request="Krippe")
    assert ran.responses == ["utter_language_changed"]


def test_a_human_is_named_at_the_parents_place(run: Any, knowledge: Any, place: Any) -> None:
    reachable = knowledge.store.known_alliances[0].model_copy(
        update={"phone": "030 23125 110", "website": "https://koethen.example.org"}
    )
    knowledge.store.known_alliances = [reachable]
    ran = run(ActionTalkToPerson, place=place)
    assert ran.responses == ["utter_alliance_contact"]
    assert ran.messages[0]["alliance"] == "Bündnis Köthen"
    assert ran.messages[0]["contact"] == "030 23125 110, https://koethen.example.org"


def test_the_nearest_offering_leads_to_an_alliance(
    run: Any, knowledge: Any, place: Any, make_offering: Callable[..., Offering]
) -> None:
    knowledge.store.known_alliances = [Alliance(id="koethen", name="Bündnis", email="a@b.example.org")]
    knowledge.store.kept = [make_offering()]
    assert run(ActionTalkToPerson, place=place).messages[0]["contact"] == "a@b.example.org"


def test_a_human_far_from_every_alliance_is_the_helpline(run: Any, knowledge: Any, place: Any) -> None:
    knowledge.store.known_alliances = []
    assert run(ActionTalkToPerson, place=place).responses == ["utter_no_alliance"]


def test_the_place_is_asked_for_first_and_waited_for(run: Any) -> None:
    ran = run(ActionTalkToPerson)
    assert ran.responses == ["utter_contact_ask_place"]
    assert ran.slots == {"contact_wanted": True, "question_wanted": None}


def test_on_an_alliances_own_page_its_people_are_named_at_once(run: Any, knowledge: Any, place: Any) -> None:
    knowledge.store.known_alliances = [Alliance(id="koethen", name="Bündnis", email="a@b.example.org")]
    on_its_page = {"context": {"alliance": "koethen"}}
    assert run(ActionTalkToPerson, metadata=on_its_page).messages[0]["contact"] == "a@b.example.org"
    assert run(ActionTalkToPerson, metadata={"context": {"alliance": "gone"}}).responses == ["utter_no_alliance"]


def test_the_alliance_that_names_a_postal_code_most_exactly_covers_it(koethen_place: Place) -> None:
    wide, exact = Alliance(id="wide", name="W", covers=("06",)), Alliance(id="exact", name="E", covers=("06366",))
    elsewhere = Alliance(id="elsewhere", name="X", covers=("52",))
    assert covering([wide, exact, elsewhere], koethen_place) == exact
    assert covering([elsewhere], koethen_place) is None


def test_deleting_forgets_slots_and_questions_and_tells_the_gateway(run: Any, knowledge: Any, place: Any) -> None:
    deleted: list[str] = []
    knowledge.questions = SimpleNamespace(delete_of=deleted.append)
    ran = run(ActionDeleteConversation, language="fr", request="crèche", place=place)
    assert ran.responses == ["utter_conversation_deleted"]
    assert deleted == ["c"]
    assert (ran.custom["delete_conversation"], ran.custom["memory"]) == (True, {})
    assert ran.events[0]["event"] == "reset_slots"
