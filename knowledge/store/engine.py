"""Opens the database: SQLite with the pragmas that keep it fast and safe, PostgreSQL as it is; brings the schema up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def open_engine(database_url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL; the folder of a SQLite file is made if it is missing."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 10.0})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest migration; a database that is there already does nothing."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: a deferred read-then-write ends in "database is locked".
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    options = connection.get_execution_options()
    if options.get("reads_only"):
        return  # each statement sees one state; no reading needs two to see the same
    # What survives the process, but not a power cut, need not wait for the disk.
    connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get('may_be_lost') else 'FULL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
