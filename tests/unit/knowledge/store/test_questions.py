from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.errors import UnknownRecordError
from knowledge.store import Question, Questions, Store, open_engine, upgrade
from knowledge.values import Alliance

Leave = Callable[..., Question]


@pytest.fixture
def questions(tmp_path: Path, koethen: Alliance) -> Questions:
    engine = open_engine(f"sqlite:///{tmp_path / 'lotse.sqlite'}")
    upgrade(engine)
    Store(engine).put([koethen, Alliance(id="aachen", name="Bündnis Aachen")], editor="anna")
    return Questions(engine)


@pytest.fixture
def leave(questions: Questions) -> Leave:
    def leave(text: str = "Gibt es Hilfe?", *, days: float = 30, **fields: str) -> Question:
        given = {"alliance": "koethen", "conversation": "c1", "language": "tr", "contact": "ayse@example.org", **fields}
        return questions.leave(text=text, keep_for=timedelta(days=days), **given)

    return leave


def test_a_question_comes_back_as_it_was_left(questions: Questions, leave: Leave) -> None:
    left = leave("<b>Var mı?</b>")
    assert questions.one(left.id) == left
    assert (left.text, left.contact, left.state, left.notified_at) == (
        "<b>Var mı?</b>",
        "ayse@example.org",
        "open",
        None,
    )
    assert left.delete_after - left.asked_at == timedelta(days=30)
    assert abs(datetime.now(UTC) - left.asked_at) < timedelta(minutes=1)


def test_questions_are_listed_by_alliance_and_state(questions: Questions, leave: Leave) -> None:
    first, second, third = leave(), leave(alliance="aachen"), leave()
    questions.set_state(third.id, "answered")
    assert [q.id for q in questions.all()] == [first.id, second.id, third.id]
    assert [q.id for q in questions.all(state="open")] == [first.id, second.id]
    assert [q.id for q in questions.all(alliance="koethen", state="answered")] == [third.id]


def test_the_alliance_is_told_once_and_never_of_what_is_answered(questions: Questions, leave: Leave) -> None:
    told, answered, waiting = leave(), leave(), leave()
    questions.mark_notified(told.id)
    questions.set_state(answered.id, "answered")
    assert [q.id for q in questions.unannounced()] == [waiting.id]
    assert questions.one(told.id).notified_at is not None


def test_a_conversation_takes_its_questions_with_it(questions: Questions, leave: Leave) -> None:
    leave(), leave()
    other = leave(conversation="c2")
    assert questions.delete_of("c1") == 2
    assert [q.id for q in questions.all()] == [other.id]


def test_questions_are_deleted_when_their_time_is_over(questions: Questions, leave: Leave) -> None:
    leave(days=-0.1)
    kept = leave(days=0.1)
    assert questions.delete_expired() == 1
    assert [q.id for q in questions.all()] == [kept.id]


def test_the_number_of_a_deleted_question_is_never_given_again(questions: Questions, leave: Leave) -> None:
    gone = leave()
    questions.delete(gone.id)
    assert leave().id > gone.id


def test_a_question_that_is_not_there_is_named(questions: Questions) -> None:
    for do in (questions.one, questions.delete, lambda number: questions.set_state(number, "answered")):
        with pytest.raises(UnknownRecordError, match="no question 7"):
            do(7)
    questions.mark_notified(7)
    assert questions.delete_of("nobody") == 0


def test_questions_of_a_conversation_are_counted_for_a_time(questions: Questions, leave: Leave) -> None:
    leave()
    leave()
    leave(conversation="c2")
    assert questions.left_in("c1", within=timedelta(days=1)) == 2
    assert questions.left_in("c1", within=timedelta(0)) == 0
    assert questions.left_in("c3", within=timedelta(days=1)) == 0
