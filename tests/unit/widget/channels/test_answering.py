"""Each event is answered once, in its user's order, and its words are gone with the answer."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy import update as change

from knowledge import Knowledge
from knowledge.store.tables import ChannelMessageRow, ChannelUpdateRow
from tests.telegram import StubTelegram
from tests.unit.widget.channels.conftest import KEY, USER, EchoGateway, update
from widget.channels.answering import Answering
from widget.channels.sending import Sending
from widget.channels.taking import Reception, conversation_of
from widget.conversation.given_replies import Reply
from widget.conversation.turn import Ask
from widget.conversation.turns_in_order import ConversationBusyError


def rows(knowledge: Knowledge, table: Any) -> list[Any]:
    with knowledge._engine.connect() as connection:
        return list(connection.execute(select(table).order_by(table.id)))


def all_of(work: Any) -> int:
    times = 0
    while work():
        times += 1
    return times


def test_an_event_is_asked_under_its_own_number_and_its_answer_is_sent(
    deliver: Any, answering: Answering, sending: Sending, echo: EchoGateway, stub: StubTelegram
) -> None:
    deliver(update(7, "Krippe in Köthen"))
    assert all_of(answering.answer_next) == 1
    (ask,) = echo.asked
    conversation = conversation_of(KEY, "telegram", str(USER))
    assert (ask.message, ask.message_id, ask.accepted) == ("Krippe in Köthen", "telegram 7", "de")
    assert (ask.conversation, ask.sender) == (conversation, conversation)
    assert stub.sent == []
    assert sending.send_next()
    assert stub.texts(USER) == ["Antwort auf Krippe in Köthen"]
    assert all_of(sending.send_next) == 0


def test_afterwards_only_that_something_came_is_known(
    deliver: Any, answering: Answering, sending: Sending, store_knowledge: Knowledge
) -> None:
    deliver(update(7, "Krippe in Köthen"))
    all_of(answering.answer_next)
    all_of(sending.send_next)
    (event,) = rows(store_knowledge, ChannelUpdateRow)
    assert (event.update_id, event.state, event.user, event.payload) == ("7", "done", None, None)
    assert rows(store_knowledge, ChannelMessageRow) == []
    assert deliver(update(7, "Krippe in Köthen")) == 200
    assert all_of(answering.answer_next) == 0


def test_a_thousand_events_at_once_are_all_answered_each_users_in_order(
    reception: Reception, answering: Answering, store_knowledge: Knowledge
) -> None:
    channel = reception.channels["telegram"]
    events = [one for n in range(1000) for one in channel.read(json.dumps(update(n, str(n), user=1 + n % 50)).encode())]
    assert reception.take("telegram", events) == 1000
    with ThreadPoolExecutor(4) as workers:
        done = sum(workers.map(lambda _: all_of(answering.answer_next), range(4)))
    assert done == 1000
    written: dict[str, list[str]] = {}
    for row in rows(store_knowledge, ChannelMessageRow):
        written.setdefault(row.address, []).append(row.content["params"]["text"])
    for user in range(1, 51):
        assert written[str(user)] == [f"Antwort auf {n}" for n in range(1000) if 1 + n % 50 == user]


def test_while_an_event_is_held_no_other_of_its_user_is(reception: Reception, deliver: Any) -> None:
    updates = reception.knowledge.channel_updates
    for number, user in ((1, 10), (2, 10), (3, 11)):
        deliver(update(number, "x", user=user))
    held = [updates.claim(["telegram"]) for _ in range(3)]
    assert [one.update_id if one else None for one in held] == ["1", "3", None]


def test_what_was_held_when_the_process_died_is_answered_after_its_lease_and_the_first_holder_may_not_finish(
    reception: Reception, deliver: Any
) -> None:
    updates = reception.knowledge.channel_updates
    deliver(update(1, "x"))
    dead = updates.claim(["telegram"])
    assert dead
    assert updates.claim(["telegram"]) is None
    updates.put_back(dead, wait=timedelta(seconds=-1))  # as if the lease had ended
    second = updates.claim(["telegram"])
    assert second
    assert second.attempts == 2
    assert not updates.finish(dead, address="1", messages=[{"text": "late"}])
    assert updates.finish(second, address="1", messages=[{"text": "in time"}])
    assert not updates.finish(second, address="1", messages=[{"text": "twice"}])
    assert [row.content for row in rows(reception.knowledge, ChannelMessageRow)] == [{"text": "in time"}]


def test_an_event_that_kills_its_process_time_and_again_is_answered_with_an_apology(
    deliver: Any, answering: Answering, echo: EchoGateway, store_knowledge: Knowledge
) -> None:
    deliver(update(1, "x"))
    with store_knowledge._engine.begin() as connection:
        connection.execute(change(ChannelUpdateRow).values(attempts=5))
    assert answering.answer_next()
    assert echo.asked == []
    (message,) = rows(store_knowledge, ChannelMessageRow)
    assert "klappt gerade etwas nicht" in message.content["params"]["text"]


def test_a_busy_conversation_lets_its_event_wait(
    deliver: Any, answering: Answering, echo: EchoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: object) -> None:
        raise ConversationBusyError("busy")

    monkeypatch.setattr(echo, "answer", busy)
    deliver(update(1, "x"))
    assert answering.answer_next()
    assert not answering.answer_next()
    assert echo.knowledge.channel_updates.waiting() == {"telegram": 1}


def test_a_fault_of_the_database_leaves_the_event_where_it_was(
    deliver: Any, answering: Answering, store_knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("database or disk is full")

    deliver(update(1, "x"))
    monkeypatch.setattr(store_knowledge.channel_updates, "finish", full)
    with pytest.raises(OSError, match="full"):
        answering.answer_next()
    assert store_knowledge.channel_updates.waiting() == {"telegram": 1}
    assert rows(store_knowledge, ChannelMessageRow) == []


def test_nobodys_words_or_number_are_logged(
    deliver: Any, answering: Answering, sending: Sending, stub: StubTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    stub.blocked.add(USER)
    deliver(update(1, "Krippe in Köthen"))
    all_of(answering.answer_next)
    all_of(sending.send_next)
    assert "channel=telegram" in caplog.text
    assert "blocked by the user" in caplog.text
    for secret in ("Krippe", "4711", "Maryam", stub.url.rpartition(":")[2] + "/bot", "AAEhBOweik6ad9r"):
        assert secret not in caplog.text


def test_a_pressed_button_rests_and_a_slow_answer_shows_that_it_is_coming(
    deliver: Any, answering: Answering, echo: EchoGateway, stub: StubTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(ask: Ask) -> Reply:
        deadline = time.monotonic() + 20
        while {"answerCallbackQuery", "sendChatAction"} - set(stub.methods()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return EchoGateway.answer(echo, ask)

    monkeypatch.setattr(echo, "answer", slowly)
    user = {"id": USER, "is_bot": False, "first_name": "A"}
    deliver(
        {"update_id": 1, "callback_query": {"id": "77", "from": user, "chat_instance": "1", "data": "/more_results"}}
    )
    assert answering.answer_next()
    calls = {call.method: call.params for call in stub.calls}
    assert calls["answerCallbackQuery"] == {"callback_query_id": "77"}
    assert calls["sendChatAction"] == {"chat_id": str(USER), "action": "typing"}


def test_a_quick_answer_needs_no_sign(deliver: Any, answering: Answering, stub: StubTelegram) -> None:
    deliver(update(1, "Krippe"))
    assert answering.answer_next()
    assert stub.methods() == []
