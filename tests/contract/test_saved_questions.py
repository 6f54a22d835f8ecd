"""Saved questions, in every database."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from knowledge.errors import TooManyQuestionsError, UnknownRecordError
from knowledge.store import Asked, QuestionOutcome, SavedQuestion, SavedQuestions, Store
from knowledge.store.saved_questions import LONGEST_PLACE, LONGEST_QUESTION, MOST_OF_AN_OFFERING
from knowledge.values import Alliance

KITA = Asked(text="حضانة في Köthen", language="ar", near="06366", within=1)
DAY = date(2026, 11, 22)


@pytest.fixture
def saved(engine: Engine, koethen: Alliance) -> SavedQuestions:
    Store(engine).put([koethen, Alliance(id="aachen", name="Bündnis Aachen")], editor="anna")
    return SavedQuestions(engine)


def _add(
    saved: SavedQuestions, asked: Asked = KITA, offering: str = "kita", alliance: str = "koethen"
) -> SavedQuestion:
    return saved.add(asked, offering=offering, alliance=alliance)


def test_a_question_comes_back_as_it_was_saved(saved: SavedQuestions) -> None:
    one = _add(saved)
    assert (one.alliance, one.offering, one.asked) == ("koethen", "kita", KITA)
    assert (one.last, one.asked_on, one.index_of) == (QuestionOutcome(state="new"), None, None)
    assert saved.one(one.id) == one
    assert saved.one(one.id + 1) is None


def test_the_same_question_again_is_the_one_that_is_there(saved: SavedQuestions) -> None:
    one = _add(saved)
    assert _add(saved) == one
    wanted_less = _add(saved, replace(KITA, within=3))
    assert (wanted_less.id, wanted_less.asked.within) == (one.id, 3)
    assert len(saved.of("kita")) == 1
    assert _add(saved, replace(KITA, near="")).id != one.id


def test_each_alliance_has_its_own(saved: SavedQuestions) -> None:
    mine, theirs = _add(saved), _add(saved, offering="hort", alliance="aachen")
    assert saved.all(["koethen"]) == [mine]
    assert saved.all([]) == []
    assert saved.all() == [theirs, mine]
    assert saved.of("hort") == [theirs]


def test_how_it_went_is_noted_and_failures_are_listed(saved: SavedQuestions) -> None:
    passing, failing = _add(saved), _add(saved, replace(KITA, near="06108"))
    gone = QuestionOutcome(state="failed", rank=None, why="too_far")
    saved.note([(passing, QuestionOutcome(state="passed", rank=2)), (failing, gone)], asked_on=DAY, index_of=7)
    (one,) = saved.failing(["koethen"])
    assert (one.id, one.last, one.asked_on, one.index_of) == (failing.id, gone, DAY, 7)
    assert saved.failing(["aachen"]) == []
    there = saved.one(passing.id)
    assert there
    assert there.last == QuestionOutcome(state="passed", rank=2)


def test_a_changed_question_is_new_again_and_takes_no_outcome_of_its_old_words(saved: SavedQuestions) -> None:
    old = _add(saved)
    saved.note([(old, QuestionOutcome(state="passed", rank=1))], asked_on=DAY, index_of=7)
    other = replace(KITA, text="Kita am Abend", language="de")
    assert saved.change(old.id, other)
    saved.note([(old, QuestionOutcome(state="failed", why="behind"))], asked_on=DAY, index_of=8)
    one = saved.one(old.id)
    assert one
    assert (one.asked, one.last, one.index_of) == (other, QuestionOutcome(), None)


def test_a_question_is_not_changed_into_one_that_the_offering_has(saved: SavedQuestions) -> None:
    first, second = _add(saved), _add(saved, replace(KITA, near=""))
    assert not saved.change(second.id, first.asked)
    assert saved.one(second.id) == second
    assert saved.change(second.id, replace(second.asked, within=3))


def test_a_deleted_question_is_gone_and_its_number_is_nobodys(saved: SavedQuestions) -> None:
    one = _add(saved)
    saved.delete(one.id)
    saved.delete(one.id)
    assert saved.all() == []
    with pytest.raises(UnknownRecordError):
        saved.change(one.id, KITA)
    assert _add(saved).id != one.id


def test_the_longest_question_fits_and_an_offering_has_so_many(saved: SavedQuestions) -> None:
    long = Asked(text="😀" * LONGEST_QUESTION, language="de", near="😀" * LONGEST_PLACE)
    assert _add(saved, long, offering="o" * 80).asked == long
    for number in range(MOST_OF_AN_OFFERING):
        _add(saved, Asked(text=f"Kita {number}", language="de"))
    with pytest.raises(TooManyQuestionsError, match="30"):
        _add(saved)
    assert _add(saved, Asked(text="Kita 0", language="de")).asked.text == "Kita 0"
