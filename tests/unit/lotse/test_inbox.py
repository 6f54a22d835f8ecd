"""`lotse inbox`, run as a coordinator runs it."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge import Alliance, Question, UnknownRecordError, open_knowledge, read_settings
from lotse.__main__ import lotse

Inbox = Callable[..., Result]
LONG = "Gibt es in Köthen eine Betreuung, die auch nach zwanzig Uhr und am Samstag für mich da ist?"


@pytest.fixture
def questions(tmp_path: Path, koethen: Alliance, monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    knowledge = open_knowledge(read_settings())
    knowledge.store.put([koethen, Alliance(id="aachen", name="Bündnis Aachen")], editor="anna")
    return [
        knowledge.questions.leave(
            alliance=alliance, conversation="secret-id", language="ar", text=text, contact="+49 176 1", keep_for=timedelta(30)
        )
        for alliance, text in (("koethen", LONG), ("aachen", "كيف أسجل؟"))
    ]  # fmt: skip


def inbox(*arguments: str) -> Result:
    return CliRunner().invoke(lotse, ["inbox", *arguments])


def test_open_questions_are_listed_with_their_first_words(questions: list[Question]) -> None:
    first, second = inbox().stdout.splitlines()
    assert first.split()[:4] == ["1", str(questions[0].asked_at.astimezone().date()), "koethen", "ar"]
    assert first.endswith("Gibt es in Köthen eine Betreuung, die auch nach zwanzig Uhr …")
    assert second.endswith("كيف أسجل؟")


def test_one_alliance_can_be_chosen_and_what_is_answered_is_shown_on_request(questions: list[Question]) -> None:
    assert inbox("answered", "1").exit_code == 0
    assert [line.split()[0] for line in inbox().stdout.splitlines()] == ["2"]
    assert [line.split()[0] for line in inbox("--all", "--alliance", "koethen").stdout.splitlines()] == ["1"]
    assert "answered" in inbox("--all", "--alliance", "koethen").stdout


def test_a_program_reads_json_without_the_key_to_the_conversation(questions: list[Question]) -> None:
    listed = json.loads(inbox("--json").stdout)
    assert [(q["id"], q["text"], q["notified_at"]) for q in listed] == [(1, LONG, None), (2, "كيف أسجل؟", None)]
    assert json.loads(inbox("show", "2", "--json").stdout) == listed[1]
    assert "secret-id" not in inbox("--json").stdout


def test_a_question_is_shown_whole_with_its_contact(questions: list[Question]) -> None:
    shown = inbox("show", "1").stdout
    assert LONG in shown
    assert "answer to  +49 176 1" in shown


def test_a_deleted_question_is_gone(questions: list[Question]) -> None:
    assert inbox("delete", "1").exit_code == 0
    assert isinstance(inbox("show", "1").exception, UnknownRecordError)


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [(["answered", "9"], "no question 9"), (["--alliance", "koeln"], "there are: aachen, koethen")],
)
def test_faults_name_the_next_step(questions: list[Question], arguments: list[str], fault: str) -> None:
    error = inbox(*arguments).exception
    assert isinstance(error, UnknownRecordError)
    assert fault in str(error)


def test_an_empty_inbox_says_so(questions: list[Question]) -> None:
    for question in questions:
        inbox("delete", str(question.id))
    assert inbox().stderr == "No open questions.\n"
    assert json.loads(inbox("--json").stdout) == []
