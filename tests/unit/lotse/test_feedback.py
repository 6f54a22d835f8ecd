"""`lotse feedback` over a real store."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge import Alliance, open_knowledge, read_settings
from lotse.__main__ import lotse


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, koethen: Alliance) -> None:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    knowledge = open_knowledge(read_settings())
    knowledge.store.put([koethen], editor="anna")
    for helped, reason, alliance in (
        (True, None, "koethen"), (False, "far", "koethen"), (False, "outdated", "koethen"), (False, "far", "koethen"), (True, None, None),
    ):  # fmt: skip
        knowledge.feedback.give(helped=helped, reason=reason, alliance=alliance, language="de")


def feedback(*arguments: str) -> Result:
    return CliRunner().invoke(lotse, ["feedback", *arguments])


@pytest.mark.usefixtures("words")
def test_yes_no_and_reasons_are_counted_for_each_alliance() -> None:
    assert feedback().stdout.splitlines() == [
        "alliance        yes    no  why not",
        "koethen           1     3  far 2, outdated 1",
        "(none's page)     1     0",
    ]


@pytest.mark.usefixtures("words")
def test_a_program_reads_json() -> None:
    assert json.loads(feedback("--json").stdout) == [
        {"alliance": "koethen", "yes": 1, "no": 3, "reasons": {"far": 2, "outdated": 1}},
        {"alliance": None, "yes": 1, "no": 0, "reasons": {}},
    ]


def test_no_feedback_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    assert feedback().stderr == "No feedback yet.\n"
    assert json.loads(feedback("--json").stdout) == []
