"""Which questions stand together."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.in_vain.grouping import group_with, groups_of
from knowledge.store import AskedInVain


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one direction for words of play, another for those of law."""
    return np.array([[1.0, 0.0] if "spiel" in text else [0.0, 1.0] for text in texts], np.float32)


def question(id_: int, **fields: Any) -> AskedInVain:
    given = {"language": "de", "alliance": "koethen", "conversation": f"c{id_}", **fields}
    return AskedInVain(id=id_, asked_at=datetime(2026, 11, id_, tzinfo=UTC), **given)


def test_known_needs_stand_by_area_and_need_and_the_most_asked_first() -> None:
    questions = [
        question(1, need="daycare"), question(2, need="carers"), question(3, need="daycare", language="tr"),
        question(4, need="daycare", alliance="halle"), question(5, need="daycare", alliance=None, place="Flensburg"),
        question(6, need="daycare", alliance=None, place="Kassel"),
    ]  # fmt: skip
    assert [[one.id for one in group.questions] for group in groups_of(questions, encode)] == [
        [1, 3], [6], [5], [4], [2],
    ]  # fmt: skip


def test_unknown_needs_stand_by_what_they_mean() -> None:
    questions = [question(1, text="spiel mal"), question(2, text="Anwalt"), question(3, text="spielen"), question(4)]
    groups = groups_of(questions, encode)
    assert [[one.id for one in group.questions] for group in groups] == [[1, 3], [4], [2]]
    found = group_with(groups, 3)
    assert found is not None
    assert (found.id, found.last_id, found.need) == (1, 3, None)
    assert group_with(groups, 99) is None


def test_three_questions_of_one_family_show_no_words() -> None:
    (group,) = groups_of([question(n, need="daycare", text="kita", conversation="c") for n in (1, 2, 3)], encode)
    assert (group.shows_words, group.examples()) == (False, [])


def test_questions_whose_link_is_gone_do_not_count_as_families() -> None:
    (group,) = groups_of([question(n, need="daycare", conversation=None) for n in (1, 2, 3)], encode)
    assert group.shows_words is False


def test_examples_are_the_latest_different_ones() -> None:
    texts = ["kita", "kita", "krippe", "kita am abend", "hort", "krippe am abend", "hort am abend"]
    (group,) = groups_of([question(n, need="daycare", text=text) for n, text in enumerate(texts, 1)], encode)
    assert [one.text for one in group.examples()] == [
        "hort am abend",
        "krippe am abend",
        "hort",
        "kita am abend",
        "krippe",
    ]


def test_a_category_stands_with_its_only_finer_need() -> None:
    questions = [question(1, need="fathers"), question(2, need="fathers.counselling"), question(3, need="fathers")]
    (group,) = groups_of(questions, encode)
    assert ([one.id for one in group.questions], group.need) == ([1, 2, 3], "fathers.counselling")
    two = [*questions, question(4, need="fathers.group")]
    assert [[one.id for one in group.questions] for group in groups_of(two, encode)] == [[1, 3], [4], [2]]
