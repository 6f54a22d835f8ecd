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


def test_where_mails_go_is_named(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOTSE_SMTP_URL", "LOTSE_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    (data_dir / "mailbox").mkdir()
    (data_dir / "mailbox" / "a.eml").touch()
    url = f"sqlite:///{data_dir / 'lotse.sqlite'}"
    kept = f"ok  mails: no mail server; 1 kept in {data_dir / 'mailbox'}, each for 30 days; without LOTSE_PUBLIC_URL nobody"
    assert kept in _doctor(monkeypatch, data_dir, url)
    monkeypatch.setenv("LOTSE_SMTP_URL", "smtp://u:secret@mail.example.org")
    monkeypatch.setenv("LOTSE_MAIL_FROM", "lotse@example.org")
    monkeypatch.setenv("LOTSE_PUBLIC_URL", "https://lotse.example.org")
    told = _doctor(monkeypatch, data_dir, url)
    assert "ok  mails: mail.example.org takes them\n" in told
    assert "secret" not in told
