"""What messengers deliver and what is sent to them, in every database: once, in order, by one worker at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import StatementError

from knowledge.store import (
    ChannelAddress,
    ChannelMessages,
    ChannelNotes,
    ChannelUpdates,
    Conversations,
    Questions,
    Store,
)
from knowledge.store.tables import ChannelButtonRow, ChannelMessageRow, ChannelUpdateRow
from knowledge.values import Alliance

ON = ["telegram"]


@pytest.fixture
def updates(engine: Engine) -> ChannelUpdates:
    return ChannelUpdates(engine)


@pytest.fixture
def messages(engine: Engine) -> ChannelMessages:
    return ChannelMessages(engine)


@pytest.fixture
def notes(engine: Engine) -> ChannelNotes:
    return ChannelNotes(engine)


def event(number: int, user: str = "u") -> tuple[str, str, dict[str, object]]:
    return str(number), user, {"text": f"Krippe {number} \u0000 \ud800 حضانة"}


def test_an_event_is_taken_once_in_each_channel(updates: ChannelUpdates) -> None:
    assert updates.accept("telegram", [event(1), event(2), event(1)]) == 2
    assert updates.accept("telegram", [event(2), event(3)]) == 1
    assert updates.accept("whatsapp", [event(1)]) == 1
    assert updates.waiting() == {"telegram": 3, "whatsapp": 1}


def test_an_event_without_content_is_only_known(updates: ChannelUpdates) -> None:
    number, user, _ = event(1)
    assert updates.accept("telegram", [(number, user, None), event(2)]) == 2
    assert updates.accept("telegram", [event(1)]) == 0
    assert updates.waiting() == {"telegram": 1}


def test_what_waits_of_a_user_is_events_and_messages(updates: ChannelUpdates, messages: ChannelMessages) -> None:
    updates.accept("telegram", [event(1, "u"), event(2, "u"), event(3, "v")])
    messages.put(channel="telegram", user="u", address="1", messages=[{"text": "a"}, {"text": "b"}])
    assert updates.waiting_of(["u", "v", "w"]) == {"u": 4, "v": 1}
    assert updates.waiting_of([]) == {}


def test_copies_that_arrive_at_the_same_moment_are_one(updates: ChannelUpdates) -> None:
    with ThreadPoolExecutor(8) as couriers:
        new = list(couriers.map(lambda n: updates.accept("telegram", [event(n % 10)]), range(50)))
    assert sum(new) == 10


def test_workers_never_hold_the_same_event_nor_two_of_one_user(updates: ChannelUpdates) -> None:
    updates.accept("telegram", [event(n, user=f"u{n % 4}") for n in range(40)])
    with ThreadPoolExecutor(8) as workers:
        held = [one for one in workers.map(lambda _: updates.claim(ON), range(8)) if one]
    assert sorted(one.update_id for one in held) == ["0", "1", "2", "3"]
    assert updates.claim(ON) is None
    done = 0
    while held:
        assert updates.finish(held.pop(), address="1", messages=[])
        done += 1
        following = updates.claim(ON)
        held += [following] if following else []
    assert done == 40


def test_an_event_of_a_channel_that_is_off_waits(updates: ChannelUpdates) -> None:
    updates.accept("whatsapp", [event(1)])
    assert updates.claim(ON) is None
    assert updates.claim(["whatsapp", *ON]) is not None


def test_the_answer_is_stored_with_the_end_of_its_event_or_not_at_all(
    updates: ChannelUpdates, messages: ChannelMessages, engine: Engine
) -> None:
    updates.accept("telegram", [event(1)])
    held = updates.claim(ON)
    assert held
    with pytest.raises((StatementError, TypeError)):
        updates.finish(held, address="1", messages=[{"text": object()}])
    assert updates.waiting() == {"telegram": 1}
    assert messages.counts() == {}
    assert updates.finish(held, address="4711", messages=[{"text": "eins"}, {"text": "zwei"}])
    first = messages.claim(ON)
    assert first
    assert (first.address, first.user, first.content) == ("4711", "u", {"text": "eins"})
    with engine.connect() as connection:
        row = connection.execute(select(ChannelUpdateRow)).one()
    assert (row.state, row.user, row.payload) == ("done", None, None)


def test_a_users_messages_wait_for_each_other_and_other_users_do_not(messages: ChannelMessages) -> None:
    for user in ("a", "b"):
        messages.put(channel="telegram", user=user, address="1", messages=[{"n": 1}, {"n": 2}])
    held = [messages.claim(ON) for _ in range(3)]
    assert [(one.user, one.content) if one else None for one in held] == [("a", {"n": 1}), ("b", {"n": 1}), None]
    assert held[0]
    assert held[1]
    messages.sent(held[0])
    messages.give_up(held[1])
    following = [messages.claim(ON) for _ in range(3)]
    assert [(one.user, one.content) if one else None for one in following] == [("a", {"n": 2}), ("b", {"n": 2}), None]


def test_what_is_old_goes_and_the_rest_stays(
    updates: ChannelUpdates, messages: ChannelMessages, notes: ChannelNotes, engine: Engine
) -> None:
    old = datetime.now(UTC) - timedelta(days=31)
    month = timedelta(days=30)
    updates.accept("telegram", [event(1)])
    messages.put(channel="telegram", user="u", address="1", messages=[{}])
    notes.keep_button("old")
    notes.keep_address("old", channel="telegram", address="1", keep_for=-timedelta(days=1))
    with engine.begin() as connection:
        connection.execute(update(ChannelUpdateRow).values(received_at=old))
        connection.execute(update(ChannelMessageRow).values(created_at=old))
        connection.execute(update(ChannelButtonRow).values(shown_at=old))
    updates.accept("telegram", [event(2)])
    messages.put(channel="telegram", user="u", address="1", messages=[{}])
    key = notes.keep_button("new")
    notes.keep_address("new", channel="telegram", address="1", keep_for=month)
    assert (updates.delete_older_than(month), messages.delete_older_than(month)) == (1, 1)
    notes.delete_expired(buttons_after=month)
    assert updates.waiting() == {"telegram": 1}
    assert messages.counts() == {"telegram": {"waiting": 1, "given_up": 0}}
    assert notes.button(key) == "new"
    assert notes.address("new") == ChannelAddress(channel="telegram", address="1")
    assert notes.address("old") is None
    with engine.connect() as connection:
        assert len(connection.execute(select(ChannelButtonRow)).all()) == 1


def test_a_long_command_has_one_short_key(notes: ChannelNotes) -> None:
    key = notes.keep_button("x" * 500)
    assert (len(key), notes.keep_button("x" * 500)) == (24, key)
    assert notes.button(key) == "x" * 500
    assert [notes.button(other) for other in ("", "y" * 24, "\x00" * 24, key + "\n", "%")] == [None] * 5


def test_the_address_goes_with_the_last_question_that_was_left_there(
    engine: Engine, notes: ChannelNotes, koethen: Alliance
) -> None:
    Store(engine).put([koethen], editor="anna")
    questions = Questions(engine)
    notes.keep_address("c" * 20, channel="telegram", address="1", keep_for=timedelta(days=1))
    left = [
        questions.leave(
            alliance="koethen", conversation="c" * 20, language="de", text="?", contact="Telegram@chat.invalid",
            keep_for=timedelta(days=1),
        )
        for _ in range(2)
    ]  # fmt: skip
    questions.delete(left[0].id)
    assert notes.address("c" * 20)
    questions.delete(left[1].id)
    assert notes.address("c" * 20) is None


def test_with_a_conversation_goes_where_it_was_held(engine: Engine, notes: ChannelNotes) -> None:
    for number in (1, 2):
        notes.keep_address("c" * 20, channel="telegram", address=str(number), keep_for=timedelta(days=1))
    assert notes.address("c" * 20) == ChannelAddress(channel="telegram", address="2")
    Conversations(engine).delete("c" * 20)
    assert notes.address("c" * 20) is None
