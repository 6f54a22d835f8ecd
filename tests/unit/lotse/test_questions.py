"""`lotse questions` over a real store."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge import Alliance, open_knowledge, read_settings
from knowledge.evaluation import read_judged
from knowledge.store import Asked
from lotse.__main__ import lotse


@pytest.fixture
def _saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, koethen: Alliance) -> None:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    knowledge = open_knowledge(read_settings())
    knowledge.store.put([koethen, Alliance(id="aachen", name="Bündnis Aachen")], editor="anna")
    for alliance, text in (("koethen", "حضانة"), ("aachen", "Hort")):
        knowledge.saved_questions.add(Asked(text=text, language="ar"), offering=f"kita-{alliance}", alliance=alliance)


def questions(*arguments: str) -> Result:
    return CliRunner().invoke(lotse, ["questions", *arguments])


@pytest.mark.usefixtures("_saved")
def test_the_questions_of_all_alliances_or_of_one_are_written() -> None:
    assert [json.loads(line)["text"] for line in questions().stdout.splitlines()] == ["Hort", "حضانة"]
    (line,) = questions("--alliance", "koethen").stdout.splitlines()
    assert json.loads(line)["relevant"] == [{"id": "kita-koethen", "grade": 2}]
    assert questions("--alliance", "none-such").stdout == ""


@pytest.mark.usefixtures("_saved")
def test_the_file_is_one_that_evaluate_reads(tmp_path: Path) -> None:
    result = questions("--output", str(tmp_path / "saved.jsonl"))
    assert result.stderr == f"Wrote 2 questions to {tmp_path / 'saved.jsonl'}.\n"
    assert [one.text for one in read_judged(tmp_path / "saved.jsonl")] == ["Hort", "حضانة"]


@pytest.mark.usefixtures("_saved")
def test_an_unknown_alliance_is_named_with_those_that_are_there() -> None:
    assert str(questions("--alliance", "halle").exception) == "no alliance 'halle'; there are: aachen, koethen"
