from typing import Any

import pytest

from bot.decisions import decide, entities_of, entities_of_button, read_understood, weighed
from bot.language_names import language_named

KOETHEN = {"name": "Köthen (Anhalt)", "latitude": 51.75, "longitude": 11.97, "kind": "town"}
EVERYTHING = {
    "needs": [["daycare.creche", 0.81], ["childminding.childminder", 0.07]], "place": KOETHEN, "place_options": [],
    "unknown_place": None, "place_corrected": False, "ages": [2.0], "service_language": None, "free": True, "online": None,
    "on": None, "until": None, "without": [], "has_request": True,
}  # fmt: skip


def metadata(language: str = "de", **understood: Any) -> dict[str, Any]:
    return {"language": language, "understood": {**EVERYTHING, "place": None, "ages": [], "free": None, **understood}}


def intent(name: str | None, confidence: float = 0.9, *, text: str = "drei oder vier Wörter", **understood: Any) -> str:
    predicted = {"name": name, "confidence": confidence}
    return str(decide(predicted, text, read_understood(metadata(**understood)))["name"])


def entities(name: str, text: str = "Krippe", **understood: Any) -> dict[str, Any]:
    return entities_of(name, text, read_understood(metadata(**understood)))


def test_a_sure_intent_stays() -> None:
    assert intent("talk_to_person") == "talk_to_person"


def test_nothing_but_a_place_gives_a_place() -> None:
    where: dict[str, Any]
    for where in ({"place": KOETHEN}, {"place_options": [KOETHEN, KOETHEN]}):
        assert intent("greet", has_request=False, **where) == "give_place"


def test_a_word_taken_for_a_place_does_not_overrule_a_plain_intent() -> None:
    where: dict[str, Any]
    for where in ({"unknown_place": "genau"}, {"place": KOETHEN, "place_corrected": True}):
        assert intent("affirm", 0.6, has_request=False, **where) == "affirm"
        assert intent("affirm", 0.1, has_request=False, **where) == "give_place"
        assert "place" not in entities("talk_to_person", **where)


def test_nothing_but_an_age_gives_an_age() -> None:
    assert intent("affirm", has_request=False, ages=[3.0]) == "give_age"


def test_a_plain_need_beside_the_place_is_a_request() -> None:
    assert intent("give_place", place=KOETHEN) == "find_services"
    assert intent("give_age", ages=[2.0]) == "find_services"


def test_a_misspelt_place_by_itself_is_a_place() -> None:
    misspelt: dict[str, Any] = {"place": KOETHEN, "place_corrected": True, "has_request": False}
    assert intent("insult", 0.3, text="Koehten", **misspelt) == "give_place"
    assert intent("insult", 0.3, **misspelt) == "insult"


def test_a_name_that_nobody_knows_is_an_answer_while_the_place_is_open() -> None:
    asked = {"shown": False, "searching": True, "place_asked": True}
    told = {**metadata(unknown_place="Wien", has_request=False), "context": asked}

    def decided(name: str, confidence: float, text: str = "Wien", **more: Any) -> str:
        predicted = {"name": name, "confidence": confidence}
        return str(decide(predicted, text, read_understood({**told, **more}))["name"])

    assert decided("how_are_you", 0.54) == "give_place"
    assert decided("how_are_you", 0.98, "wie gehts") == "how_are_you"
    assert decided("insult", 0.5, "so eine dumme Maschine") == "insult"
    nothing_found = {**asked, "place_asked": False}
    assert decided("how_are_you", 0.54, context=nothing_found) == "give_place"
    assert decided("how_are_you", 0.54, context={**nothing_found, "shown": True}) == "how_are_you"


def test_needs_of_one_category_are_plain_together() -> None:
    shared: dict[str, Any] = {
        "needs": [["daycare.creche", 0.2], ["daycare.kindergarten", 0.18], ["leisure.sport", 0.1]]
    }
    assert entities("find_services", **shared)["need"] == "daycare.creche"
    assert "need" not in entities("find_services", needs=[["daycare.creche", 0.2], ["leisure.sport", 0.18]])


def test_a_guess_with_a_plain_need_is_a_request() -> None:
    assert intent("insult", 0.1) == "find_services"


