"""A database of an old version is brought up to date with all that is in it, and then has the tables of the code."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, BindParameter, DateTime, Engine, bindparam, text

from knowledge.store import Conversations, GuideEditions, Questions, Store, open_engine, upgrade
from knowledge.store.engine import migrate, revisions
from knowledge.store.tables import Base

VALUES = {
    "alliance": {"id": "koethen", "name": "Köthen"},
    "offering": {"id": "kita", "alliance": "koethen", "title": "Kita", "categories": ["daycare"]},
    "guide": {"id": "weg", "alliance": "koethen", "language": "de", "title": "Wegweiser", "text": "B."},
    "now": datetime.now(UTC),
    "later": datetime.now(UTC) + timedelta(days=30),
}
# As the version before the console wrote them.
ROWS = (
    "INSERT INTO alliance (id, version, content) VALUES ('koethen', 1, :alliance)",
    "INSERT INTO offering (id, alliance_id, state, version, content) VALUES ('kita', 'koethen', 'published', 1, :offering)",
    "INSERT INTO guide (id, alliance_id, version, content) VALUES ('weg', 'koethen', 1, :guide)",
    """INSERT INTO revision (kind, record_id, version, state, editor, edited_at, content) VALUES
    ('offering', 'kita', 1, 'published', 'import', :now, :offering), ('guide', 'weg', 1, NULL, 'import', :now, :guide)""",
    "INSERT INTO conversation (id, language, turns, memory, touched_at) VALUES ('c1', 'ar', 3, '{}', :now)",
    """INSERT INTO question (alliance_id, conversation_id, language, text, contact, state, asked_at, delete_after)
    VALUES ('koethen', 'c1', 'ar', 'Hort?', 'm@example.org', 'open', :now, :later)""",
    "INSERT INTO feedback (hour, alliance_id, language, helped) VALUES (:now, 'koethen', 'ar', true)",
)


@pytest.fixture
def old(database_url: str) -> Iterator[Engine]:
    """A database of revision 0003 with a row of everything."""
    engine = open_engine(database_url)
    with engine.begin() as connection:
        migrate(connection, "0003")
        for row in ROWS:
            named = {name: value for name, value in VALUES.items() if f":{name}" in row}
            connection.execute(text(row).bindparams(*(_param(name) for name in named)), named)
    yield engine
    engine.dispose()


def _param(name: str) -> BindParameter[Any]:
    """Return a parameter whose type the database need not guess."""
    return bindparam(name, type_=DateTime(timezone=True)) if name in {"now", "later"} else bindparam(name, type_=JSON())


def test_what_an_old_version_wrote_is_there_in_the_new_one(old: Engine) -> None:
    upgrade(old)
    upgrade(old)  # a second process that starts at the same time
    store = Store(old)
    assert [one.title for one in store.offerings()] == ["Kita"]
    assert [one.guide.title for one in GuideEditions(old).all()] == ["Wegweiser"]
    conversation = Conversations(old).find("c1")
    assert conversation is not None
    assert conversation.turns == 3
    (question,) = Questions(old).all()
    assert (question.text, question.notified_at) == ("Hort?", None)


@pytest.mark.parametrize("begins", [None, "0003", "0010", "0014", "0017"])
def test_from_whatever_version_on_the_tables_are_those_of_the_code(database_url: str, begins: str | None) -> None:
    engine = open_engine(database_url)
    if begins is not None:
        with engine.begin() as connection:
            migrate(connection, begins)
    upgrade(engine)
    with engine.connect() as connection:
        ours = {table.name for table in Base.metadata.tables.values()}
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or name in ours},
        )
        assert compare_metadata(context, Base.metadata) == []
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == revisions()[0]
    engine.dispose()


def test_a_text_with_a_zero_is_no_error_and_names_nothing_in_any_database(old: Engine) -> None:
    upgrade(old)
    store = Store(old)
    assert store.offering("kita") is not None
    assert store.offering("ki\0ta") is None
    assert store.offerings(["ki\0ta", "kita\0"]) == []
    assert Conversations(old).find("c1\0") is None
