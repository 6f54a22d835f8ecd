"""What a backup looks like: a zip file with one JSON Lines file a table and a manifest, the same for every database."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Table

from knowledge.errors import BackupError
from knowledge.store.engine import revisions
from knowledge.store.tables import Base

MANIFEST = "manifest.json"
FORMAT = "buendnislotse backup"


class TableEntry(BaseModel):
    """One table of a backup: how many rows its file has, and the SHA-256 of the file's content."""

    model_config = ConfigDict(frozen=True)
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds.

    Attributes:
        db_revision: The database's migration at that time.
        tables: By name, each after those that its rows point to.
        left_out: Tables that no backup takes.
    """

    model_config = ConfigDict(frozen=True)
    format: Literal["buendnislotse backup"] = "buendnislotse backup"
    version: Literal[1] = 1
    made_at: datetime
    db_revision: str
    tables: dict[str, TableEntry]
    left_out: tuple[str, ...]


def tables_of_backups() -> list[Table]:
    """Return the tables that a backup takes, each after those that its rows point to."""
    return [table for table in Base.metadata.sorted_tables if table.info.get("in_backups", True)]


def tables_left_out() -> tuple[str, ...]:
    """Return the names of the tables that no backup takes."""
    return tuple(table.name for table in Base.metadata.sorted_tables if not table.info.get("in_backups", True))


def file_of(table: str) -> str:
    """Return the name of a table's file."""
    return f"{table}.jsonl"


def check_archive(path: Path) -> Manifest:
    """Read a whole backup through once.

    Raises:
        BackupError: It is none, is cut off or changed, or was made by a newer version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(path, archive)
            for name, entry in manifest.tables.items():
                _check_table(path, archive, name, entry)
            return manifest
    except OSError as error:
        raise BackupError(f"{path.name} cannot be opened: {error.strerror or error}") from error
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, NotImplementedError) as error:
        raise BackupError(
            f"{path.name} is no backup that can be read: cut off, damaged or something else; take another one"
        ) from error


def read_rows(archive: zipfile.ZipFile, table: str) -> Iterator[dict[str, Any]]:
    """Yield a table's rows as they stand in the backup."""
    with archive.open(file_of(table)) as lines:
        for line in lines:
            yield json.loads(line)


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise BackupError(
            f"{path.name} is no backup of Bündnislotse: it has no {MANIFEST}; name a file of `lotse backup`"
        )
    content = archive.read(MANIFEST)
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        is_newer = b'"version"' in content and FORMAT.encode() in content
        why = "was made by a newer version; update Bündnislotse first" if is_newer else "is no backup of Bündnislotse"
        raise BackupError(f"{path.name} {why}") from error
    if manifest.db_revision not in revisions():
        raise BackupError(
            f"{path.name} was made by a newer version (schema {manifest.db_revision}); update Bündnislotse first"
        )
    return manifest


def _check_table(path: Path, archive: zipfile.ZipFile, name: str, entry: TableEntry) -> None:
    digest, rows = hashlib.sha256(), 0
    if file_of(name) not in archive.namelist():
        raise BackupError(f"{path.name} lacks its table {name}; it was changed or is incomplete, take another backup")
    with archive.open(file_of(name)) as lines:
        for line in lines:
            digest.update(line)
            rows += 1
    if (rows, digest.hexdigest()) != (entry.rows, entry.sha256):
        raise BackupError(f"{path.name}: the table {name} is not what was backed up; take another backup")
