from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from actions.contact_details import read_contact
from actions.leave_question import (
    ActionAskConsent,
    ActionAskContact,
    ActionAskQuestion,
    ActionLeaveQuestion,
    ValidateLeaveQuestionForm,
)
from actions.talk_to_person import ActionTalkToPerson

COMPLETE = {"consent": "koethen", "question": "Gibt es <b>Hilfe</b>?", "contact": "ayse@example.org"}


@dataclass
class FakeQuestions:
    """Remembers what was left."""

    left: list[dict[str, Any]] = field(default_factory=list)

    def leave(self, **question: Any) -> SimpleNamespace:
        self.left.append(question)
        return SimpleNamespace(id=len(self.left), **question)

    def left_in(self, conversation: str, *, within: timedelta) -> int:
        assert within == timedelta(days=1)
        return sum(question["conversation"] == conversation for question in self.left)


@pytest.fixture(autouse=True)
def questions(knowledge: Any) -> FakeQuestions:
    knowledge.questions = FakeQuestions()
    knowledge.settings = SimpleNamespace(retention_days=14)
    return knowledge.questions  # type: ignore[no-any-return]


def test_consent_names_who_gets_the_question_and_for_how_long(run: Any, place: Any) -> None:
    ran = run(ActionAskConsent, place=place)
    assert ran.responses == ["utter_ask_consent"]
    assert (ran.messages[0]["alliance"], ran.messages[0]["days"]) == ("Bündnis Köthen", "14 Tagen")
    assert ran.custom["memory"]["asked"] == "question"


def test_without_an_alliance_nobody_is_asked_for_consent(run: Any) -> None:
    ran = run(ActionAskConsent)
    assert (ran.responses, ran.slots) == ([], {"requested_slot": None})


def test_consent_holds_for_the_alliance_that_was_named(run: Any, place: Any) -> None:
    assert run(ValidateLeaveQuestionForm, place=place, consent=True).slots == {"consent": "koethen"}
    assert run(ValidateLeaveQuestionForm, place=place, consent="koethen").events == []


@pytest.mark.parametrize(
    ("request_", "refinement", "words"),
    [
        ("Kita am Sonntag", None, "Kita am Sonntag"), ("Kita", "in den Ferien", "Kita. in den Ferien"),
        ("daycare", None, "Crèche et jardin d'enfants"),
    ],
)  # fmt: skip
def test_the_last_request_can_be_the_question(
    run: Any, knowledge: Any, request_: str, refinement: str | None, words: str
) -> None:
    words = knowledge.taxonomy.label(request_, "fr") if request_ == "daycare" else words
    slots = {"language": "fr", "request": request_, "refinement": refinement}
    asked = run(ActionAskQuestion, **slots)
    assert (asked.responses, asked.messages[0]["request"]) == (["utter_ask_question_or_last"], words)
    assert run(ValidateLeaveQuestionForm, consent="koethen", question=True, **slots).slots == {"question": words}


def test_a_yes_without_a_request_before_is_no_question(run: Any) -> None:
    assert run(ActionAskQuestion).responses == ["utter_ask_question"]
    assert run(ValidateLeaveQuestionForm, consent="koethen", question=True).slots == {"question": None}


@pytest.mark.parametrize("step", ["consent", "question", "contact"])
def test_what_answers_nothing_is_asked_again_and_not_counted(run: Any, place: Any, step: str) -> None:
    ran = run(ValidateLeaveQuestionForm, place=place, **{**COMPLETE, step: False}, contact_tries=2)
    assert (ran.responses, ran.slots) == ([], {step: None})


def test_a_long_question_is_cut_and_that_is_said(run: Any) -> None:
    ran = run(ValidateLeaveQuestionForm, consent="koethen", question="ä" * 2001)
    assert (ran.responses, ran.slots) == (["utter_question_cut"], {"question": "ä" * 2000})
    assert run(ValidateLeaveQuestionForm, consent="koethen", question="ä" * 2000).events == []


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("ayse@example.org", "ayse@example.org"),
        ("Meine Mail: ayse.y+kita@mail.example.org.", "ayse.y+kita@mail.example.org"),
        ("<ayse@example.org>", "ayse@example.org"),
        ("0176 231 25 110", "0176 231 25 110"),
        ("+49 (0)176/23125-110", "+49 (0)176/23125-110"),
        ("ruft an: 03496 12345, ab 17 Uhr", "03496 12345"),
        ("٠١٧٦ ٢٣١٢٥", "0176 23125"),
        ("۰۱۷۶۲۳۱۲۵۱۱۰", "017623125110"),
        ("12345", None), ("1234567890123456", None), ("ja", None), ("", None), ("ayse@example", None), ("@example.org", None),
        ("ayse @ example.org", None), ("a@b.example\r\nBcc: c@d.example", "a@b.example"), ("x" * 250 + "@b.example", None),
    ],
)  # fmt: skip
def test_contacts_are_read_out_of_what_a_parent_writes(text: str, contact: str | None) -> None:
    assert read_contact(text) == contact


def test_a_contact_is_stored_as_it_was_read(run: Any) -> None:
    assert run(ValidateLeaveQuestionForm, **{**COMPLETE, "contact": "am besten ٠١٧٦٢٣١٢٥"}).slots == {
        "contact": "017623125"
    }
    assert run(ValidateLeaveQuestionForm, **COMPLETE).events == []


