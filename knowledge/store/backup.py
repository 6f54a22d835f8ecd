"""Writes the store into one file while servers go on: all tables as they were at one moment."""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from knowledge.store.archive import MANIFEST, Manifest, TableEntry, file_of, tables_left_out, tables_of_backups
from knowledge.store.engine import revisions

_AT_A_TIME = 500
_OWNER_ONLY = 0o600  # it holds parents' questions with their contacts


def write_backup(engine: Engine, path: Path) -> Manifest:
    """Write a backup of a database that is up to date; a file of that name is replaced when the new one is complete."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, _one_moment(engine) as connection:
                manifest = Manifest(
                    made_at=datetime.now(UTC),
                    db_revision=revisions()[0],
                    tables={table.name: _write_table(archive, connection, table) for table in tables_of_backups()},
                    left_out=tables_left_out(),
                )
                archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


@contextmanager
def _one_moment(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose reads all see the database as it is at the first of them; nobody waits for it.

    SQLite's backup interface would copy the file instead, with the conversations in it.
    """
    if engine.dialect.name == "postgresql":
        with engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        ).connect() as connection:
            yield connection
        return
    with engine.execution_options(reads_only=True).connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield connection


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> TableEntry:
    digest, count = hashlib.sha256(), 0
    rows = connection.execution_options(yield_per=_AT_A_TIME).execute(select(table).order_by(*table.primary_key))
    with archive.open(file_of(table.name), "w", force_zip64=True) as out:
        for row in rows.mappings():
            line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False).encode() + b"\n"
            out.write(line)
            digest.update(line)
            count += 1
    return TableEntry(rows=count, sha256=digest.hexdigest())


def _plain(value: Any) -> Any:
    """Return a column's value as JSON has it; the column's type tells how to read it back."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value
