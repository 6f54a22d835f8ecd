"""Which language a reply has."""

import pytest

ASKS = [{"text": "?"}]


@pytest.fixture(autouse=True)
def _present(assistant) -> None:
    assistant.raw = ASKS


def test_the_message_decides_over_the_language_chosen_on_the_page(say) -> None:
    assert say("çocuk için kreş arıyorum lütfen", language="de")["language"] == "tr"


def test_a_short_message_takes_the_chosen_language(say) -> None:
    assert say("Kita", language="uk")["language"] == "uk"


def test_a_short_message_keeps_the_language_of_the_conversation(say) -> None:
    say("çocuk için kreş arıyorum")
    assert say("06366")["language"] == "tr"


def test_a_first_message_that_tells_nothing_takes_the_browsers_language(client) -> None:
    body = {"conversation": None, "message": "06366"}
    answer = client.post("/api/chat", json=body, headers={"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"})
    assert answer.json["language"] == "fr"


def test_with_no_clue_at_all_the_reply_is_german(say) -> None:
    assert say("06366")["language"] == "de"


def test_einfache_sprache_stays_while_german_is_written(say) -> None:
    assert say("/simple_language")["language"] == "de-simple"
    assert say("ich suche eine Krippe")["language"] == "de-simple"


def test_einfache_sprache_ends_with_another_language_written_or_chosen(say) -> None:
    say("/simple_language")
    assert say("I am looking for daycare")["language"] == "en"
    say("/simple_language", conversation="conversation-2")
    assert say("Kita", conversation="conversation-2", language="de")["language"] == "de"


def test_a_german_place_name_does_not_make_a_turkish_conversation_german(say, knowledge) -> None:
    knowledge.identifier.marks["köthen"] = "de"
    say("çocuk için kreş arıyorum")
    assert say("Köthen")["language"] == "tr"


def test_a_place_in_a_short_sentence_does_not_hide_its_language(say) -> None:
    assert say("looking in Köthen", language="de")["language"] == "en"


def test_the_language_button_changes_the_language(say, assistant) -> None:
    assert say('/change_language{"language": "pl"}')["language"] == "pl"
    assert assistant.asked[0].message == '/change_language{"language": "pl"}'
    assert say("Kita")["language"] == "pl"


def test_the_assistant_may_change_the_language(say, assistant) -> None:
    assistant.raw = [{"text": "Tamam"}, {"custom": {"language": "tr"}}]
    assert say("ich möchte Türkisch")["language"] == "tr"
    assistant.raw = ASKS
    assert say("Kita")["language"] == "tr"


def test_the_own_answer_speaks_the_language_of_the_message(say, assistant) -> None:
    assistant.raw = None
    assert "المكان أو الرمز البريدي" in say("أبحث عن krippe لطفلي")["messages"][-1]["text"]


def test_an_eleventh_language_gets_a_notice_in_two_languages_and_the_choice(say, assistant) -> None:
    answer = say("busco una guardería para mi hija", language="tr")
    (notice,) = answer["messages"]
    first, second = notice["text"].splitlines()
    assert first.startswith("Maalesef bu dili anlamıyorum")
    assert second.startswith("I'm sorry, I don't understand this language")
    assert [button["title"] for button in notice["buttons"]][:3] == ["Deutsch", "English", "Türkçe"]
    assert len(notice["buttons"]) == 10
    assert assistant.asked == []
    assert say(notice["buttons"][2]["payload"])["language"] == "tr"
