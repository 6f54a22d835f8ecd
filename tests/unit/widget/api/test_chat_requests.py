"""What POST /api/chat takes and refuses."""

import json

import pytest

ASKS = [{"text": "?"}]


@pytest.mark.parametrize(
    "body",
    [
        [], "text", 3, {}, {"message": None}, {"message": 5}, {"message": ["Kita"]},
        {"message": "Kita", "conversation": "short"}, {"message": "Kita", "conversation": "with space 1"},
        {"message": "Kita", "conversation": "a" * 65}, {"message": "Kita", "conversation": 12345678},
        {"message": "Kita", "language": "es"}, {"message": "Kita", "language": ["de"]},
    ],
)  # fmt: skip
def test_what_is_no_chat_message_is_refused_with_a_problem(client, body) -> None:
    answer = client.post("/api/chat", json=body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 400
    assert answer.json["detail"]


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 50_000, b'{"message": "a'])
def test_what_is_no_json_is_refused_with_a_problem(client, raw) -> None:
    answer = client.post("/api/chat", data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_another_content_type_or_method_is_refused(client) -> None:
    assert client.post("/api/chat", data="message=Kita").status_code == 415
    assert client.get("/api/chat").status_code == 405


def test_ten_thousand_emoji_written_as_escapes_are_taken(client) -> None:
    body = json.dumps({"conversation": None, "message": "🧸" * 10_000})
    assert client.post("/api/chat", data=body, content_type="application/json").status_code == 200


def test_a_request_beyond_the_limit_is_refused(client) -> None:
    answer = client.post("/api/chat", json={"message": "a" * 200_000})
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


def test_a_missing_conversation_is_given_an_id_that_nobody_can_guess(client) -> None:
    ids = [client.post("/api/chat", json={"conversation": None, "message": "Kita"}).json["conversation"] for _ in "ab"]
    assert ids[0] != ids[1]
    assert all(len(one) == 32 for one in ids)


def test_a_client_may_choose_its_own_id(say) -> None:
    own = "2f1ef1d0-7d87-4580-aeba-488390ad1761"
    assert say("Kita", conversation=own)["conversation"] == own


@pytest.mark.parametrize(
    "text",
    [
        "/restart", "/session_start", "/back", "//restart", "/ restart", "/inform{}", '/give_place{"place": "Nirgendwo"}',
        '/give_place{"place": {"name": "<b>", "latitude": 1, "longitude": 2}}', '/give_place{"place": "06366", "x": 1}',
        '/find_services{"request": "no_such_need"}', '/find_services{"request": ["daycare"]}', '/find_services{"request": "daycare"',
        '/ask_details{"offering": "no-such"}', '/change_language{"language": "es"}', '/change_language{"language": {}}',
        '/more_results{"x": "y"}', "/more_results@1.0", "/find_services",
    ],
)  # fmt: skip
def test_what_no_button_of_ours_sends_is_only_text(say, assistant, text) -> None:
    assistant.raw = ASKS
    say(text)
    assert not assistant.asked[0].message.startswith("/")
    assert assistant.asked[0].message == text.lstrip("/ ")


@pytest.mark.parametrize("hidden", ["\u200b/restart", " /restart", "\u202e/restart", "\n/restart"])
def test_a_command_behind_invisible_marks_is_only_text(say, assistant, hidden) -> None:
    assistant.raw = ASKS
    say(hidden)
    assert assistant.asked[0].message == "restart"


@pytest.mark.parametrize(
    "payload",
    [
        "/more_results", "/start_over", "/talk_to_person", "/simple_language", '/find_services{"request": "daycare.creche"}',
        '/change_language{"language": "fa"}', '/ask_details{"offering": "krippe-1"}',
    ],
)  # fmt: skip
def test_buttons_of_ours_reach_the_assistant_as_they_are(say, assistant, payload) -> None:
    assistant.raw = ASKS
    say(payload, language="tr")
    assert assistant.asked[0].message == payload


def test_a_need_chosen_after_rasa_was_away_carries_the_place_that_it_missed(say, assistant) -> None:
    say("06366")
    assistant.raw = ASKS
    say('/find_services{"request": "daycare"}')
    values = json.loads(assistant.asked[-1].message.removeprefix("/find_services"))
    assert (values["request"], values["place"]["name"]) == ("daycare", "Köthen")


def test_a_place_chosen_by_button_reaches_the_assistant_as_our_own_place(say, assistant, fakes) -> None:
    assistant.raw = ASKS
    say("ich suche eine Krippe in Halle")
    say('/give_place{"place": "52.0600,8.3600"}')
    asked = assistant.asked[-1]
    place = json.loads(asked.message.removeprefix("/give_place"))["place"]
    assert place["region"] == "Nordrhein-Westfalen"
    assert asked.metadata["understood"]["place"] == place


def test_a_place_chosen_by_name_is_looked_up(say, assistant) -> None:
    assistant.raw = ASKS
    say('/give_place{"place": "06366"}')
    assert assistant.asked[0].metadata["understood"]["place"]["name"] == "Köthen"


def test_piled_up_accents_are_taken_away(say, assistant) -> None:
    assistant.raw = ASKS
    say("K̷̢̛͈͗i̵͎͝t̴̰͂a̸̧̓ für й, ї und مُدَّةٌ")
    assert assistant.asked[0].message == "Kita für й, ї und مُدَّةٌ"


def test_markup_in_a_message_never_comes_back(say, fakes) -> None:
    reply = say(f"ich suche eine Krippe in Köthen {fakes.markup}")
    assert "onerror" not in json.dumps(reply["messages"])
