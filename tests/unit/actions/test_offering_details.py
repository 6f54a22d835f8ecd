from collections.abc import Callable
from typing import Any

import pytest

from actions.offering_details import ActionOfferingDetails
from actions.ordinals import position_named
from knowledge import Offering

FULL = {
    "title": "Kita Sonne", "cost": "35 € im Monat", "schedule": "Mo–Fr 7–17 Uhr", "street": "Lindenstraße 14",
    "postal_code": "06366", "city": "Köthen (Anhalt)", "languages": ("de", "ar"), "wheelchair": True, "age_min": 0.5,
    "age_max": 3, "phone": "030 23125 104", "email": "krippe@sonne.example.org",
}  # fmt: skip
CONTACT = "030 23125 104, krippe@sonne.example.org"


@pytest.fixture
def ask(run: Any, knowledge: Any, make_offering: Callable[..., Offering]) -> Callable[..., Any]:
    def ask(intent: str, text: str = "", *, offering: str | None = None, language: str = "de", **fields: Any) -> Any:
        knowledge.store.kept = [make_offering("a", **{**FULL, **fields}), make_offering("b", title="Zweite", phone="1")]
        return run(
            ActionOfferingDetails, intent=intent, text=text, language=language, results=["a", "b"], offering=offering
        )

    return ask


@pytest.mark.parametrize(
    ("intent", "response", "values"),
    [
        ("ask_cost", "utter_cost", {"cost": "35 € im Monat"}),
        ("ask_hours", "utter_hours", {"hours": "Mo–Fr 7–17 Uhr"}),
        ("ask_registration", "utter_registration", {"contact": CONTACT}),
        ("ask_address", "utter_address", {"address": "Lindenstraße 14, 06366 Köthen (Anhalt)"}),
        ("ask_contact", "utter_contact", {"contact": CONTACT}),
        ("ask_service_language", "utter_languages", {"languages": "Deutsch, Arabisch"}),
        ("ask_accessibility", "utter_wheelchair_yes", {}),
        ("ask_age_range", "utter_age_range", {"ages": "6 Monate – 3 Jahre"}),
    ],
)
def test_a_question_is_answered_word_for_word_from_its_field(
    ask: Any, intent: str, response: str, values: dict[str, str]
) -> None:
    ran = ask(intent)
    assert ran.responses == [response]
    assert {name: ran.messages[0].get(name) for name in values} == values
    assert ran.messages[0]["title"] == "Kita Sonne"
    assert ran.slots == {"offering": "a"}


@pytest.mark.parametrize(
    ("intent", "gone"),
    [
        ("ask_cost", {"cost": None}),
        ("ask_hours", {"schedule": None}),
        ("ask_address", {"street": None, "postal_code": None, "city": None}),
        ("ask_service_language", {"languages": ()}),
        ("ask_accessibility", {"wheelchair": None}),
        ("ask_age_range", {"age_min": None, "age_max": None}),
    ],
)
def test_what_is_not_stated_is_said_with_whom_to_ask(ask: Any, intent: str, gone: dict[str, Any]) -> None:
    ran = ask(intent, **gone)
    assert ran.responses == ["utter_not_stated"]
    assert ran.messages[0]["contact"] == CONTACT


def test_without_a_contact_of_its_own_the_alliance_is_named(ask: Any, knowledge: Any) -> None:
    knowledge.store.known_alliances = [knowledge.store.known_alliances[0].model_copy(update={"phone": "030 23125 110"})]
    ran = ask("ask_contact", phone=None, email=None)
    assert ran.responses == ["utter_not_stated"]
    assert ran.messages[0]["contact"] == "Bündnis Köthen, 030 23125 110"


@pytest.mark.parametrize(
    ("fields", "response"),
    [
        ({"format": "online"}, "utter_online"),
        ({"format": "home_visit"}, "utter_comes_home"),
    ],
)
def test_where_it_is_also_means_online_or_at_home(ask: Any, fields: dict[str, Any], response: str) -> None:
    assert ask("ask_address", **fields).responses == [response]


def test_what_is_free_is_said_to_be_free(ask: Any) -> None:
    assert ask("ask_cost", cost=None, free=True).responses == ["utter_cost_free"]
    assert ask("ask_cost", cost="0 €").responses == ["utter_cost_free"]
    assert ask("ask_cost", cost="nur Material", free=True).messages[0]["cost"] == "nur Material"


def test_the_second_one_is_the_second_of_the_last_reply(ask: Any) -> None:
    ran = ask("ask_contact", "und die Nummer vom zweiten?")
    assert (ran.messages[0]["title"], ran.slots) == ("Zweite", {"offering": "b"})


