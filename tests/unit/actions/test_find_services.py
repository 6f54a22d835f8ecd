from collections.abc import Callable
from typing import Any

import pytest

from actions.find_services import (
    ActionAskPlace,
    ActionAskRequest,
    ActionFindServices,
    ActionMoreResults,
    ActionStartOver,
)
from knowledge import Offering, Place
from knowledge.values import Reason

NEUSTADT = [
    {"name": "Neustadt in Sachsen", "latitude": 51.02, "longitude": 14.21, "kind": "town", "region": "Sachsen"},
    {"name": "Neustadt an der Weinstraße", "latitude": 49.35, "longitude": 8.13, "kind": "town", "region": "Rheinland-Pfalz"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def offerings(knowledge: Any, make_offering: Callable[..., Offering]) -> list[Offering]:
    knowledge.store.kept = [make_offering(f"kita-{number}") for number in range(1, 6)]
    return list(knowledge.store.kept)


def test_a_request_with_a_place_is_answered_with_cards_and_a_memory(
    run: Any, knowledge: Any, place: Any, koethen_place: Place
) -> None:
    ran = run(ActionFindServices, language="tr", request="kreş arıyorum", place=place, ages=[2.0])
    assert ran.responses == ["utter_offerings"]
    assert ran.messages[0]["place"] == "Köthen (Anhalt)"
    assert ran.cards == ["kita-1", "kita-2", "kita-3"]
    assert ran.custom["memory"] == {
        "request": "kreş arıyorum", "place": {**place}, "ages": [2.0], "shown": ["kita-1", "kita-2", "kita-3"], "wishes": {},
    }  # fmt: skip
    assert ran.slots["shown"] == ran.slots["results"] == ["kita-1", "kita-2", "kita-3"]
    (query,) = knowledge.asked
    assert (query.text, query.language, query.near, query.ages) == ("kreş arıyorum", "tr", koethen_place, (2.0,))


def test_the_words_of_a_reply_come_before_its_cards(run: Any, place: Any) -> None:
    ran = run(ActionFindServices, request="Kita", place=place)
    assert [bool(message["custom"]) for message in ran.messages] == [False, True]


def test_a_button_searches_its_category_alone(run: Any, knowledge: Any, place: Any) -> None:
    run(ActionFindServices, request="daycare.creche", place=place)
    assert knowledge.asked[0].categories == ("daycare",)
    assert knowledge.asked[0].text == knowledge.taxonomy.label("daycare.creche", "de")


def test_wishes_and_refinement_go_into_the_query_and_the_memory(run: Any, knowledge: Any, place: Any) -> None:
    ran = run(
        ActionFindServices,
        request="Krabbelgruppe",
        refinement="am Samstag",
        place=place,
        free=True,
        service_language="ar",
    )
    query = knowledge.asked[0]
    assert (query.text, query.free, query.service_language) == ("Krabbelgruppe. am Samstag", True, "ar")
    assert ran.custom["memory"]["request"] == "Krabbelgruppe. am Samstag"
    assert ran.custom["memory"]["wishes"] == {"free": True, "service_language": "ar"}


def test_offerings_of_another_category_do_not_fill_the_list(
    run: Any, knowledge: Any, place: Any, make_offering: Callable[..., Offering]
) -> None:
    knowledge.needs = {"daycare.creche": 0.8, "leisure": 0.05}
    knowledge.store.kept = [make_offering("kita"), make_offering("chor", categories=("leisure",))]
    assert run(ActionFindServices, request="Krippe", place=place).cards == ["kita"]


def test_no_good_answer_is_said_with_the_nearest_offerings_and_a_human(run: Any, knowledge: Any, place: Any) -> None:
    knowledge.no_good_answer = True
    ran = run(ActionFindServices, request="Reitkurs", place=place)
    assert ran.responses == ["utter_no_good_answer", "utter_no_alliance"]
    assert ran.cards == ["kita-1", "kita-2", "kita-3"]


def test_offerings_that_all_miss_a_wish_are_not_called_fitting(run: Any, knowledge: Any, place: Any) -> None:
    missed = (Reason(code="not_free", meets=False),)
    knowledge.reasons = {offering.id: missed for offering in knowledge.store.kept}
    assert run(ActionFindServices, request="Kita", place=place, free=True).responses == ["utter_no_good_answer"]
    knowledge.reasons = {"kita-1": missed, "kita-2": missed}
    assert run(ActionFindServices, request="Kita", place=place, free=True).responses == ["utter_offerings"]


def test_nothing_found_names_the_alliance_of_the_place(run: Any, knowledge: Any, place: Any) -> None:
    knowledge.store.kept, knowledge.no_good_answer = [], True
    knowledge.store.known_alliances = [knowledge.store.known_alliances[0].model_copy(update={"phone": "030 23125 110"})]
    ran = run(ActionFindServices, request="Reitkurs", place=place)
    assert ran.responses == ["utter_nothing_found", "utter_alliance_contact"]
    assert ran.messages[-1]["contact"] == "030 23125 110"


def test_without_a_place_what_is_online_is_shown(run: Any, knowledge: Any) -> None:
    ran = run(ActionFindServices, request="Beratung")
    assert ran.responses == ["utter_offerings_online"]
    assert knowledge.asked[0].online is True
    assert "online" not in ran.custom["memory"]["wishes"]


def test_a_corrected_place_is_said(run: Any, place: Any) -> None:
    ran = run(ActionFindServices, request="Kita", place=place, entities={"place_corrected": True})
    assert ran.responses == ["utter_place_corrected", "utter_offerings"]


def test_values_keep_their_direction_in_arabic(run: Any, place: Any) -> None:
    ran = run(ActionFindServices, language="ar", request="حضانة", place=place)
    assert ran.messages[0]["place"] == "\u2068Köthen (Anhalt)\u2069"


def test_a_no_to_every_question_is_accepted(run: Any) -> None:
    assert run(ActionFindServices).responses == ["utter_deny"]


def test_more_results_are_those_not_shown_yet(run: Any, place: Any) -> None:
    shown = ["kita-1", "kita-2", "kita-3"]
    ran = run(ActionMoreResults, request="Kita", place=place, shown=shown, results=shown)
    assert ran.responses == ["utter_more_offerings"]
    assert ran.cards == ["kita-4", "kita-5"]
    assert ran.slots == {"shown": [*shown, "kita-4", "kita-5"], "results": ["kita-4", "kita-5"], "offering": None}


def test_when_all_was_shown_it_is_said(run: Any, place: Any) -> None:
    shown = [f"kita-{number}" for number in range(1, 6)]
    assert run(ActionMoreResults, request="Kita", place=place, shown=shown).responses == ["utter_no_more"]


def test_more_of_nothing_starts_the_search(run: Any) -> None:
    ran = run(ActionMoreResults)
    assert (ran.responses, ran.next_action) == ([], "find_services_form")


def test_places_of_one_name_are_offered_as_buttons(run: Any) -> None:
    ran = run(ActionAskPlace, entities={"place_options": NEUSTADT})
    assert ran.responses == ["utter_which_place"]
    assert [button["title"] for button in ran.messages[0]["buttons"]] == [
        "Neustadt in Sachsen, Sachsen", "Neustadt an der Weinstraße, Rheinland-Pfalz",
    ]  # fmt: skip
    assert ran.messages[0]["buttons"][0]["payload"] == '/give_place{"place": "51.0200,14.2100"}'


@pytest.mark.parametrize(
    ("entities", "response"), [({"unknown_place": "Kleinkleckersdorf"}, "utter_unknown_place"), ({}, "utter_ask_place")]
)
def test_the_place_is_asked_for_by_what_was_said_of_it(run: Any, entities: dict[str, Any], response: str) -> None:
    assert run(ActionAskPlace, entities=entities).responses == [response]


def test_what_is_wanted_online_needs_no_place(run: Any) -> None:
    ran = run(ActionAskPlace, online=True)
    assert (ran.responses, ran.slots) == ([], {"requested_slot": None})


def test_common_needs_are_offered_in_the_parents_language(run: Any, knowledge: Any) -> None:
    ran = run(ActionAskRequest, language="uk")
    first = ran.messages[0]["buttons"][0]
    assert first == {
        "title": knowledge.taxonomy.label("daycare", "uk"), "payload": '/find_services{"request": "daycare"}',
    }  # fmt: skip


def test_starting_over_forgets_all_but_the_language(run: Any, place: Any) -> None:
    ran = run(ActionStartOver, language="fa", request="Kita", place=place)
    assert ran.responses == ["utter_start_over", "utter_ask_request"]
    assert [event["event"] for event in ran.events] == ["reset_slots", "slot"]
    assert ran.slots == {"language": "fa"}


def test_what_came_of_a_search_is_told_the_gateway(run: Any, knowledge: Any, place: Any) -> None:
    knowledge.needs = {"daycare.creche": 0.8}
    ran = run(ActionFindServices, request="Krippe", place=place)
    assert ran.custom["search"] == {"answered": True, "needs": {"daycare.creche": 0.8}}
    knowledge.no_good_answer = True
    assert run(ActionFindServices, request="Krippe", place=place).custom["search"]["answered"] is False
