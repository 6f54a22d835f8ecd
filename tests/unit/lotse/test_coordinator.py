"""`lotse coordinator`: accounts from the terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from console.accounts.passwords import account_of_link
from knowledge import Knowledge, KnowledgeError, open_knowledge, read_settings
from knowledge.values import Alliance
from lotse.coordinator import coordinator_command


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LOTSE_PORT", "9000")
    found = open_knowledge(read_settings())
    found.store.put([Alliance(id="koethen", name="Bündnis Köthen")], editor="import")
    return found


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(coordinator_command, arguments)


def test_the_first_account_is_added_and_its_link_printed(knowledge: Knowledge) -> None:
    answer = _run("add", "Anna@example.org", "--alliance", "koethen", "--name", "Anna Berg")
    assert answer.exit_code == 0, answer.output
    link = answer.stdout.strip()
    assert link.startswith("http://localhost:9000/console/password/")
    key = (knowledge.settings.data_dir / "secret.key").read_text()
    account = account_of_link(key, link.rpartition("/")[2], knowledge.accounts)
    assert account == knowledge.accounts.of_email("anna@example.org")
    assert account
    assert (account.role, account.alliances, account.name) == ("coordinator", ("koethen",), "Anna Berg")
    assert _run("list").stdout == "anna@example.org  coordinator  koethen  invited\n"


def test_the_secret_can_be_read_by_its_owner_alone(knowledge: Knowledge) -> None:
    _run("add", "anna@example.org", "--alliance", "koethen")
    path = knowledge.settings.data_dir / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_text()
    _run("reset", "anna@example.org")
    assert path.read_text() == before
    assert sorted(file.name for file in path.parent.glob("*secret*")) == ["secret.key"]


def test_an_account_is_disabled_and_let_in_again_by_a_new_link(knowledge: Knowledge) -> None:
    _run("add", "anna@example.org", "--alliance", "koethen")
    _run("disable", "anna@example.org")
    assert "disabled" in _run("list").stdout
    assert "/console/password/" in _run("reset", "ANNA@example.org").stdout
    assert "invited" in _run("list").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "anna@example.org"], "--alliance"),
        (["add", "anna", "--alliance", "koethen"], "no e-mail address"),
        (["add", "anna@example.org", "--alliance", "nowhere"], "no alliance 'nowhere'; there are: koethen"),
        (["disable", "anna@example.org"], "lotse coordinator list"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(knowledge: Knowledge, arguments: list[str], said: str) -> None:
    answer = _run(*arguments)
    assert answer.exit_code != 0
    assert said in (str(answer.exception) if isinstance(answer.exception, KnowledgeError) else answer.output)
    assert knowledge.accounts.all() == []
