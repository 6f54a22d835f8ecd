"""Brings a backup back: all of it or nothing, into whichever database is set."""

import base64
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from knowledge.errors import BackupError
from knowledge.store.archive import Manifest, check_archive, read_rows, tables_of_backups
from knowledge.store.engine import address, migrate, open_engine, upgrade, wait_for_turn
from knowledge.store.tables import Base

_AT_A_TIME = 500
_VERSION_TABLE = "alembic_version"


def restore_backup(
    database_url: str, path: Path, *, replace: bool = False, before_switch: Callable[[], object] = lambda: None
) -> Manifest:
    """Put a backup in the place of what the database holds; no server may run on it.

    SQLite: a new file is made beside the old one and takes its place in one step. PostgreSQL: all in one transaction.

    Args:
        replace: Whether what is there may go, conversations too.
        before_switch: Called when all is ready, right before the backup takes its place.

    Raises:
        BackupError: The backup is not sound, the database is in use, or not empty and `replace` is not set.
    """
    manifest = check_archive(path)
    if open_engine(database_url).dialect.name == "sqlite":
        _into_sqlite(database_url, path, manifest, replace, before_switch)
    else:
        _into_postgresql(database_url, path, manifest, replace, before_switch)
    return manifest


def _into_sqlite(
    database_url: str, path: Path, manifest: Manifest, replace: bool, before_switch: Callable[[], object]
) -> None:
    present = Path(make_url(database_url).database or "")
    if present.exists():
        if not replace and not _is_empty_file(database_url):
            raise _not_empty(make_url(database_url).database or "")
        _close_journal(present)
    new = present.with_name(f".{present.name}.restoring")
    _remove(new)
    try:
        engine = open_engine(f"sqlite:///{new}")
        try:
            with engine.begin() as connection:
                _fill(connection, path, manifest)
        finally:
            engine.dispose()
        _close_journal(new)
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        before_switch()
        new.replace(present)
        _sync_folder(present.parent)
    finally:
        _remove(new)


def _into_postgresql(
    database_url: str, path: Path, manifest: Manifest, replace: bool, before_switch: Callable[[], object]
) -> None:
    engine = open_engine(database_url)
    try:
        upgrade(engine)
        with engine.begin() as connection:
            wait_for_turn(connection, "schema")
            wait_for_turn(connection, "edits")
            others = text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if connection.scalar(others):
                raise BackupError(f"{address(engine.url)} is in use; end `lotse serve` on every machine first")
            if not replace and not _is_empty(connection):
                raise _not_empty(address(engine.url))
            _drop_tables(connection)
            _fill(connection, path, manifest)
            before_switch()
    finally:
        engine.dispose()


def _fill(connection: Connection, path: Path, manifest: Manifest) -> None:
    """Make the tables as they were at the time of the backup, fill them, and bring them up to date."""
    with _as_backup_error(path):
        migrate(connection, manifest.db_revision)
        metadata = MetaData()
        metadata.reflect(connection, only=list(manifest.tables))
        with zipfile.ZipFile(path) as archive:
            for name in manifest.tables:
                _fill_table(connection, metadata.tables[name], read_rows(archive, name))
        migrate(connection)


def _fill_table(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    while some := list(islice(rows, _AT_A_TIME)):
        connection.execute(table.insert(), [{c.name: _typed(c, row[c.name]) for c in table.columns} for row in some])
    if connection.dialect.name == "postgresql":
        _count_on(connection, table)


def _typed(column: Column[Any], value: Any) -> Any:
    """Return a value of a backup as its column takes it."""
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        # SQLite keeps no zone; there, all times are UTC.
        return moment if column.type.timezone else moment.astimezone(UTC).replace(tzinfo=None)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next rows after the last one."""
    for column in table.primary_key:
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if sequence:
            last = connection.scalar(select(func.max(column)))
            connection.execute(select(func.setval(sequence, last or 1, last is not None)))


def _drop_tables(connection: Connection) -> None:
    """Drop the store's tables, those of other versions too; tables of vectors are not the store's, and stay."""
    metadata = MetaData()
    there = set(inspect(connection).get_table_names())
    metadata.reflect(
        connection, only=[name for name in there if name in Base.metadata.tables or name == _VERSION_TABLE]
    )
    metadata.drop_all(connection)


@contextmanager
def _as_backup_error(path: Path) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError, KeyError, ValueError) as error:
        raise BackupError(
            f"{path.name} contradicts itself ({type(error).__name__}); nothing was restored, take another backup"
        ) from error


def _is_empty_file(database_url: str) -> bool:
    engine = open_engine(database_url)
    try:
        with engine.execution_options(reads_only=True).connect() as connection:
            return _is_empty(connection)
    except DBAPIError:
        return False  # damaged: whatever it is, it is not nothing
    finally:
        engine.dispose()


def _is_empty(connection: Connection) -> bool:
    there = set(inspect(connection).get_table_names())
    return not any(
        connection.scalar(select(func.count()).select_from(table))
        for table in tables_of_backups()
        if table.name in there
    )


def _not_empty(where: str) -> BackupError:
    return BackupError(
        f"{where} is not empty; with --replace, the backup takes its place, and what is there now is lost"
    )


def _close_journal(present: Path) -> None:
    """Write a database's journal into it, so that it is not played back into the file that takes its place."""
    connection = sqlite3.connect(present, timeout=1)
    try:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise BackupError(
            f"{present.name} is in use ({error}); end `lotse serve` and all that reads it first"
        ) from error
    except sqlite3.DatabaseError:
        mode = "damaged"  # nothing of it can be kept
    finally:
        connection.close()
    if mode == "wal":
        raise BackupError(f"{present.name} is in use; end `lotse serve` and all that reads it first")
    if mode == "damaged":
        _remove(present, itself=False)


def _remove(path: Path, *, itself: bool = True) -> None:
    """Remove a database's journals, and the database itself."""
    for suffix in ("-wal", "-shm", "-journal", *([""] if itself else [])):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
