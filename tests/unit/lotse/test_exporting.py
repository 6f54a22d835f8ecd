"""`lotse export`, run as a person runs it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge import Alliance, Offering, open_knowledge, read_settings
from lotse.__main__ import lotse


@pytest.fixture(autouse=True)
def kept(
    tmp_path: Path, koethen: Alliance, make_offering: Callable[..., Offering], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    open_knowledge(read_settings()).store.put([koethen, make_offering()], editor="anna")


def export(*arguments: str) -> Result:
    return CliRunner().invoke(lotse, ["export", *arguments])


def test_json_lines_go_to_standard_output_and_nothing_else_does() -> None:
    lines = [json.loads(line) for line in export().stdout.splitlines()]
    assert [line["id"] for line in lines] == ["koethen", "kita-sonne"]


def test_a_file_is_written_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    result = export("--format", "csv", "--output", str(tmp_path / "a.csv"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Wrote 1 offerings" in result.stderr
    assert "Kita Sonne" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "data"]


def test_a_workbook_needs_a_file() -> None:
    result = export("--format", "xlsx")
    assert result.exit_code == 2
    assert "name it with --output" in result.stderr


def test_an_export_that_fails_leaves_the_file_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.jsonl").write_text("before", encoding="utf-8")
    monkeypatch.setitem(vars(__import__("lotse.exporting", fromlist=["_WRITERS"]))["_WRITERS"], "jsonl", full)
    assert isinstance(export("--output", str(tmp_path / "a.jsonl")).exception, OSError)
    assert [p.name for p in tmp_path.iterdir() if p.name != "data"] == ["a.jsonl"]
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == "before"
