"""A message sent again over a bad connection is heard once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from widget.conversation.given_replies import GivenReplies, Reply

REPLY = Reply(conversation="c", language="de", messages=[], by="rasa")


def test_a_message_that_comes_again_gets_the_reply_that_it_got(client, assistant) -> None:
    assistant.raw = [{"text": "Guten Tag"}]
    body = {"conversation": "conversation-1", "message": "Hallo", "id": "message-1"}
    replies = [client.post("/api/chat", json=body).json for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert len(assistant.asked) == 1
    client.post("/api/chat", json={**body, "id": "message-2"})
    client.post("/api/chat", json={**body, "conversation": "conversation-2"})
    assert len(assistant.asked) == 3


@pytest.mark.parametrize("wrong", ["short", "a" * 65, "with blank in it", 7, ["message-1"]])
def test_an_id_that_is_none_is_refused(client, wrong) -> None:
    assert client.post("/api/chat", json={"message": "Hallo", "id": wrong}).status_code == 400


def test_who_sends_again_while_the_answer_is_made_waits_for_it() -> None:
    given, may_answer, asked = GivenReplies(), threading.Event(), []

    def answer() -> Reply:
        asked.append(1)
        may_answer.wait(5)
        return REPLY

    with ThreadPoolExecutor(4) as parents:
        waiting = [parents.submit(given.once, "c", "m", answer) for _ in range(4)]
        may_answer.set()
        assert [one.result() for one in waiting] == [REPLY] * 4
    assert len(asked) == 1


def test_a_message_that_failed_can_be_sent_again() -> None:
    given = GivenReplies()
    with pytest.raises(OSError, match="away"):
        given.once("c", "m", lambda: (_ for _ in ()).throw(OSError("away")))
    assert given.once("c", "m", lambda: REPLY) == REPLY


def test_what_a_deleted_conversation_was_told_is_forgotten() -> None:
    given, asked = GivenReplies(), []
    for _ in range(2):
        given.once("c", "m", lambda: asked.append(1) or REPLY)
        given.forget("c")
    assert len(asked) == 2


def test_only_so_many_replies_are_kept(monkeypatch) -> None:
    monkeypatch.setattr("widget.conversation.given_replies._MOST", 2)
    given = GivenReplies()
    for number in range(5):
        given.once("c", f"m{number}", lambda: REPLY)
    assert len(given._replies) <= 3
