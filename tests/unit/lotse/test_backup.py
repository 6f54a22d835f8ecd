"""`lotse backup` and `lotse restore`, run as an administrator runs them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge import Alliance, Offering, open_knowledge, read_settings
from knowledge.errors import BackupError
from lotse.__main__ import lotse
from lotse.lock import only_one


@pytest.fixture
def folder(
    data_dir: Path, koethen: Alliance, make_offering: Callable[..., Offering], monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setenv("LOTSE_DATA_DIR", str(data_dir))
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    # What restore makes anew has its own tests; here it would take long.
    monkeypatch.setattr("lotse.backup.prepare_knowledge", lambda knowledge, progress: knowledge.index())
    knowledge = open_knowledge(read_settings())
    knowledge.store.put([koethen, make_offering()], editor="anna")
    knowledge.index()
    return data_dir


def run(*arguments: str) -> Result:
    return CliRunner().invoke(lotse, arguments)


def test_what_was_backed_up_is_found_again_after_the_restore(
    folder: Path, make_offering: Callable[..., Offering]
) -> None:
    backed_up = run("backup", str(folder / "b.zip"))
    assert backed_up.stdout.startswith("Backed up 1 alliances, 1 offerings, 0 guides, 0 questions to ")
    # The same number of edits as in the backup, with another content: the old index must not pass for current.
    for name in ("lotse.sqlite", "lotse.sqlite-wal", "lotse.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    other = open_knowledge(read_settings())
    other.store.put([Alliance(id="koethen", name="X"), make_offering("kita-mond", title="Kita Mond")], editor="ben")
    other.index(afresh=True)
    other._engine.dispose()  # another program's connection would keep the file in use
    assert "is not empty" in str(run("restore", str(folder / "b.zip")).exception)
    restored = run("restore", str(folder / "b.zip"), "--replace")
    assert restored.exit_code == 0, restored.output
    assert "Restored 1 alliances, 1 offerings" in restored.stdout
    now = open_knowledge(read_settings())
    assert [one.id for one in now.store.offerings()] == ["kita-sonne"]
    assert now.index_is_current()
    assert list(now._library().snapshot().ids) == ["kita-sonne"]


def test_nothing_is_restored_under_a_running_server(folder: Path) -> None:
    run("backup", str(folder / "b.zip"))
    lock = only_one(read_settings())
    answer = run("restore", str(folder / "b.zip"), "--replace")
    lock.close()
    assert answer.exit_code == 1
    assert "another `lotse serve` runs" in answer.stderr


def test_a_refused_restore_leaves_the_index(folder: Path) -> None:
    shutil.copy(folder / "lotse.sqlite", folder / "b.zip")
    answer = run("restore", str(folder / "b.zip"), "--replace")
    assert isinstance(answer.exception, BackupError)
    assert open_knowledge(read_settings()).index_is_current()
