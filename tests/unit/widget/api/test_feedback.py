"""POST /api/feedback: what is taken, what is refused, and what is never kept."""

import pytest

HELPED = {"helped": True, "reason": None, "alliance": "abi", "language": "tr"}


@pytest.mark.parametrize(
    "word",
    [
        HELPED,
        {"helped": False, "reason": "outdated", "alliance": None, "language": "de-simple"},
        {"helped": False, "reason": None, "alliance": "saale", "language": "ar"},
    ],
)
def test_a_word_is_stored_and_answered_with_nothing(client, knowledge, word) -> None:
    answer = client.post("/api/feedback", json=word)
    assert (answer.status_code, answer.data) == (204, b"")
    assert knowledge.feedback.given == [word]


def test_words_and_conversation_are_not_kept_even_when_they_are_sent(client, knowledge) -> None:
    client.post("/api/feedback", json={"helped": True, "language": "de", "text": "Krippe", "conversation": "c" * 20})
    assert knowledge.feedback.given == [{"helped": True, "reason": None, "alliance": None, "language": "de"}]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"helped": "yes"}, "helped"), ({"helped": None}, "helped"), ({"helped": 1}, "helped"), ({"reason": "far"}, "reason"),
        ({"helped": False, "reason": "boring"}, "reason"), ({"helped": False, "reason": ["far"]}, "reason"),
        ({"language": "es"}, "language"), ({"language": None}, "language"), ({"language": ["de"]}, "language"),
        ({"alliance": "no-such"}, "alliance"), ({"alliance": 5}, "alliance"), ({"alliance": ["abi"]}, "alliance"),
    ],
)  # fmt: skip
def test_a_field_out_of_its_form_is_refused_by_name(client, knowledge, change, named) -> None:
    answer = client.post("/api/feedback", json={**HELPED, **change})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert named in answer.json["detail"]
    assert knowledge.feedback.given == []


@pytest.mark.parametrize(("body", "status"), [("[]", 400), ("{", 400), ("[" * 100_000, 400), ("null", 400)])
def test_what_is_no_feedback_is_refused(client, body, status) -> None:
    answer = client.post("/api/feedback", data=body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert client.post("/api/feedback", data="helped=true").status_code == 415


def test_one_address_does_not_speak_for_many(client, knowledge) -> None:
    far = {"REMOTE_ADDR": "203.0.113.9"}
    codes = [client.post("/api/feedback", json=HELPED, environ_base=far).status_code for _ in range(31)]
    assert codes == [204] * 30 + [429]
    assert len(knowledge.feedback.given) == 30
    other = client.post("/api/feedback", json=HELPED, environ_base={"REMOTE_ADDR": "203.0.113.10"})
    assert other.status_code == 204


def test_only_the_websites_of_an_alliance_may_speak_for_its_parents(client, knowledge) -> None:
    foreign = client.post("/api/feedback", json=HELPED, headers={"Origin": "https://elsewhere.example.org"})
    assert foreign.status_code == 403
    own = client.post("/api/feedback", json=HELPED, headers={"Origin": "https://abi.example.org"})
    assert (own.status_code, own.headers["Access-Control-Allow-Origin"]) == (204, "https://abi.example.org")
    assert knowledge.feedback.given == [HELPED]


def test_the_script_is_told_where_to_send_it(client) -> None:
    assert client.get("/api/setting?alliance=abi").json["paths"]["feedback"] == "/api/feedback"
