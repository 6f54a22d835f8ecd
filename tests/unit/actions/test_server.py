import asyncio
import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.server import create_executor
from knowledge import Query

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("torch", "sentence_transformers", "tensorflow", "rasa")


def call(name: str, **slots: Any) -> dict[str, Any]:
    return {"next_action": name, "tracker": {"sender_id": "c", "slots": slots, "latest_message": {}, "events": []}}


def test_importing_the_actions_imports_nothing_heavy() -> None:
    program = f"import sys, actions.server; print([m for m in {HEAVY!r} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_an_action_answers_without_the_domain(knowledge: Any) -> None:
    result = asyncio.run(create_executor(knowledge).run(call("action_ask_place")))
    assert result is not None
    assert [response["response"] for response in result.responses] == ["utter_ask_place"]


def test_a_failing_action_stays_silent_and_logs_no_words(knowledge: Any, caplog: pytest.LogCaptureFixture) -> None:
    def fail(query: Query) -> None:
        raise ValueError(query.text)

    knowledge.search = fail
    with caplog.at_level(logging.ERROR):
        result = asyncio.run(
            create_executor(knowledge).run(call("action_find_services", request="Frauenhaus in Köthen"))
        )
    assert result is not None
    assert (result.events, result.responses) == ([], [])
    assert "ValueError" in caplog.text
    assert "Köthen" not in caplog.text


def test_every_action_of_the_domain_can_be_run(knowledge: Any) -> None:
    in_domain = {
        action
        for path in (ROOT / "bot" / "domain").glob("*.yml")
        for action in yaml.safe_load(path.read_text(encoding="utf-8")).get("actions", [])
    }
    assert {action.name for action in create_executor(knowledge).list_actions()} == in_domain


def test_every_value_of_a_response_is_one_that_an_action_gives() -> None:
    given = {
        "place",
        "alliance",
        "contact",
        "title",
        "cost",
        "hours",
        "address",
        "languages",
        "ages",
        "quote",
        "url",
        "language_name",
        "days",
        "number",
        "request",
    }
    for path in (ROOT / "bot" / "domain").glob("*.yml"):
        for name, variations in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            wanted = [set(re.findall(r"\{(\w+)\}", variation["text"])) for variation in variations]
            assert set().union(*wanted) <= given, name
            # Einfache Sprache may leave the title out; all others say the same.
            assert all(one == wanted[0] for one in wanted[:-2]), name
