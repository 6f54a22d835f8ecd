"""A backup of either database, restored into either."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table

from knowledge.errors import BackupError
from knowledge.store import (
    Conversation,
    Conversations,
    Questions,
    Store,
    open_engine,
    restore_backup,
    upgrade,
    write_backup,
)
from knowledge.values import Alliance, Guide, Offering, Translation
from tests.postgresql import Server

MakeOffering = Callable[..., Offering]


@pytest.fixture
def backup(engine: Engine, store: Store, koethen: Alliance, make_offering: MakeOffering, tmp_path: Path) -> Path:
    """A backup of a store with edits, a withdrawn offering, a guide, a question and a conversation."""
    store.put(
        [koethen, make_offering(translations={"ar": Translation(title="شمس")}), make_offering("b")], editor="anna"
    )
    store.put([make_offering(title="Kita Mond"), Guide(id="g", language="de", title="W", text="T")], editor="ben")
    store.withdraw("b", editor="anna")
    Questions(engine).leave(
        alliance="koethen",
        conversation="c" * 20,
        language="ar",
        text="كيف؟",
        contact="a@example.org",
        keep_for=timedelta(30),
    )
    Conversations(engine).keep(Conversation(id="c" * 20, language="ar", memory={"said": "secret words"}))
    write_backup(engine, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'other' / 'other.sqlite'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()


def test_everything_but_conversations_comes_back_equal(
    backup: Path, engine: Engine, store: Store, other_url: str, koethen: Alliance, make_offering: MakeOffering
) -> None:
    manifest = restore_backup(other_url, backup)
    assert (manifest.left_out, manifest.tables["offering"].rows) == (
        (
            "channel_button",
            "channel_choice",
            "channel_message",
            "channel_update",
            "conversation",
            "sign_in_attempt",
            "web_session",
        ),
        2,
    )
    other = open_engine(other_url)
    restored = Store(other)
    assert restored.alliances() == [koethen]
    assert restored.offerings() == store.offerings()
    assert restored.guides() == store.guides()
    for kind, id_ in (("offering", "kita-sonne"), ("offering", "b"), ("alliance", "koethen")):
        history = [(r.version, r.state, r.editor, r.edited_at, r.content) for r in restored.revisions(kind, id_)]
        assert history == [(r.version, r.state, r.editor, r.edited_at, r.content) for r in store.revisions(kind, id_)]
    assert Questions(other).all() == Questions(engine).all()
    assert Conversations(other).find("c" * 20) is None
    other.dispose()


def test_a_restored_store_counts_on(backup: Path, store: Store, other_url: str, make_offering: MakeOffering) -> None:
    restore_backup(other_url, backup)
    other = open_engine(other_url)
    upgrade(other)
    Store(other).put([make_offering("c")], editor="anna")
    assert Store(other).generation() == store.generation() + 1
    left = Questions(other).leave(
        alliance="koethen", conversation="d" * 20, language="de", text="?", contact="1", keep_for=timedelta(1)
    )
    assert left.id == 2
    other.dispose()


def test_a_store_that_is_not_empty_is_replaced_only_on_request(
    backup: Path, other_url: str, koethen: Alliance, make_offering: MakeOffering
) -> None:
    other = open_engine(other_url)
    upgrade(other)
    Store(other).put([koethen, make_offering("kept")], editor="carla")
    Conversations(other).keep(Conversation(id="e" * 20, language="de"))
    other.dispose()
    with pytest.raises(BackupError, match="is not empty; with --replace"):
        restore_backup(other_url, backup)
    assert [one.id for one in Store(other).offerings()] == ["kept"]
    other.dispose()
    restore_backup(other_url, backup, replace=True)
    assert [one.id for one in Store(other).offerings()] == ["kita-sonne"]
    assert Conversations(other).find("e" * 20) is None
    other.dispose()


def test_a_database_in_use_is_not_replaced(backup: Path, engine: Engine, store: Store) -> None:
    url = engine.url.render_as_string(hide_password=False)
    with engine.execution_options(reads_only=True).connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM offering").scalar()
        with pytest.raises(BackupError, match="in use"):
            restore_backup(url, backup, replace=True)
    assert len(store.offerings()) == 1


def test_what_fails_at_the_last_moment_leaves_everything_as_it_was(
    backup: Path, engine: Engine, store: Store, make_offering: MakeOffering, tmp_path: Path
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    store.put([make_offering("since")], editor="anna")
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    with pytest.raises(OSError, match="No space"):
        restore_backup(url, backup, replace=True, before_switch=full)
    assert {one.id for one in store.offerings()} == {"kita-sonne", "since"}
    assert not [path.name for path in tmp_path.iterdir() if "restoring" in path.name]


def test_a_backup_is_of_one_moment_while_others_write(
    engine: Engine,
    store: Store,
    koethen: Alliance,
    make_offering: MakeOffering,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from knowledge.store import backup as module

    store.put([koethen, make_offering("before")], editor="anna")
    write_table = module._write_table

    def interrupted(archive: object, connection: object, table: Table) -> object:
        entry = write_table(archive, connection, table)  # type: ignore[arg-type]
        store.put([make_offering(f"after-{table.name}")], editor="ben")
        return entry

    monkeypatch.setattr(module, "_write_table", interrupted)
    manifest = write_backup(engine, tmp_path / "backup.zip")
    assert (manifest.tables["offering"].rows, manifest.tables["revision"].rows) == (1, 2)
    assert len(store.offerings()) > 3
