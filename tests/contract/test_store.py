"""The store, in every database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from knowledge.errors import UnknownRecordError
from knowledge.store import Store, open_engine, upgrade, wait_for_turn
from knowledge.store.tables import Base
from knowledge.values import Alliance, Guide, Offering

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


def test_records_come_in_the_order_of_their_ids_letter_by_letter(
    store: Store, koethen: Alliance, make_offering: MakeOffering
) -> None:
    ids = ["b", "a_1", "a-b", "a1", "ab", "a-a"]
    guides = [Guide(id=id_, language="de", title="Wegweiser", text="Kita") for id_ in ids]
    store.put([koethen, *(make_offering(id_) for id_ in ids), *guides], editor="anna")
    assert [one.id for one in store.offerings()] == sorted(ids)
    assert [one.id for one in store.guides()] == sorted(ids)
    assert [one.id for one in store.offerings(["b", "gone", "a-b"])] == ["b", "a-b"]


def test_the_time_of_an_edit_is_known_with_its_zone(store: Store, koethen: Alliance) -> None:
    store.put([koethen], editor="anna")
    (revision,) = store.revisions("alliance", "koethen")
    assert revision.edited_at.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - revision.edited_at < timedelta(minutes=1)


def test_many_records_are_put_in_one_go(store: Store, koethen: Alliance, make_offering: MakeOffering) -> None:
    many = [make_offering(f"kita-{number:04}") for number in range(1200)]
    store.put([koethen, *many], editor="anna")
    assert store.offerings() == many
    assert store.offerings([one.id for one in reversed(many)]) == many[::-1]
    assert store.generation() == 1201


def test_more_offerings_than_one_statement_takes_are_found_by_their_ids(
    store: Store, koethen: Alliance, make_offering: MakeOffering
) -> None:
    offering = make_offering("kita")
    store.put([koethen, offering], editor="anna")
    assert store.offerings([*(f"gone-{number}" for number in range(300_000)), "kita"]) == [offering]


def test_editors_at_once_lose_nothing_and_every_edit_raises_the_generation(
    store: Store, koethen: Alliance, make_offering: MakeOffering
) -> None:
    store.put([koethen], editor="anna")

    def edit(number: int) -> int:
        store.put([make_offering(title=f"Kita {number}"), make_offering(f"kita-{number}")], editor=f"editor {number}")
        return store.generation()

    with ThreadPoolExecutor(6) as threads:
        generations = list(threads.map(edit, range(18)))
    assert [revision.version for revision in store.revisions("offering", "kita-sonne")] == list(range(1, 19))
    assert len(store.offerings()) == 19
    assert max(generations) == store.generation() == 1 + 2 * 18


def test_an_edit_waits_for_the_one_before_so_that_no_generation_is_filled_up_later(
    store: Store, engine: Engine, koethen: Alliance
) -> None:
    with ThreadPoolExecutor(1) as threads:
        with engine.begin() as connection:
            wait_for_turn(connection, "edits")
            edit = threads.submit(store.put, [koethen], editor="anna")
            with pytest.raises(TimeoutError):
                edit.result(timeout=0.3)
        edit.result(timeout=10)
    assert store.alliances() == [koethen]


def test_of_several_servers_that_start_at_once_one_makes_the_tables(database_url: str) -> None:
    engine = open_engine(database_url)
    with ThreadPoolExecutor(1) as threads:
        with engine.begin() as connection:
            wait_for_turn(connection, "schema")
            other = threads.submit(upgrade, engine)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.3)
        other.result(timeout=10)
    assert Store(engine).generation() == 0
    engine.dispose()


def test_the_migrations_give_the_tables_of_the_code(engine: Engine) -> None:
    def columns() -> dict[str, set[tuple[str, str, bool]]]:
        found = inspect(engine)
        return {
            table: {(c["name"], str(c["type"]), bool(c["nullable"])) for c in found.get_columns(table)}
            for table in found.get_table_names()
            if table != "alembic_version"
        }

    migrated = columns()
    Base.metadata.drop_all(engine)
    assert columns() == {}
    Base.metadata.create_all(engine)
    assert migrated == columns()


def test_an_error_of_the_database_does_not_tell_the_values(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as raised:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "my child is two"})
    assert "my child" not in str(raised.value)
