"""Messages are sent in order and in the platform's pace, again after a fault, and given up where nothing helps."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy import update as change

from knowledge import Knowledge
from knowledge.store.tables import ChannelMessageRow, ChannelUpdateRow
from tests.telegram import StubTelegram, refusal
from tests.unit.widget.channels.conftest import update
from widget.app import forget_what_is_old
from widget.channels.channel import Pace
from widget.channels.sending import Sending, Tempo
from widget.channels.taking import Reception
from widget.channels.telegram import Telegram
from widget.channels.telegram.api import delivery_of

USER = "user-1"


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"method": "sendMessage", "params": {"text": text, **more}}


@pytest.fixture
def put(store_knowledge: Knowledge) -> Any:
    def put_messages(*texts: str, user: str = USER, chat: int = 4711) -> None:
        store_knowledge.channel_messages.put(
            channel="telegram", user=user, address=str(chat), messages=[message(text) for text in texts]
        )

    return put_messages


@pytest.fixture
def now_again(store_knowledge: Knowledge) -> Any:
    """Let every message be due."""

    def due() -> None:
        with store_knowledge._engine.begin() as connection:
            earliest = connection.scalar(select(ChannelMessageRow.created_at))
            connection.execute(change(ChannelMessageRow).values(not_before=earliest))

    return due


def waits(knowledge: Knowledge) -> list[tuple[str, int, float]]:
    """Return state, attempts and how many seconds after its making each message is due."""
    with knowledge._engine.connect() as connection:
        found = connection.execute(select(ChannelMessageRow).order_by(ChannelMessageRow.id))
        return [(row.state, row.attempts, (row.not_before - row.created_at).total_seconds()) for row in found]


def test_a_users_messages_are_sent_in_order_and_no_faster_than_one_a_second(
    put: Any, sending: Sending, stub: StubTelegram, store_knowledge: Knowledge, now_again: Any
) -> None:
    clock = Clock()
    sending._tempi["telegram"] = Tempo(Pace(per_second=30, per_second_and_user=1), clock, clock.sleep)
    put("eins", "zwei")
    assert sending.send_next()
    assert sending.send_next()  # looked at, and put back for its turn
    assert stub.texts() == ["eins"]
    assert [(state, attempts) for state, attempts, _ in waits(store_knowledge)] == [("waiting", 0)]
    put("drei", user="user-2", chat=5)
    for _ in range(2):
        sending.send_next()
    assert stub.texts() == ["eins", "drei"]
    clock.now += 1
    now_again()
    assert sending.send_next()
    assert stub.texts() == ["eins", "drei", "zwei"]


@dataclass
class Clock:
    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def test_the_pace_of_all_is_waited_for_and_that_of_a_user_told() -> None:
    clock = Clock()
    tempo = Tempo(Pace(per_second=10, per_second_and_user=1), clock, clock.sleep)
    assert [tempo.turn(f"user-{n}") for n in range(3)] == [0.0, 0.0, 0.0]
    assert clock.slept == [0.0, 0.1, 0.1]
    assert tempo.turn("user-0") == pytest.approx(0.8)
    clock.now += 1
    assert tempo.turn("user-0") == 0.0
    tempo.rest(30)
    assert tempo.turn("user-1") == pytest.approx(30)


@pytest.mark.parametrize(
    ("answer", "wait_s"),
    [
        (refusal(429, "Too Many Requests: retry after 17", retry_after=17), 17.0),
        (refusal(500, "Internal Server Error"), 2.0),
        (refusal(502, "Bad Gateway"), 2.0),
        (refusal(401, "Unauthorized"), 2.0),
        ((200, {"ok": False}), 2.0),
        ((200, {"something": "else"}), 2.0),
    ],
)
def test_after_a_fault_that_passes_a_message_is_sent_again_before_those_behind_it(
    put: Any,
    sending: Sending,
    stub: StubTelegram,
    store_knowledge: Knowledge,
    now_again: Any,
    answer: Any,
    wait_s: float,
) -> None:
    stub.next_answers("sendMessage", answer)
    put("eins", "zwei")
    assert sending.send_next()
    assert not sending.send_next()
    (state, attempts, due_s), _ = waits(store_knowledge)
    assert (state, attempts) == ("waiting", 1)
    assert wait_s <= due_s < wait_s + 5
    now_again()
    sending._tempi["telegram"] = Tempo(Pace(per_second=1000, per_second_and_user=1000))
    assert sending.send_next()
    assert stub.texts() == ["eins"]


def test_a_limit_of_the_platform_holds_for_all_users(
    put: Any, sending: Sending, stub: StubTelegram, store_knowledge: Knowledge
) -> None:
    stub.next_answers("sendMessage", refusal(429, "Too Many Requests: retry after 17", retry_after=17))
    put("eins")
    put("zwei", user="user-2", chat=5)
    sending.send_next()
    sending.send_next()
    assert stub.methods() == ["sendMessage"]
    assert [round(due_s) >= 15 for _, _, due_s in waits(store_knowledge)] == [True, True]


def test_the_pauses_grow_until_a_message_is_given_up_and_counted(
    put: Any, sending: Sending, stub: StubTelegram, store_knowledge: Knowledge, now_again: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    stub.next_answers("sendMessage", *[refusal(500, "Internal Server Error")] * 12)
    put("geheim")
    sending._tempi["telegram"] = Tempo(Pace(per_second=10_000, per_second_and_user=10_000))
    pauses = []
    for _ in range(11):
        assert sending.send_next()
        pauses.append(round(waits(store_knowledge)[0][2]))
        now_again()
    assert [pause // 2 * 2 for pause in pauses[:4]] == [2, 4, 8, 16]
    assert 600 <= pauses[-1] < 660
    assert sending.send_next()
    assert store_knowledge.channel_messages.counts() == {"telegram": {"waiting": 0, "given_up": 1}}
    assert "given up: 500 Internal Server Error" in caplog.text
    with store_knowledge._engine.connect() as connection:
        row = connection.execute(select(ChannelMessageRow)).one()
    assert (row.content, row.address, row.user) == (None, None, None)


def test_to_a_user_who_blocked_us_nothing_more_is_tried(
    put: Any, sending: Sending, stub: StubTelegram, store_knowledge: Knowledge
) -> None:
    stub.blocked.add(4711)
    put("eins", "zwei", "drei")
    assert sending.send_next()
    assert not sending.send_next()
    assert stub.methods() == ["sendMessage"]
    assert store_knowledge.channel_messages.counts() == {"telegram": {"waiting": 0, "given_up": 3}}


def test_a_form_that_telegram_refuses_is_sent_as_plain_text(
    store_knowledge: Knowledge, sending: Sending, stub: StubTelegram
) -> None:
    html = '<b>1. A &amp; B</b>\n🌐 <a href="https://a.example.org/?x=1&amp;y=2">Website</a> <nobr>'
    markup = {"inline_keyboard": [[{"text": "Mehr", "callback_data": "/more_results"}]]}
    store_knowledge.channel_messages.put(
        channel="telegram", user=USER, address="4711", messages=[message(html, parse_mode="HTML", reply_markup=markup)]
    )
    sending.send_next()
    assert stub.methods() == ["sendMessage", "sendMessage"]
    assert stub.texts() == ["1. A & B\n🌐 Website: https://a.example.org/?x=1&y=2 "]
    assert store_knowledge.channel_messages.counts() == {}


def test_a_message_that_nothing_helps_is_given_up_and_the_next_one_sent(
    put: Any, sending: Sending, stub: StubTelegram, store_knowledge: Knowledge
) -> None:
    sending._tempi["telegram"] = Tempo(Pace(per_second=1000, per_second_and_user=1000))
    put("", "zwei")
    sending.send_next()
    sending.send_next()
    assert stub.texts() == ["zwei"]
    assert store_knowledge.channel_messages.counts() == {"telegram": {"waiting": 0, "given_up": 1}}


def test_a_message_that_its_sender_died_with_is_sent_again_after_its_lease(
    put: Any, store_knowledge: Knowledge
) -> None:
    put("eins")
    messages = store_knowledge.channel_messages
    held = messages.claim(["telegram"])
    assert held
    assert messages.claim(["telegram"]) is None
    assert 29 < waits(store_knowledge)[0][2] < 60
    messages.later(held, wait=timedelta(seconds=-1))
    again = messages.claim(["telegram"])
    assert again
    assert (again.id, again.attempts) == (held.id, 2)


def test_what_waits_is_deleted_with_the_conversation(put: Any, store_knowledge: Knowledge) -> None:
    put("eins")
    put("zwei", user="user-2")
    store_knowledge.conversations.delete(USER)
    assert store_knowledge.channel_messages.counts() == {"telegram": {"waiting": 1, "given_up": 0}}


def test_a_platform_that_takes_too_long_is_asked_again_later(telegram: Telegram, stub: StubTelegram) -> None:
    stub.slow_s = 1.0
    answer = telegram.api.call("sendMessage", message("eins")["params"] | {"chat_id": "4711"}, timeout_s=0.1)
    assert (answer.status, answer.description) == (0, "ReadTimeout")
    assert delivery_of(answer).state == "later"


def test_what_is_old_is_forgotten_with_the_rest(
    put: Any, store_knowledge: Knowledge, reception: Reception, deliver: Any
) -> None:
    put("eins")
    deliver(update(1, "Krippe"))
    then = datetime.now(UTC) - timedelta(days=31)
    with store_knowledge._engine.begin() as connection:
        connection.execute(change(ChannelMessageRow).values(created_at=then))
        connection.execute(change(ChannelUpdateRow).values(received_at=then))
    forget_what_is_old(store_knowledge)
    assert store_knowledge.channel_messages.counts() == {}
    assert store_knowledge.channel_updates.waiting() == {}