@pytest.mark.parametrize(
    ("understood", "expected"),
    [
        ({"needs": [["unrelated", 0.8]]}, "out_of_scope"),
        ({"needs": [["daycare", 0.2]]}, "nlu_fallback"),
        ({"needs": [["unrelated", 0.8]], "place": KOETHEN}, "give_place"),
        ({"needs": [], "ages": [4.0]}, "give_age"),
    ],
)
def test_a_guess_without_a_need_is_what_was_understood_otherwise(understood: dict[str, Any], expected: str) -> None:
    assert intent("insult", 0.1, **understood) == expected
    assert intent(None, 0.0, **understood) == expected


def test_a_gateway_that_understood_nothing_leaves_the_intent() -> None:
    assert decide({"name": "greet", "confidence": 0.9}, "Hallo", read_understood({}))["name"] == "greet"
    assert entities_of("find_services", "Kita", read_understood({}))["request"] == "Kita"


def test_a_request_takes_everything_told() -> None:
    found = entities_of("find_services", "kreş", read_understood({"language": "tr", "understood": EVERYTHING}))
    assert found == {
        "language": "tr", "need": "daycare.creche", "place": KOETHEN, "ages": [2.0], "request": "kreş", "free": True,
        "online": None, "service_language": None, "refinement": None,
    }  # fmt: skip


def test_a_new_request_forgets_wishes_and_keeps_place_and_age() -> None:
    found = entities("find_services")
    assert (found["free"], found["online"], found["service_language"], found["refinement"]) == (None,) * 4
    assert not {"place", "ages"} & set(found)


def test_an_open_place_replaces_the_one_before() -> None:
    found = entities("give_place", place_options=[KOETHEN, KOETHEN])
    assert (found["place"], len(found["place_options"])) == (None, 2)


def test_a_refinement_is_a_wish_or_else_words() -> None:
    assert entities("refine_search", "nur kostenlos", free=True)["free"] is True
    assert "refinement" not in entities("refine_search", "nur kostenlos", free=True)
    assert entities("refine_search", "lieber am Samstag")["refinement"] == "lieber am Samstag"


def test_a_place_in_small_talk_is_not_where_the_parent_lives() -> None:
    assert "place" not in entities("out_of_scope", "Wie ist das Wetter in Köthen?", place=KOETHEN)


def test_what_the_gateway_answered_alone_is_caught_up_with() -> None:
    memory = {"request": "Krippe", "shown": ["a", "b", "c", "d"], "wishes": {"free": True}}
    found = entities_of("more_results", "mehr", read_understood({**metadata(), "memory": memory}))
    assert (found["request"], found["free"]) == ("Krippe", True)
    assert (found["shown"], found["results"]) == (["a", "b", "c", "d"], ["b", "c", "d"])


def test_a_language_asked_for_by_name_is_the_one_to_answer_in() -> None:
    asked = read_understood(metadata("de"))
    assert entities_of("change_language", "auf Türkisch bitte", asked)["language"] == "tr"
    assert entities_of("change_language", "auf Türkisch bitte", asked)["language_named"] is True
    assert "language_named" not in entities_of("change_language", "andere Sprache", asked)
    assert entities_of("find_services", "Sprachkurs für Türkisch", asked)["language"] == "de"


def test_easier_words_are_german_ones() -> None:
    assert entities_of("simple_language", "einfacher bitte", read_understood(metadata("de")))["language"] == "de-simple"
    assert entities_of("simple_language", "проще, пожалуйста", read_understood(metadata("ru")))["language"] == "ru"


def test_a_button_carries_the_language_and_a_new_request_begins_anew() -> None:
    assert entities_of_button("more_results", "tr") == {"language": "tr"}
    assert entities_of_button("find_services", None) == {
        "service_language": None, "free": None, "online": None, "refinement": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "current", "expected"),
    [
        ("Cevapları Almanca alabilir miyim?", "tr", "de"),
        ("بالعربية لو سمحت", "de", "ar"),
        ("به فارسی لطفا", "de", "fa"),
        ("nicht Englisch, deutsch!", "en", "de"),
        ("my German is bad, Turkish please", "en", "tr"),
        ("po polsku bitte", "de", "pl"),
        ("по-українськи", "ru", "uk"),
        ("можно по-русски?", "uk", "ru"),
        ("pe românește vă rog", "de", "ro"),
        ("en français svp", "de", "fr"),
        ("English please", "de", "en"),
        ("tuerkce bitte", "de", "tr"),
        ("geht auch spanisch?", "de", None),
    ],
)
def test_languages_are_known_by_all_their_names(text: str, current: str, expected: str | None) -> None:
    assert language_named(text, current=current) == expected


