from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from knowledge.errors import UnknownRecordError
from knowledge.store import Store, open_engine, upgrade
from knowledge.store.tables import Base
from knowledge.values import Alliance, Offering

MakeOffering = Callable[..., Offering]


def test_what_is_put_comes_back_equal(store: Store, koethen: Alliance, make_offering: MakeOffering) -> None:
    offering = make_offering(languages=("de", "tr"), age_min=0.5, translations={"tr": {"title": "Güneş Kreşi"}})
    store.put([offering, koethen], editor="anna@example.org")
    assert store.offering("kita-sonne") == offering
    assert store.alliances() == [koethen]


def test_every_edit_is_a_revision_with_editor(store: Store, koethen: Alliance, make_offering: MakeOffering) -> None:
    store.put([koethen, make_offering()], editor="anna@example.org")
    store.put([make_offering(title="Kita Mond")], editor="ben@example.org")
    history = store.revisions("offering", "kita-sonne")
    assert [(r.version, r.editor, r.content and r.content["title"]) for r in history] == [
        (1, "anna@example.org", "Kita Sonne"),
        (2, "ben@example.org", "Kita Mond"),
    ]


def test_an_equal_record_makes_no_revision(store: Store, koethen: Alliance, make_offering: MakeOffering) -> None:
    store.put([koethen, make_offering()], editor="anna@example.org")
    before = store.generation()
    changes = store.put([koethen, make_offering()], editor="ben@example.org")
    assert {change.change for change in changes} == {"unchanged"}
    assert store.generation() == before


def test_a_withdrawn_offering_is_not_found_and_can_be_put_again(
    store: Store, koethen: Alliance, make_offering: MakeOffering
) -> None:
    store.put([koethen, make_offering()], editor="anna")
    store.withdraw("kita-sonne", editor="anna")
    assert store.offering("kita-sonne") is None
    assert [r.state for r in store.revisions("offering", "kita-sonne")] == ["published", "withdrawn"]
    store.put([make_offering()], editor="anna")
    assert store.offering("kita-sonne") == make_offering()


def test_one_record_without_alliance_undoes_the_whole_write(
    store: Store, koethen: Alliance, make_offering: MakeOffering
) -> None:
    with pytest.raises(UnknownRecordError, match="no alliance 'nowhere'"):
        store.put([koethen, make_offering(), make_offering("b", alliance="nowhere")], editor="anna")
    assert store.offerings() == []
    assert store.alliances() == []


def test_a_dry_run_says_what_would_be_done_and_does_nothing(store: Store, koethen: Alliance) -> None:
    assert [change.change for change in store.put([koethen], editor="anna", dry_run=True)] == ["added"]
    assert store.alliances() == []


def test_the_migrations_give_the_tables_of_the_code(tmp_path: Path) -> None:
    migrated = open_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    upgrade(migrated)
    declared = create_engine("sqlite://")
    Base.metadata.create_all(declared)

    def columns(engine: object) -> dict[str, set[tuple[str, str, bool]]]:
        found = inspect(engine)
        return {
            table: {(c["name"], str(c["type"]), bool(c["nullable"])) for c in found.get_columns(table)}
            for table in found.get_table_names()
            if table != "alembic_version"
        }

    assert columns(migrated) == columns(declared)
