import pytest
import yaml

from bot.decisions import entities_of, entities_of_button, read_understood
from bot.question_form import answer_amid_question, cancels, intent_amid_question
from knowledge.settings import ROOT
from knowledge.values import LANGUAGES


def intent(step: str, text: str, predicted: str = "find_services", confidence: float = 0.9) -> str:
    return str(intent_amid_question(step, {"name": predicted, "confidence": confidence}, text)["name"])


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
    "text", ["Abbrechen!", "cancel", "İPTAL", "vazgeçtim", "إلغاء", "لا شكراً", "скасувати", "Отмена.", "anuluj", "anulează",
             "لغو", "نمی‌خواهم", "annuler", "J'ai changé d’avis", "Nein", "no", "stop", "не надо"],
)  # fmt: skip
def test_cancel_is_understood_in_every_language_whatever_was_predicted(step: str, text: str) -> None:
    assert cancels(text)
    assert intent(step, text, "out_of_scope", 0.2) == "deny"


def test_cancelling_stands_alone() -> None:
    assert not cancels("Kann ich den Kurs auch wieder abbrechen?")
    assert not cancels("")


def test_every_language_can_cancel() -> None:
    content = yaml.safe_load((ROOT / "bot" / "cancel_words.yml").read_text(encoding="utf-8"))
    assert set(content) == set(LANGUAGES)
    assert all(isinstance(phrase, str) for phrases in content.values() for phrase in phrases)


def test_only_a_plain_yes_is_consent() -> None:
    assert intent("consent", "ja, gerne", "affirm") == "affirm"
    assert answer_amid_question("consent", "affirm", "ja, gerne") == {"consent": True}
    assert intent("consent", "ja aber wer liest das denn alles", "affirm") == "nlu_fallback"
    assert intent("consent", "ja", "affirm", 0.4) == "nlu_fallback"
    assert intent("consent", "Was kostet das?", "ask_cost") == "nlu_fallback"


def test_before_consent_a_parent_can_turn_to_something_else() -> None:
    for other in ("find_services", "give_place", "talk_to_person"):
        assert intent("consent", "eine Kita in Halle", other) == other
    assert answer_amid_question("consent", "leave_question", "ich habe eine Frage") == {}


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
    assert answer_amid_question("contact", "affirm", None) == {}


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
