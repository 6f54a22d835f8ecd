"""The seams' implementations: a database of each kind, with the store and the storage of vectors that go with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.index import FILES, PassageTable, VectorStorage
from knowledge.store import Store, open_engine, upgrade
from tests.postgresql import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'lotse.sqlite'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


@pytest.fixture
def storage(engine: Engine) -> VectorStorage:
    return PassageTable(engine) if engine.dialect.name == "postgresql" else FILES


@pytest.fixture
def pg_engine(postgresql: Server) -> Iterator[Engine]:
    opened = open_engine(postgresql.new_database())
    upgrade(opened)
    yield opened
    opened.dispose()
