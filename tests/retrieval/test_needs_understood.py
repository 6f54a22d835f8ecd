"""How often the need is understood, on the tenth of our own questions that no model was trained on."""

from collections import defaultdict
from pathlib import Path

import pytest

from knowledge import open_knowledge, read_settings
from knowledge.needs import categories_of
from knowledge.taxonomy import UNRELATED, broader
from knowledge.training.questions import Question, read_questions
from knowledge.values import LANGUAGES

FLOOR = 0.72
FLOOR_OF_A_LANGUAGE = 0.62
FLOOR_OF_UNRELATED = 0.85
EVERY = 2


@pytest.fixture(scope="module")
def understood(prepared: Path) -> dict[str, list[tuple[Question, str]]]:
    """Held-back questions by language, each with the category understood (`unrelated` where that is likeliest)."""
    classifier = open_knowledge(read_settings()).classifier
    found: dict[str, list[tuple[Question, str]]] = defaultdict(list)
    for question in [q for q in read_questions() if q.held_back][::EVERY]:
        needs = classifier.needs(question.text)
        categories = categories_of(needs)
        likeliest = max(categories, key=lambda category: categories[category])
        says = UNRELATED if needs.get(UNRELATED, 0.0) > categories[likeliest] else likeliest
        found[question.language].append((question, says))
    return found


def _share_right(pairs: list[tuple[Question, str]]) -> float:
    return sum(says == broader(question.need) for question, says in pairs) / len(pairs)


def test_the_category_is_understood(understood: dict[str, list[tuple[Question, str]]]) -> None:
    assert _share_right([pair for pairs in understood.values() for pair in pairs]) >= FLOOR


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_category_is_understood_in_every_language(
    understood: dict[str, list[tuple[Question, str]]], language: str
) -> None:
    assert _share_right(understood[language]) >= FLOOR_OF_A_LANGUAGE


def test_what_is_no_family_matter_is_seen_as_such(understood: dict[str, list[tuple[Question, str]]]) -> None:
    pairs = [pair for group in understood.values() for pair in group if pair[0].need == UNRELATED]
    assert _share_right(pairs) >= FLOOR_OF_UNRELATED
