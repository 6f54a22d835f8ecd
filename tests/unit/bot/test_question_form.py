from typing import Any

import pytest
import yaml

from bot.decisions import entities_of, entities_of_button, read_understood
from bot.question_form import answer_amid_question, intent_amid_question, plain_answer
from knowledge.settings import ROOT
from knowledge.text import words
from knowledge.values import LANGUAGES

PLACE = {"name": "Halle (Saale)", "latitude": 51.48, "longitude": 11.97, "kind": "town"}


def intent(step: str, text: str, predicted: str = "find_services", confidence: float = 0.9, **understood: Any) -> str:
    said = read_understood({"language": "de", "understood": understood})
    return str(intent_amid_question(step, {"name": predicted, "confidence": confidence}, text, said)["name"])


@pytest.mark.parametrize(
    "text",
    [
        "Gibt es eine Kita mit Nachtbetreuung in Köthen?", "Sprechen Sie dort auch Türkisch und Arabisch?", "Was kostet das?", "Hallo",
        "Nein sagen alle zu mir, wer hilft mir denn jetzt?", "Rufen Sie mich bitte zurück", "<script>alert(1)</script>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("predicted", ["find_services", "ask_service_language", "talk_to_person", "greet"])
def test_whatever_is_typed_is_the_question(text: str, predicted: str) -> None:
    assert intent("question", text, predicted) == "leave_question"
    assert answer_amid_question("question", "leave_question", text) == {"question": text}


def test_a_long_message_is_a_question_even_if_it_sounds_like_a_command() -> None:
    assert intent("question", "Ist auch auf Türkisch jemand zu erreichen?", "change_language") == "leave_question"
    assert intent("question", "Kann man das Geld auch löschen lassen?", "delete_conversation") == "leave_question"


@pytest.mark.parametrize("step", ["question", "contact", "consent"])
@pytest.mark.parametrize("way_out", ["start_over", "change_language", "simple_language", "delete_conversation", "deny"])
def test_short_commands_are_obeyed_at_every_step(step: str, way_out: str) -> None:
    assert intent(step, "auf Türkisch bitte", way_out) == way_out


@pytest.mark.parametrize("step", ["consent", "question", "contact"])
@pytest.mark.parametrize(
    "text", ["Abbrechen!", "cancel", "İPTAL", "vazgeçtim", "إلغاء", "لا شكراً", "скасувати", "Отмена.", "anuluj", "anulează", "لغو",
             "نمی‌خواهم", "annuler", "J'ai changé d’avis", "Nein", "no", "stop", "не надо", "nein danke", "no, thank you", "nie dziękuję"],
)  # fmt: skip
def test_cancel_is_understood_in_every_language_whatever_was_predicted(step: str, text: str) -> None:
    assert intent(step, text, "out_of_scope", 0.2) == "deny"


@pytest.mark.parametrize(
    "text", ["ja, gerne", "Ja bitte!", "yes please", "evet, kabul ediyorum", "نعم من فضلك", "так, згодна", "да конечно", "no tak",
             "da, sunt de acord", "بله لطفاً", "oui d'accord", "Einverstanden."],
)  # fmt: skip
def test_a_plain_yes_is_consent_in_every_language_whatever_was_predicted(text: str) -> None:
    assert intent("consent", text, "give_place", 1.0) == "affirm"
    assert answer_amid_question("consent", "affirm", text) == {"consent": True}


@pytest.mark.parametrize(
    "text", ["ja aber wer liest das?", "ja nein", "bitte", "danke", "", "yes but not my phone", "ja, in Köthen"]
)
def test_anything_more_is_no_consent(text: str) -> None:
    assert plain_answer(text) is None
    assert intent("consent", text, "affirm") == "nlu_fallback"
    assert answer_amid_question("consent", "nlu_fallback", text) == {"consent": False}


def test_a_question_about_cancelling_is_a_question() -> None:
    assert intent("question", "Kann ich den Kurs auch wieder abbrechen?", "find_services") == "leave_question"


def test_every_language_can_say_yes_no_and_please_and_no_phrase_says_two_things() -> None:
    content = yaml.safe_load((ROOT / "bot" / "plain_answers.yml").read_text(encoding="utf-8"))
    kinds: dict[str, set[str]] = {}
    for kind, languages in content.items():
        assert set(languages) == set(LANGUAGES), kind
        for phrase in (phrase for phrases in languages.values() for phrase in phrases):
            assert isinstance(phrase, str), phrase
            kinds.setdefault(" ".join(words(phrase)), set()).add(kind)
    assert {phrase: kinds[phrase] for phrase in kinds if len(kinds[phrase]) > 1} == {}
    assert max(len(phrase.split()) for phrase in kinds) <= 5


def test_before_consent_a_parent_can_turn_to_something_else() -> None:
    for other in ("find_services", "talk_to_person"):
        assert intent("consent", "eine Kita in Halle", other) == other
        assert answer_amid_question("consent", other, "eine Kita in Halle") == {}


def test_another_place_asks_for_the_consent_of_its_alliance_and_a_misread_word_does_not() -> None:
    assert intent("consent", "in Halle", "give_place", place=PLACE) == "give_place"
    assert answer_amid_question("consent", "give_place", "in Halle") == {"consent": False}
    assert intent("consent", "ferne", "give_place", 1.0, place=PLACE, place_corrected=True) == "nlu_fallback"


def test_a_need_told_plainly_before_consent_is_a_search() -> None:
    course = [["language_course.beginners", 0.9]]
    assert intent("consent", "ich brauche einen Deutschkurs", "find_services", 0.3, needs=course) == "find_services"
    assert intent("consent", "was ist das", "find_services", 0.3) == "nlu_fallback"


def test_who_asks_again_to_leave_a_question_is_asked_for_consent_again() -> None:
    assert answer_amid_question("consent", "leave_question", "ich habe eine Frage") == {"consent": False}
    assert answer_amid_question("contact", "leave_question", None) == {}


def test_a_yes_takes_the_last_request_as_the_question() -> None:
    assert intent("question", "ja", "affirm") == "affirm"
    assert answer_amid_question("question", "affirm", "ja") == {"question": True}
    assert answer_amid_question("question", "affirm", None) == {"question": True}


@pytest.mark.parametrize("text", ["anna@example.org", "0176 23125110", "ja, 0176-23125110", "anna@", "۰۱۷۶۲۳۱۲۵۱۱"])
def test_what_looks_like_a_contact_is_one(text: str) -> None:
    assert intent("contact", text, "delete_conversation") == "leave_question"
    assert answer_amid_question("contact", "leave_question", text) == {"contact": text}


def test_what_is_no_contact_is_told_to_the_form_nevertheless() -> None:
    assert intent("contact", "weiß ich nicht", "out_of_scope") == "leave_question"
    assert intent("contact", "ja", "affirm") == "leave_question"
    assert intent("contact", "lieber mit einem Menschen", "talk_to_person") == "talk_to_person"
    assert answer_amid_question("contact", "affirm", None) == {"contact": False}


def test_signs_without_words_answer_nothing() -> None:
    for step in ("consent", "question", "contact"):
        assert intent(step, "???") == "nlu_fallback"


def test_a_new_question_needs_a_new_consent() -> None:
    empty = {"consent": None, "question": None, "contact": None}
    assert entities_of("leave_question", "eine Frage", read_understood({"language": "de"})) == {
        **empty,
        "language": "de",
    }
    assert entities_of_button("leave_question", "tr") == {**empty, "language": "tr"}
