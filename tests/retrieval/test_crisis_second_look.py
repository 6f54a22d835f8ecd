"""What the crisis layer recognises of messages that neither its patterns nor its model were made from."""

from pathlib import Path

import pytest

from knowledge import open_knowledge, read_settings
from knowledge.training.questions import read_questions
from widget.crisis import CRISIS_MODEL, SecondLook
from widget.crisis.learned import read_examples

# Measured on held-back examples, most of which only hint: see docs/quality.md.
FLOOR_RECALL = 0.66
MOST_HARD_NEGATIVES = 0.12
MOST_QUESTIONS = 0.03
EVERY = 5


@pytest.fixture(scope="module")
def check(prepared: Path) -> SecondLook:
    knowledge = open_knowledge(read_settings())
    return SecondLook(knowledge.models_dir / CRISIS_MODEL, lambda: knowledge.encoder)


def test_people_in_danger_are_recognised(check: SecondLook) -> None:
    crises = [example for example in read_examples() if example.held_back and example.kind != "ordinary"]
    assert len(crises) > 300
    assert sum(check(one.text, one.language) is not None for one in crises) >= FLOOR_RECALL * len(crises)


def test_few_harmless_messages_are_taken_for_a_crisis(check: SecondLook) -> None:
    harmless = [example for example in read_examples() if example.held_back and example.kind == "ordinary"]
    assert sum(check(one.text, one.language) is not None for one in harmless) <= MOST_HARD_NEGATIVES * len(harmless)


def test_hardly_any_question_is_taken_for_a_crisis(check: SecondLook) -> None:
    questions = [question for question in read_questions() if question.held_back][::EVERY]
    alarms = [question.text for question in questions if check(question.text, question.language) is not None]
    assert len(alarms) <= MOST_QUESTIONS * len(questions), alarms