@pytest.mark.parametrize(
    ("contact", "says"), [("ayse@example", "utter_contact_not_email"), ("ruf an", "utter_contact_not_phone")]
)
def test_what_is_no_contact_is_said_and_asked_again(run: Any, contact: str, says: str) -> None:
    ran = run(ValidateLeaveQuestionForm, **{**COMPLETE, "contact": contact}, contact_tries=1)
    assert (ran.responses, ran.slots) == ([says], {"contact": None, "contact_tries": 2})


def test_after_three_tries_the_alliance_is_named_instead(run: Any, knowledge: Any, place: Any) -> None:
    third = run(ValidateLeaveQuestionForm, **{**COMPLETE, "contact": "weiß nicht"}, contact_tries=2)
    assert (third.responses, third.slots["requested_slot"], third.slots["contact"]) == ([], None, None)
    knowledge.store.known_alliances = [knowledge.store.known_alliances[0].model_copy(update={"phone": "030 23125 110"})]
    ended = run(ActionLeaveQuestion, place=place, consent="koethen", question="Krippe?")
    assert ended.responses == ["utter_question_not_left", "utter_alliance_contact"]
    assert knowledge.questions.left == []


def test_a_complete_question_is_stored_and_the_form_forgets_it(run: Any, questions: FakeQuestions, place: Any) -> None:
    ran = run(ActionLeaveQuestion, place=place, language="tr", **COMPLETE)
    assert questions.left == [
        {
            "alliance": "koethen", "conversation": "c", "language": "tr", "text": "Gibt es <b>Hilfe</b>?",
            "contact": "ayse@example.org", "keep_for": timedelta(days=14),
        }
    ]  # fmt: skip
    assert ran.responses == ["utter_question_left"]
    said = {name: ran.messages[0][name] for name in ("number", "alliance", "contact", "days")}
    assert said == {"number": "1", "alliance": "Bündnis Köthen", "contact": "ayse@example.org", "days": "14 gün"}
    assert ran.slots == dict.fromkeys(("consent", "question", "contact", "contact_tries"))
    assert ran.custom["memory"]["asked"] is None


@pytest.mark.parametrize("missing", ["consent", "question", "contact"])
def test_what_is_not_complete_is_never_stored(run: Any, questions: FakeQuestions, place: Any, missing: str) -> None:
    assert "utter_question_left" not in run(ActionLeaveQuestion, place=place, **{**COMPLETE, missing: None}).responses
    assert questions.left == []


def test_without_a_place_it_is_asked_for_and_the_question_goes_on_there(run: Any, place: Any) -> None:
    ran = run(ActionLeaveQuestion)
    assert ran.responses == ["utter_contact_ask_place"]
    assert (ran.slots["contact_wanted"], ran.slots["question_wanted"]) == (True, True)
    told = run(ActionTalkToPerson, intent="give_place", place=place, question_wanted=True)
    assert (told.responses, told.next_action, told.slots) == ([], "leave_question_form", {"question_wanted": None})
    open_still = run(ActionTalkToPerson, intent="give_place", question_wanted=True)
    assert open_still.slots == {"contact_wanted": True, "question_wanted": True}


def test_who_asks_for_a_human_later_is_not_led_into_the_form(run: Any, place: Any) -> None:
    ran = run(ActionTalkToPerson, intent="talk_to_person", place=place, question_wanted=True)
    assert ran.next_action is None
    assert ran.responses


def test_far_from_every_alliance_nothing_but_the_helpline_is_said(run: Any, knowledge: Any, place: Any) -> None:
    knowledge.store.known_alliances = []
    assert run(ActionLeaveQuestion, place=place).responses == ["utter_no_alliance"]


def test_values_keep_their_direction_in_right_to_left_text(run: Any, place: Any) -> None:
    ran = run(ActionLeaveQuestion, place=place, language="ar", **COMPLETE)
    assert ran.messages[0]["contact"] == "\u2068ayse@example.org\u2069"


def test_the_contact_is_asked_for(run: Any) -> None:
    ran = run(ActionAskContact)
    assert (ran.responses, ran.custom["memory"]["asked"]) == (["utter_ask_contact"], "question")


def test_the_gateway_is_told_of_a_question_left(run: Any, place: Any) -> None:
    assert run(ActionLeaveQuestion, place=place, **COMPLETE).custom["question_left"] is True
    assert run(ActionLeaveQuestion, place=place).custom["question_left"] is False


def test_a_fourth_question_of_a_conversation_is_politely_refused_and_people_are_named(
    run: Any, knowledge: Any, questions: FakeQuestions, place: Any
) -> None:
    knowledge.store.known_alliances = [knowledge.store.known_alliances[0].model_copy(update={"phone": "030 23125 110"})]
    for _ in range(3):
        assert run(ActionAskConsent, place=place).responses == ["utter_ask_consent"]
        assert run(ActionLeaveQuestion, place=place, **COMPLETE).responses == ["utter_question_left"]
    asked = run(ActionAskConsent, place=place)
    assert (asked.responses, asked.slots) == ([], {"requested_slot": None})
    ended = run(ActionLeaveQuestion, place=place)
    assert ended.responses == ["utter_enough_questions", "utter_alliance_contact"]
    late = run(ActionLeaveQuestion, place=place, **COMPLETE)
    assert (late.responses, late.custom["question_left"], len(questions.left)) == (ended.responses, False, 3)


def test_where_enough_came_from_an_address_no_other_question_is_taken(
    run: Any, questions: FakeQuestions, place: Any
) -> None:
    enough = {"context": {"may_leave_question": False}}
    assert run(ActionAskConsent, place=place, metadata=enough).slots == {"requested_slot": None}
    ran = run(ActionLeaveQuestion, place=place, metadata=enough, **COMPLETE)
    assert (ran.responses[0], questions.left) == ("utter_enough_questions", [])
