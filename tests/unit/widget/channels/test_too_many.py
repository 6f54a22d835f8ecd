"""What one user sends without end is answered once, takes no room, and holds up nobody else."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest

from knowledge import Knowledge
from widget.channels.answering import Answering
from widget.channels.channel import Incoming
from widget.channels.sending import Sending
from widget.channels.taking import MOST_WAITING, Reception, conversation_of, read_payload
from widget.channels.texts import say
from widget.texts import REPLY_LANGUAGES


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def flooded(reception: Reception, clock: Clock) -> Reception:
    made = replace(reception, clock=clock)
    made.take("telegram", said(range(10_000)))
    return made


def said(numbers: Any, *, text: str = "Krippe", user: str = "4711") -> list[Incoming]:
    return [Incoming(update_id=str(n), user=user, kind="text", text=text, language="de") for n in numbers]


def waiting(knowledge: Knowledge) -> int:
    return knowledge.channel_updates.waiting().get("telegram", 0)


def test_ten_thousand_messages_of_one_user_are_forty_and_a_sentence(
    flooded: Reception, store_knowledge: Knowledge, answering: Answering, echo: Any
) -> None:
    assert waiting(store_knowledge) == MOST_WAITING + 1
    while answering.answer_next():
        pass
    assert len(echo.asked) == MOST_WAITING
    *_, last = _messages(store_knowledge)
    assert last.startswith(say("de", "too_many"))


def test_who_goes_on_is_not_told_again_until_ten_minutes_later(
    flooded: Reception, store_knowledge: Knowledge, answering: Answering, clock: Clock
) -> None:
    while answering.answer_next():
        pass
    flooded.take("telegram", said(range(20_000, 20_100)))
    assert waiting(store_knowledge) == 0  # its answers are still to be sent
    clock.now = 601.0
    flooded.take("telegram", said(range(30_000, 30_100)))
    assert waiting(store_knowledge) == 1


def test_an_event_that_was_too_many_stays_known(flooded: Reception) -> None:
    assert flooded.take("telegram", said(range(10_000))) == 0


def test_others_are_answered_meanwhile(flooded: Reception, store_knowledge: Knowledge) -> None:
    assert flooded.take("telegram", said([20_000], user="4712")) == 1
    other = conversation_of(flooded.key, "telegram", "4712")
    assert store_knowledge.channel_updates.waiting_of([other]) == Counter({other: 1})


@pytest.mark.parametrize("text", ["Ich will nicht mehr leben", "/stop", "/STOP@lotse_bot"])
def test_a_crisis_and_the_wish_to_be_forgotten_are_taken_behind_whatever(
    flooded: Reception, store_knowledge: Knowledge, answering: Answering, text: str
) -> None:
    flooded.take("telegram", said([20_000], text=text))
    assert waiting(store_knowledge) == MOST_WAITING + 2
    flooded.take("telegram", said(range(30_000, 31_000), text=text))
    assert waiting(store_knowledge) == 2 * MOST_WAITING


def test_who_is_answered_again_may_write_again(
    flooded: Reception, store_knowledge: Knowledge, answering: Answering, sending: Sending
) -> None:
    user = conversation_of(flooded.key, "telegram", "4711")
    while answering.answer_next():
        pass
    for _ in range(MOST_WAITING):
        held = store_knowledge.channel_messages.claim(["telegram"])
        assert held
        store_knowledge.channel_messages.sent(held)
    assert store_knowledge.channel_updates.waiting_of([user])[user] < MOST_WAITING
    flooded.take("telegram", said([20_000], text="Hort"))
    held_ = store_knowledge.channel_updates.claim(["telegram"])
    assert held_
    assert read_payload(held_.payload).text == "Hort"


def test_every_language_has_the_sentence() -> None:
    assert len({say(language, "too_many") for language in REPLY_LANGUAGES}) == len(REPLY_LANGUAGES)


def _messages(knowledge: Knowledge) -> list[str]:
    found = []
    while held := knowledge.channel_messages.claim(["telegram"]):
        found.append(str(held.content["params"]["text"]))
        knowledge.channel_messages.sent(held)
    return found