def test_the_category_told_plainly_counts_even_when_one_need_of_another_is_likelier() -> None:
    needs = [
        ["holiday_care.kita_closed", 0.23],
        ["daycare.place_search", 0.22],
        ["daycare.bilingual", 0.2],
        ["daycare.creche", 0.2],
    ]
    assert intent("give_place", place=KOETHEN, needs=needs) == "find_services"
    assert entities("find_services", needs=needs)["need"] == "daycare.place_search"


def test_a_greeting_that_tells_a_need_is_a_request() -> None:
    assert intent("greet", text="Guten Tag, ich suche eine Krippe") == "find_services"
    assert intent("greet", text="Guten Tag") == "greet"
    assert intent("thank", needs=[["unrelated", 0.9]]) == "thank"


def test_a_place_named_in_a_courtesy_is_taken() -> None:
    assert intent("affirm", place=KOETHEN, needs=[["unrelated", 0.9]]) == "give_place"


def test_a_need_that_is_only_likely_does_not_overrule_a_sure_place_amid_a_search() -> None:
    likely = {"place": KOETHEN, "needs": [["carers.group", 0.45]]}
    assert decide_amid(likely, searching=True) == "give_place"
    assert decide_amid(likely, searching=False) == "find_services"


def test_where_nothing_was_searched_for_there_is_nothing_to_narrow() -> None:
    wanted = {"place": KOETHEN, "needs": [["holiday_care.summer", 0.5]]}
    assert decide_amid(wanted, predicted="refine_search", searching=False) == "find_services"
    assert decide_amid(wanted, predicted="refine_search", searching=True) == "refine_search"


def test_a_need_and_a_place_together_do_not_ask_how_this_works() -> None:
    wanted = {"needs": [["financial_help.child_benefit", 0.4]]}
    assert decide_amid({**wanted, "place": KOETHEN}, predicted="ask_capabilities") == "find_services"
    assert decide_amid(wanted, predicted="ask_capabilities") == "ask_capabilities"


def test_the_place_that_was_asked_for_is_no_new_request() -> None:
    told = {"place": KOETHEN, "needs": [["return_to_work.start", 0.7]]}
    assert decide_amid(told, predicted="find_services", searching=True, place_asked=True) == "give_place"
    assert (
        decide_amid({**told, "needs": [["carers.group", 0.9]]}, predicted="find_services", place_asked=True)
        == "find_services"
    )


def test_after_cards_a_short_question_is_about_them() -> None:
    ranking = [{"name": "how_are_you", "confidence": 0.4}, {"name": "ask_registration", "confidence": 0.3}]
    for shown, first in ((True, "ask_registration"), (False, "how_are_you")):
        understood = read_understood({**metadata(), "context": {"shown": shown}})
        assert weighed(ranking, understood)[0]["name"] == first
    assert weighed([], read_understood(metadata())) == []


def decide_amid(told: dict[str, Any], *, predicted: str = "give_place", **context: bool) -> str:
    understood = read_understood({**metadata(**told), "context": context})
    return str(decide({"name": predicted, "confidence": 0.9}, "drei oder vier Wörter", understood)["name"])


def test_signs_without_words_are_thanks_or_not_understood() -> None:
    assert intent("how_are_you", text="😊👍") == "thank"
    assert intent("how_are_you", text="👶?") == "nlu_fallback"
    assert intent("insult", text="???") == "nlu_fallback"


def test_what_was_said_while_rasa_was_away_is_remembered_and_is_no_place_of_this_message() -> None:
    missed = {**metadata(), "memory": {"request": "Krippe", "place": KOETHEN, "ages": [2.0], "shown": ["a"]}}
    understood = read_understood(missed)
    assert decide({"name": "thank", "confidence": 0.9}, "Danke!", understood)["name"] == "thank"
    found = entities_of("thank", "Danke!", understood)
    assert (found["place"], found["ages"], found["request"], found["results"]) == (KOETHEN, [2.0], "Krippe", ["a"])


def test_needs_of_one_category_together_outweigh_what_is_unrelated() -> None:
    needs = [
        ["unrelated", 0.2],
        ["financial_help.care_fees", 0.19],
        ["financial_help.housing", 0.18],
        ["financial_help.debts", 0.1],
    ]
    assert intent("out_of_scope", 0.4, needs=needs) == "find_services"