def test_a_further_question_is_about_the_same_offering(ask: Any) -> None:
    assert ask("ask_contact", "Telefon?", offering="b").messages[0]["title"] == "Zweite"


def test_more_about_an_offering_is_its_card(ask: Any) -> None:
    ran = ask("ask_details")
    assert (ran.responses, ran.cards) == (["utter_details"], ["a"])


def test_before_anything_was_shown_a_need_is_searched_for(run: Any) -> None:
    ran = run(
        ActionOfferingDetails,
        intent="ask_cost",
        text="Was kostet ein Krippenplatz?",
        entities={"need": "daycare.creche"},
    )
    assert (ran.slots, ran.next_action) == (
        {"request": "Was kostet ein Krippenplatz?", "told": True},
        "find_services_form",
    )


def test_before_anything_was_shown_a_bare_question_is_asked_back(run: Any) -> None:
    ran = run(ActionOfferingDetails, intent="ask_cost", text="Was kostet das?")
    assert (ran.responses, ran.slots, ran.next_action) == ([], {"told": True}, "find_services_form")


@pytest.mark.parametrize(
    ("language", "text", "position"),
    [
        ("de", "erzähl mir vom zweiten", 1),
        ("de-simple", "das letzte", 2),
        ("de", "Nr. 2", 1),
        ("de", "das 3.", 2),
        ("de", "#1", 0),
        ("en", "what about the first one?", 0),
        ("tr", "üçüncüsü nerede", 2),
        ("tr", "son olan", 2),
        ("ar", "والثاني؟", 1),
        ("uk", "а друге?", 1),
        ("ru", "расскажи про второй", 1),
        ("pl", "ten drugi", 1),
        ("ro", "a doua", 1),
        ("fa", "سومی", 2),
        ("fr", "le deuxième", 1),
    ],
)
def test_ordinals_are_read_in_every_language(language: str, text: str, position: int) -> None:
    assert position_named(text, 3, language=language) == position


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "ab 3 Jahren?"),
        ("de", "am 14. Mai"),
        ("de", "ist sonntags offen?"),
        ("de", "erst ab drei?"),
        ("en", "is it right for my son?"),
        ("tr", "ilkokul çocukları da gelebilir mi"),
        ("ru", "во вторник открыто?"),
        ("ar", "كم عمر الأولاد"),
        ("fr", "c'est pour son père"),
    ],
)
def test_what_only_sounds_like_an_ordinal_is_none(language: str, text: str) -> None:
    assert position_named(text, 3, language=language) is None


@pytest.mark.parametrize(
    ("language", "text"), [("de", "das dritte"), ("de", "Nr. 7"), ("de", "#12"), ("en", "number 5"), ("ru", "третий")]
)
def test_an_ordinal_beyond_what_was_shown_is_asked_back(ask: Any, language: str, text: str) -> None:
    ran = ask("ask_cost", text, language=language)
    assert ran.responses == ["utter_which_offering"]
    assert [(button["title"], button["payload"]) for button in ran.messages[0]["buttons"]] == [
        ("Kita Sonne", '/ask_details{"offering": "a"}'), ("Zweite", '/ask_details{"offering": "b"}'),
    ]  # fmt: skip
    assert ran.slots == {}


def test_a_day_is_no_ordinal_beyond_what_was_shown(ask: Any) -> None:
    assert ask("ask_hours", "am 6. auch?").messages[0]["title"] == "Kita Sonne"


def test_an_ordinal_before_anything_was_shown_asks_what_is_missing(run: Any) -> None:
    ran = run(ActionOfferingDetails, intent="ask_cost", text="Was kostet das dritte?")
    assert (ran.responses, ran.next_action) == ([], "find_services_form")


def test_the_last_of_nothing_is_none() -> None:
    assert position_named("das letzte", 0, language="de") is None


def test_a_button_means_its_offering_whatever_number_its_id_holds(run: Any, knowledge: Any, make_offering: Any) -> None:
    knowledge.store.kept = [make_offering("a"), make_offering("kita-nr-1", title="Kita Nr. 1")]
    entities = {"offering": "kita-nr-1"}
    ran = run(
        ActionOfferingDetails, intent="ask_details", text='/ask_details{"offering": "kita-nr-1"}', entities=entities,
        results=["a", "kita-nr-1"], offering="kita-nr-1",
    )  # fmt: skip
    assert ran.cards == ["kita-nr-1"]
