"""`lotse doctor` names the database, and never its password."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from lotse.doctor import doctor_command
from tests.postgresql import Server


def _doctor(monkeypatch: pytest.MonkeyPatch, data_dir: Path, url: str) -> str:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(data_dir))
    monkeypatch.setenv("LOTSE_DATABASE_URL", url)
    return CliRunner().invoke(doctor_command).output


def test_the_database_in_use_is_named(monkeypatch: pytest.MonkeyPatch, data_dir: Path, postgresql: Server) -> None:
    output = _doctor(monkeypatch, data_dir, postgresql.new_database())
    assert "ok  database: PostgreSQL, test_" in output
    assert "0 offerings, 0 alliances" in output
    assert "secret" not in output


def test_a_database_that_is_away_needs_mending(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    output = _doctor(monkeypatch, data_dir, "postgresql://anna:secret@127.0.0.1:1/lotse")
    assert "!!  database: PostgreSQL, lotse on 127.0.0.1:1 cannot be used" in output
    assert "secret" not in output
