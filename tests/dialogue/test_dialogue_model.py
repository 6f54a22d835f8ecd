"""The dialogue model: its data are consistent, its stories hold, and its intents generalise to lines it was not trained on."""

import json
import os
import subprocess
import zlib
from pathlib import Path

import pytest

from bot.intent_model import IntentModel, train_intents
from knowledge import UNRELATED, read_settings
from knowledge.encoder import StaticEncoder
from knowledge.settings import ROOT, SHIPPED_ENCODER
from knowledge.training.questions import read_questions
from lotse.dialogue import RASA_ENVIRONMENT, RASA_PYTHON, ensure_dialogue_model, examples, write_requests

Line = tuple[str, str]
# Measured: 0.68 of the chat lines, 0.90 of the questions. One line in ten is held back; none of them resembles another.
_FLOOR_CHAT = 0.62
_FLOOR_QUESTIONS = 0.84


def rasa(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", *map(str, arguments)]
    environment = {**os.environ, **RASA_ENVIRONMENT}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=280)


@pytest.fixture(scope="module")
def model() -> Path:
    return ensure_dialogue_model(read_settings(), print)


def test_domain_rules_stories_and_examples_agree(tmp_path: Path) -> None:
    answer = rasa(
        "data", "validate", "--fail-on-warnings", "--config", "config.yml", "--domain", "bot/domain",
        "--data", "bot/data", write_requests(tmp_path / "requests.yml"),
    )  # fmt: skip
    complaints = [line for line in answer.stdout.splitlines() + answer.stderr.splitlines() if "labeled with" in line]
    assert answer.returncode == 0, "\n".join(complaints) or answer.stdout[-2000:]


def test_the_stories_hold(model: Path, tmp_path: Path) -> None:
    answer = rasa("test", "core", "--stories", "tests/dialogue", "--model", model, "--out", tmp_path, "--no-plot")
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8")) if not answer.returncode else {}
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8") if report else answer.stderr[-2000:]
    assert report["conversation_accuracy"]["accuracy"] == 1.0, failed
    assert report["conversation_accuracy"]["total"] >= 50


def test_intents_of_unseen_lines_are_recognised() -> None:
    chat, questions = chat_lines(), question_lines()
    encoder = StaticEncoder(SHIPPED_ENCODER)
    seen = [line for line in chat + questions if not is_held_back(line)]
    intents = IntentModel(train_intents(seen, encoder), encoder)
    for lines, floor in ((chat, _FLOOR_CHAT), (questions, _FLOOR_QUESTIONS)):
        unseen = [line for line in lines if is_held_back(line)]
        right = sum(intents.rank(text)[0][0] == intent for text, intent in unseen)
        assert len(unseen) > 200
        assert right / len(unseen) > floor


def is_held_back(line: Line) -> bool:
    return zlib.crc32(line[0].encode()) % 10 == 0


def chat_lines() -> list[Line]:
    return [(example.text, example.intent) for example in examples()]


def question_lines() -> list[Line]:
    """Return every third question, as many as the dialogue model is trained on."""
    return [
        (question.text, "out_of_scope" if question.need == UNRELATED else "find_services")
        for question in read_questions()[::3]
    ]
