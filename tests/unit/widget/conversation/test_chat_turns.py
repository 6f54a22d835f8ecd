"""One turn after another through POST /api/chat, with an assistant that is there, away, or back again."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.unit.widget.replies import ASKS_PLACE, FOUND, cards_of, texts_of
from widget.conversation.assistant import AssistantAwayError


def test_what_the_assistant_says_is_shown_with_cards_under_the_text_before_them(say, assistant) -> None:
    assistant.raw = FOUND
    reply = say("ich suche eine Krippe in Köthen")
    assert texts_of(reply) == ["Das gibt es:"]
    assert cards_of(reply) == ["krippe-1"]
    assert reply["messages"][0]["buttons"] == []


def test_the_assistant_is_told_what_was_understood(say, assistant) -> None:
    assistant.raw = ASKS_PLACE
    say("ich suche eine Krippe in 06366, zwei Jahre")
    asked = assistant.asked[0]
    assert asked.message == "ich suche eine Krippe in 06366, zwei Jahre"
    assert asked.metadata["language"] == "de"
    understood = asked.metadata["understood"]
    assert understood["needs"][0] == ["daycare.creche", 0.9]
    assert understood["place"]["postal_code"] == "06366"
    assert understood["ages"] == [2.0]
    assert understood["has_request"] is True
    assert "memory" not in asked.metadata


def test_the_place_alone_is_no_request(say, assistant) -> None:
    assistant.raw = ASKS_PLACE
    say("06366")
    assert assistant.asked[0].metadata["understood"]["has_request"] is False


def test_a_bare_name_counts_as_a_place_only_after_the_first_message(say, assistant, knowledge) -> None:
    assistant.raw = ASKS_PLACE
    say("Krippe")
    say("irgendwo")
    assert knowledge.reader.asked_for_place == [False, True]


def test_a_bare_name_counts_as_a_place_where_nothing_was_found_at_the_one_before(
    say, assistant, knowledge, fakes
) -> None:
    nothing = {"offerings": [], "memory": {"request": "Krippe", "place": asdict(fakes.koethen), "shown": []}}
    assistant.raw = [{"text": "Dazu habe ich nichts gefunden."}, {"custom": nothing}]
    say("Krippe in Köthen")
    say("irgendwo")
    assert knowledge.reader.asked_for_place == [False, True]


def test_without_the_assistant_the_gateway_asks_for_the_place_and_then_shows_cards(say, knowledge) -> None:
    first = say("ich suche eine Krippe")
    assert texts_of(first)[0].startswith("Im Moment kann ich nur kurz antworten")
    assert "Wo suchen Sie?" in texts_of(first)[1]
    second = say("06366")
    assert texts_of(second) == ["Das gibt es in Ihrer Nähe (Köthen):"]
    assert cards_of(second) == ["krippe-1", "krippe-2", "krippe-3"]
    assert knowledge.search.asked[0].text == "ich suche eine Krippe"
    assert knowledge.search.asked[0].near.name == "Köthen"


def test_more_shows_the_next_cards_and_then_says_that_there_are_no_more(say) -> None:
    first = say("ich suche eine Krippe in 06366")
    (button,) = first["messages"][-1]["buttons"]
    assert button == {"title": "Mehr anzeigen", "payload": "/more_results"}
    second = say("/more_results")
    assert cards_of(second) == ["krippe-4", "krippe-5"]
    assert second["messages"][-1]["buttons"] == []
    third = say("/more_results")
    assert cards_of(third) == []
    assert texts_of(third)[0] == "Mehr habe ich dazu nicht gefunden."


def test_the_place_is_not_asked_again_when_the_assistant_dies_in_mid_conversation(say, assistant) -> None:
    assistant.raw = ASKS_PLACE
    say("Krippe")
    say("06366")
    assistant.raw = None
    reply = say("und noch eine andere Krippe bitte")
    assert cards_of(reply) == ["krippe-1", "krippe-2", "krippe-3"]


def test_the_assistant_that_came_back_hears_what_it_missed(say, assistant) -> None:
    say("ich suche eine Krippe")
    assistant.raw = FOUND
    say("06366")
    back = assistant.asked[-1]
    assert back.message == "ich suche eine Krippe, 06366"
    assert back.metadata["understood"]["needs"][0][0] == "daycare.creche"
    assert back.metadata["understood"]["place"]["name"] == "Köthen"
    assert back.metadata["memory"]["request"] == "ich suche eine Krippe"


def test_the_assistant_that_came_back_is_told_the_place_it_missed(say, assistant) -> None:
    say("ich suche eine Krippe in 06366")
    assistant.raw = FOUND
    say("nur kostenlos")
    assert assistant.asked[-1].message == "nur kostenlos"
    assert assistant.asked[-1].metadata["understood"]["place"] is None
    assert assistant.asked[-1].metadata["memory"]["place"]["name"] == "Köthen"
    say("danke")
    assert "memory" not in assistant.asked[-1].metadata


def test_a_wish_without_a_need_narrows_the_last_request(say, knowledge) -> None:
    say("ich suche eine Krippe in 06366")
    say("nur kostenlos")
    assert knowledge.search.asked[-1].text == "ich suche eine Krippe in 06366"
    assert knowledge.search.asked[-1].free is True
    assert knowledge.search.asked[-1].offset == 0


def test_other_words_after_cards_show_the_next_cards(say) -> None:
    say("ich suche eine Krippe in 06366")
    assert cards_of(say("noch welche?")) == ["krippe-4", "krippe-5"]


@pytest.mark.parametrize("courtesy", ["Danke!", "ok", "Hallo"])
def test_a_courtesy_is_answered_kindly_and_searches_nothing(say, knowledge, courtesy) -> None:
    say("ich suche eine Krippe in 06366")
    searched = len(knowledge.search.asked)
    reply = say(courtesy)
    assert texts_of(reply) == ["Ich bin gern für Sie da. Schreiben Sie mir einfach, was Sie suchen."]
    assert (cards_of(reply), len(knowledge.search.asked)) == ([], searched)
    assert cards_of(say("/more_results")) == ["krippe-4", "krippe-5"]


def test_after_a_courtesy_what_was_asked_for_stays_open(say) -> None:
    assert say("Hallo")["messages"][1]["buttons"][0]["payload"] == '/find_services{"request": "daycare"}'
    say("ich suche eine Krippe")
    assert "Wo suchen Sie?" in texts_of(say("Danke!"))[1]
    assert cards_of(say("06366")) == ["krippe-1", "krippe-2", "krippe-3"]


def test_a_number_alone_is_the_childs_age_only_while_offerings_are_shown(say, assistant, knowledge) -> None:
    say("ich suche eine Krippe in 06366")
    assert cards_of(say("4")) == ["krippe-1", "krippe-2", "krippe-3"]
    assert knowledge.search.asked[-1].ages == (4.0,)
    say("/start_over")
    assistant.raw = ASKS_PLACE
    say("4")
    assert assistant.asked[-1].metadata["understood"]["ages"] == []


def test_a_number_amid_a_question_for_an_alliance_is_no_age(say, assistant) -> None:
    say("ich suche eine Krippe in 06366")
    shown = {"offerings": [], "memory": {"request": "Krippe", "shown": ["krippe-1"], "asked": "question"}}
    assistant.raw = [{"text": "Wohin?"}, {"custom": shown}]
    say("/leave_question")
    say("4")
    assert assistant.asked[-1].metadata["understood"]["ages"] == []


def test_what_rasa_remembers_is_what_the_own_answer_goes_on_with(say, assistant, knowledge) -> None:
    assistant.raw = FOUND
    say("ich suche eine Krippe in 06366")
    assistant.raw = None
    say("/more_results")
    asked = knowledge.search.asked[-1]
    assert (asked.text, asked.offset, asked.ages) == ("Krippe", 1, (2.0,))


def test_a_request_that_fits_nothing_well_names_people_who_help(say, knowledge) -> None:
    knowledge.search.no_good_answer = True
    reply = say("ich suche eine Krippe in 06366")
    assert texts_of(reply)[1].startswith("Genau das habe ich hier nicht gefunden (Köthen).")
    assert texts_of(reply)[2] == (
        "Diese Menschen helfen Ihnen gern weiter: Bündnis Anhalt-Bitterfeld (Demo), 030 23125 110, "
        "kontakt@abi.example.org, https://abi.example.org/"
    )


def test_when_nothing_at_all_is_found_and_no_alliance_is_near_there_is_the_helpline(say, knowledge) -> None:
    knowledge.search.matches = ()
    knowledge.store.partners = []
    reply = say("ich suche eine Krippe in 06366")
    assert texts_of(reply)[1:] == [
        "Dazu habe ich hier leider nichts gefunden (Köthen).",
        "Mit einem Menschen sprechen können Sie am Elterntelefon: 0800 111 0550 (kostenlos).",
    ]


def test_a_name_of_several_places_is_asked_back_with_buttons_that_answer_it(say, fakes) -> None:
    reply = say("ich suche eine Krippe in Halle")
    buttons = reply["messages"][-1]["buttons"]
    assert [button["title"] for button in buttons] == [
        "Halle (Saale) (Sachsen-Anhalt)", "Halle (Westfalen) (Nordrhein-Westfalen)",
    ]  # fmt: skip
    chosen = say(buttons[1]["payload"])
    assert texts_of(chosen) == ["Das gibt es in Ihrer Nähe (Halle (Westfalen)):"]


def test_an_unknown_place_is_said_and_not_repeated(say) -> None:
    reply = say("ich suche eine Krippe in Atlantis")
    assert texts_of(reply)[-1].startswith("Diesen Ort finde ich in Deutschland nicht.")
    assert "Atlantis" not in json.dumps(reply)


def test_the_location_button_gives_the_place(say, assistant) -> None:
    assistant.raw = ASKS_PLACE
    say("51.750,11.970")
    understood = assistant.asked[0].metadata["understood"]
    assert understood["place"]["name"] == "Köthen"
    assert understood["has_request"] is False


def test_off_topic_words_are_met_with_the_question_for_the_need(say, knowledge) -> None:
    reply = say("wie wird das Wetter")
    assert texts_of(reply)[-1].startswith("Was suchen Sie für Ihre Familie?")
    assert reply["messages"][-1]["buttons"][0]["payload"] == '/find_services{"request": "daycare"}'
    assert knowledge.search.asked == []


def test_a_button_for_a_need_searches_its_category(say, knowledge) -> None:
    say('/find_services{"request": "daycare"}')
    say("06366")
    assert knowledge.search.asked[-1].categories == ("daycare",)


def test_starting_over_forgets_request_and_place(say, knowledge) -> None:
    say("ich suche eine Krippe in 06366")
    reply = say("/start_over")
    assert texts_of(reply) == ["Gut, wir fangen neu an. Was suchen Sie, und wo?"]
    memory = knowledge.conversations.kept["conversation-1"].memory
    assert (memory["request"], memory["place"], memory["shown"]) == (None, None, ())


def test_asking_for_a_person_gives_the_alliance_of_the_place(say) -> None:
    say("ich suche eine Krippe in 06366")
    reply = say("/talk_to_person")
    assert texts_of(reply)[0].startswith("Diese Menschen helfen Ihnen gern weiter: Bündnis Anhalt-Bitterfeld")


def test_asking_for_a_person_without_a_place_gives_the_alliance_of_the_page(say) -> None:
    reply = say("/talk_to_person", alliance="saale")
    assert "Bündnis Saalekreis, 030 23125 300" in texts_of(reply)[-1]


def test_details_show_the_whole_offering(say) -> None:
    reply = say('/ask_details{"offering": "krippe-4"}')
    assert cards_of(reply) == ["krippe-4"]


def test_an_empty_message_gets_a_friendly_answer(say, assistant) -> None:
    assistant.raw = ASKS_PLACE
    for empty in ("", "  \n", "\u200b\u200f", "///"):
        assert texts_of(say(empty)) == ["Ihre Nachricht war leer. Was suchen Sie für Ihre Familie?"]
    assert assistant.asked == []


def test_a_very_long_message_is_cut_and_not_refused(say, assistant) -> None:
    assistant.raw = ASKS_PLACE
    say("ich " + "a" * 9_996)
    assert len(assistant.asked[0].message) == 4_000


def test_two_messages_at_once_are_answered_in_the_order_they_came(
    client: FlaskClient, say: Callable[..., dict], assistant: SimpleNamespace, monkeypatch
) -> None:
    heard: list[str] = []

    def slow(request: SimpleNamespace) -> None:
        heard.append(f"{request.message} begins")
        time.sleep(0.15)
        heard.append(f"{request.message} ends")
        raise AssistantAwayError

    monkeypatch.setattr(assistant, "reply", slow)
    threads = [threading.Thread(target=say, args=(word,)) for word in ("eins", "zwei", "drei")]
    for thread in threads:
        thread.start()
        time.sleep(0.03)
    for thread in threads:
        thread.join()
    assert heard == [f"{word} {what}" for word in ("eins", "zwei", "drei") for what in ("begins", "ends")]


def test_a_conversation_deleted_on_request_is_forgotten_here_too(say, assistant, knowledge) -> None:
    say("Krippe in Köthen")
    assert knowledge.conversations.kept
    assistant.raw = [{"text": "Gelöscht."}, {"custom": {"offerings": [], "memory": {}, "delete_conversation": True}}]
    assert say("lösche unser Gespräch")["messages"][0]["text"] == "Gelöscht."
    assert not knowledge.conversations.kept
