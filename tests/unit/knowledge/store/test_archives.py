"""Backups that are cut off, changed, foreign, old or new: each is refused in one sentence, and nothing is touched."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from knowledge.errors import BackupError
from knowledge.store import Store, open_engine, restore_backup, upgrade, write_backup
from knowledge.store.engine import migrate
from knowledge.values import Alliance, Offering


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    opened = open_engine(f"sqlite:///{tmp_path / 'lotse.sqlite'}")
    upgrade(opened)
    return opened


@pytest.fixture
def backup(engine: Engine, koethen: Alliance, make_offering: Callable[..., Offering], tmp_path: Path) -> Path:
    Store(engine).put([koethen, *(make_offering(f"kita-{n}") for n in range(30))], editor="anna")
    write_backup(engine, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def _rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _manifest(parts: dict[str, bytes], **change: object) -> None:
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **change}).encode()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)


def _orphan(parts: dict[str, bytes]) -> None:
    """Remove the alliance with a manifest that agrees, so that every offering points to nothing."""
    manifest = json.loads(parts["manifest.json"])
    parts["alliance.jsonl"] = b""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    _manifest(parts, tables={**manifest["tables"], "alliance": {"rows": 0, "sha256": empty}})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), "is no backup that can be read"),
        (lambda path: path.write_bytes(b""), "is no backup that can be read"),
        (_flip, "is no backup that can be read|is not what was backed up"),
        (lambda path: _rewritten(path, lambda p: p.pop("manifest.json") and None), "has no manifest.json"),
        (lambda path: _rewritten(path, lambda p: p.pop("guide.jsonl") and None), "lacks its table guide"),
        (lambda path: _rewritten(path, lambda p: p.update({"offering.jsonl": b"{}\n"})), "is not what was backed up"),
        (lambda path: _rewritten(path, lambda p: _manifest(p, db_revision="9999")), "made by a newer version"),
        (lambda path: _rewritten(path, lambda p: _manifest(p, version=2)), "made by a newer version"),
        (lambda path: _rewritten(path, lambda p: _manifest(p, format="other")), "is no backup of Bündnislotse"),
        (lambda path: _rewritten(path, _orphan), "contradicts itself"),
        (lambda path: path.unlink(), "cannot be opened: No such file"),
    ],
)  # fmt: skip
def test_a_backup_that_is_not_sound_is_refused_and_leaves_nothing_behind(
    backup: Path, tmp_path: Path, change: Callable[[Path], None], message: str
) -> None:
    change(backup)
    with pytest.raises(BackupError, match=message):
        restore_backup(f"sqlite:///{tmp_path / 'new' / 'new.sqlite'}", backup)
    assert not list(tmp_path.glob("new/*"))


def test_a_backup_says_what_it_holds_and_is_for_its_owner_alone(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert sorted(archive.namelist()) == [
            "account.jsonl", "account_alliance.jsonl", "alliance.jsonl", "channel_address.jsonl", "draft.jsonl", "feedback.jsonl",
            "guide.jsonl", "manifest.json", "offering.jsonl", "question.jsonl", "revision.jsonl",
        ]  # fmt: skip
    assert sorted(manifest["left_out"]) == [
        "channel_button", "channel_message", "channel_update", "conversation", "sign_in_attempt", "web_session",
    ]  # fmt: skip
    assert manifest["tables"]["offering"]["rows"] == 30
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_that_fails_leaves_the_one_before(
    backup: Path, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = backup.read_bytes()
    monkeypatch.setattr("knowledge.store.backup._write_table", full)
    with pytest.raises(OSError, match="No space"):
        write_backup(engine, backup)
    assert backup.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_backup_of_an_older_version_is_brought_up_to_date(backup: Path, tmp_path: Path) -> None:
    """The questions of the first version had other columns, and nothing wrote any; what came later had no table."""

    def age(parts: dict[str, bytes]) -> None:
        tables = json.loads(parts["manifest.json"])["tables"]
        for later in ("account", "account_alliance", "channel_address", "draft", "feedback"):
            del tables[later], parts[f"{later}.jsonl"]
        _manifest(parts, db_revision="0001", tables=tables)

    _rewritten(backup, age)
    restore_backup(f"sqlite:///{tmp_path / 'new.sqlite'}", backup)
    restored = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with restored.connect() as connection:
        assert connection.scalar(text("SELECT count(notified_at) FROM question")) == 0
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
        migrate(connection)
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == before != "0001"
    assert len(Store(restored).offerings()) == 30
    restored.dispose()


def test_a_damaged_database_is_replaced_by_its_backup(backup: Path, engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    (tmp_path / "lotse.sqlite").write_bytes(b"this is no database" * 1000)
    (tmp_path / "lotse.sqlite-wal").write_bytes(b"nor its journal")
    url = f"sqlite:///{tmp_path / 'lotse.sqlite'}"
    with pytest.raises(BackupError, match="is not empty"):
        restore_backup(url, backup)
    restore_backup(url, backup, replace=True)
    assert len(Store(open_engine(url)).offerings()) == 30
