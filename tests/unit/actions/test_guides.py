"""Guides are quoted word for word: where one is asked for, and where a section answers the request."""

from typing import Any

import pytest

from actions.find_services import ActionAskPlace, ActionFindServices
from knowledge.guides import FoundSection
from knowledge.guides.sections import Section
from knowledge.values import Guide

TEXT = "Elterngeld beantragen Sie nach der Geburt."


def section(language: str, similarity: float, text: str = TEXT) -> FoundSection:
    guide = Guide(id=f"g-{language}", language=language, title="Wegweiser", url="https://example.org/w", text=text)
    return FoundSection(
        section=Section(guide=guide, heading="Geld", text=text), quote=text, score=1.0, similarity=similarity
    )


@pytest.fixture
def with_guides(knowledge: Any) -> Any:
    knowledge.sections = (section("de", 0.3), section("tr", 0.3))
    return knowledge


def test_who_asks_for_a_guide_gets_the_one_in_her_language(run: Any, with_guides: Any, place: Any) -> None:
    with_guides.needs = {"family_guide.multilingual": 0.8}
    ran = run(ActionFindServices, request="Aile rehberi var mı?", place=place, language="tr")
    assert "utter_guide" in ran.responses
    [quoted] = [message for message in ran.messages if message["response"] == "utter_guide"]
    assert (quoted["quote"], quoted["language_name"], quoted["url"]) == (TEXT, "Türkçe", "https://example.org/w")


def test_a_guide_is_named_even_before_the_place_is_known(run: Any, with_guides: Any) -> None:
    entities = {"request": "Gibt es einen Wegweiser?", "need": "family_guide.multilingual"}
    ran = run(ActionAskPlace, request="Gibt es einen Wegweiser?", entities=entities)
    assert ran.responses == ["utter_guide", "utter_ask_place"]
    assert run(ActionAskPlace, request="Kita", entities={"request": "Kita", "need": "daycare.creche"}).responses == [
        "utter_ask_place"
    ]


def test_a_section_that_answers_is_quoted_below_the_cards(run: Any, with_guides: Any, place: Any) -> None:
    with_guides.needs = {"financial_help.parental_allowance": 0.9}
    assert "utter_guide" not in run(ActionFindServices, request="Elterngeld?", place=place).responses
    with_guides.sections = (section("de", 0.7),)
    assert run(ActionFindServices, request="Elterngeld?", place=place).responses[-1] == "utter_guide"


def test_a_long_quote_is_cut_between_words(run: Any, with_guides: Any, place: Any) -> None:
    with_guides.sections = (section("de", 0.9, "Wort " * 200),)
    ran = run(ActionFindServices, request="Elterngeld?", place=place)
    quote = ran.messages[-1]["quote"]
    assert len(quote) < 410
    assert quote.endswith("Wort …")
