"""Opens the database: SQLite with the pragmas that keep it fast and safe, PostgreSQL as it is; brings the schema up to date."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from knowledge.errors import SettingError, StoreError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_CONNECT_TIMEOUT_S = "5"
_NO_RIGHT = "42501"  # PostgreSQL's code for insufficient privilege


def open_engine(database_url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL; the folder of a SQLite file is made if it is missing.

    Raises:
        SettingError: The URL is of neither SQLite nor PostgreSQL.
        StoreError: PostgreSQL's driver is not installed.
    """
    try:
        url = make_url(database_url)
    except ArgumentError:
        url = URL.create("unreadable")
    if url.drivername in {"postgresql", "postgresql+psycopg"}:
        return _open_postgresql(url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    raise SettingError(
        "LOTSE_DATABASE_URL is of no database that this program knows; "
        "write it as postgresql+psycopg://user:password@host/database, or leave it out for SQLite"
    )


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest migration; a database that is there already does nothing.

    Raises:
        StoreError: A PostgreSQL server cannot be reached, or does not let this user make tables.
    """
    try:
        with engine.begin() as connection:
            wait_for_turn(connection, "schema")
            migrate(connection)
    except DBAPIError as error:
        out_of_reach = isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", None) == _NO_RIGHT
        if engine.dialect.name != "postgresql" or not out_of_reach:
            raise
        raise StoreError(
            f"{address(engine.url)} cannot be used ({reason(error)}); start it, or correct LOTSE_DATABASE_URL"
        ) from error


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to a migration within the connection's transaction."""
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revisions() -> list[str]:
    """Return the migrations that this program knows, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()]


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def wait_for_turn(connection: Connection, work: str) -> None:
    """Wait until no other transaction, on whatever machine, does this work; the turn ends with the transaction.

    On SQLite, writing transactions take turns anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(crc32(f"lotse {work}".encode()))))


def address(url: URL) -> str:
    """Return which database a URL means, without user and password."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite, {url.database}"
    host = url.host or url.query.get("host") or "this machine"
    return f"PostgreSQL, {url.database} on {host}{f':{url.port}' if url.port else ''}"


def reason(error: DBAPIError) -> str:
    """Return the first line of what the database says; never the statement or its values."""
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)


def _open_postgresql(url: URL) -> Engine:
    url = url.set(drivername="postgresql+psycopg").update_query_dict(
        {"connect_timeout": _CONNECT_TIMEOUT_S, **url.query}
    )
    try:
        # Errors are logged; the values of a statement may be a parent's words.
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise StoreError(
            "PostgreSQL needs its driver, which is not installed; run `python3 tools/bootstrap.py app postgresql`"
        ) from error
    event.listen(engine, "before_cursor_execute", _replace_zeros, retval=True)
    return engine


def _replace_zeros(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _executes_many: bool
) -> tuple[str, Any]:
    """Put a mark in the place of the one character that PostgreSQL refuses, and that anybody can send.

    Leaving it out would make a text equal to another one: an address whose tries to sign in are counted apart.
    """
    # A list holds the values of many rows; many rows in one statement come as one mapping.
    if isinstance(parameters, list):
        return statement, [_without_zeros(one) for one in parameters]
    return statement, _without_zeros(parameters)


def _without_zeros(parameters: Any) -> Any:
    values = parameters.values() if isinstance(parameters, Mapping) else parameters or ()
    if not any(isinstance(value, str) and "\0" in value for value in values):
        return parameters
    if isinstance(parameters, Mapping):
        return {name: _with_mark(value) for name, value in parameters.items()}
    return tuple(map(_with_mark, values))


def _with_mark(value: Any) -> Any:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 10.0}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


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
