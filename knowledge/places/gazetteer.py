"""The table of places in memory: places by key and by sound, postal codes by number."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.errors import PlacesMissingError
from knowledge.places.distances import Grid, Point, distance_km
from knowledge.places.extract import SCHEMA_VERSION, TABLES
from knowledge.places.table import OTHER, OWN
from knowledge.values import Place

_NEXT_STEP = "remove it and run `lotse prepare` to make it again"
_WIDEST_SEARCH_KM = 120.0


@dataclass(frozen=True)
class Code:
    """A postal code: its middle, and the town it belongs to."""

    code: str
    latitude: float
    longitude: float
    town: str


@dataclass(frozen=True)
class Gazetteer:
    """All places and codes. A place is meant by its number, its position in `places`.

    Attributes:
        places: All places; `kind` is "town" or "district".
        cities: Number of a district -> number of its town.
        own: Key -> the numbers of the places that are so called, apart by spaces.
        others: Key -> those that are also so called, in another language or in another time.
        sounds: Skeleton -> the spoken forms and the places that sound so.
        codes: Postal code -> where it is.
    """

    places: tuple[Place, ...]
    cities: dict[int, int]
    own: dict[str, str]
    others: dict[str, str]
    sounds: Mapping[str, Sequence[tuple[str, int]]]
    codes: dict[str, Code]

    def named(self, key: str) -> tuple[int, ...]:
        """Return the places of this name; a place that is so called comes before one that is also so called."""
        return self.called(key) or tuple(map(int, self.others.get(key, "").split()))

    def called(self, key: str) -> tuple[int, ...]:
        """Return the places that are so called, leaving out those that are only also so called."""
        return tuple(map(int, self.own.get(key, "").split()))

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which names of several words begin."""
        return frozenset(key.split(" ", 1)[0] for table in (self.own, self.others) for key in table if " " in key)

    def spelt_like(self, key: str, most_changes: int) -> list[tuple[str, int]]:
        """Return the own names that differ from a key by so many letters at most, with how many differ."""
        by_length = self._by_length
        names = [
            name
            for length in range(len(key) - most_changes, len(key) + most_changes + 1)
            for name in by_length.get(length, ())
        ]
        found = process.extract(key, names, scorer=OSA.distance, score_cutoff=most_changes, limit=None)
        return [(name, int(changes)) for name, changes, _ in found]

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for key in self.own:
            found[len(key)].append(key)
        return dict(found)

    def point(self, number: int) -> Point:
        """Return latitude and longitude of a place."""
        return self.places[number].latitude, self.places[number].longitude

    def apart_km(self, a: int, b: int) -> float:
        """Return how far apart two places are."""
        return distance_km(self.point(a), self.point(b))

    @cached_property
    def _grid(self) -> Grid:
        return Grid([(place.latitude, place.longitude) for place in self.places])

    def nearest(self, point: Point) -> tuple[Place, float] | None:
        """Return the place nearest to a point and how far it is, or None when there is none within 120 km."""
        for km in (5.0, 25.0, _WIDEST_SEARCH_KM):
            found = [(distance_km(self.point(at), point), at) for at in self._grid.near(point, km)]
            if found and min(found)[0] <= km:
                away, at = min(found)
                return self.places[at], away
        return None

    @cached_property
    def _codes_on_map(self) -> tuple[Sequence[Code], Grid]:
        codes = tuple(self.codes.values())
        return codes, Grid([(code.latitude, code.longitude) for code in codes])

    def nearest_code(self, point: Point) -> Code | None:
        """Return the postal code whose middle is nearest to a point, or None when there is none within 25 km."""
        codes, grid = self._codes_on_map
        for km in (5.0, 25.0):
            found = [(distance_km((codes[at].latitude, codes[at].longitude), point), at) for at in grid.near(point, km)]
            if found and min(found)[0] <= km:
                return codes[min(found)[1]]
        return None


def open_gazetteer(path: Path) -> Gazetteer:
    """Read the table of places.

    Raises:
        PlacesMissingError: It is not there, damaged, or of another version.
    """
    if not path.exists():
        raise PlacesMissingError(f"There is no table of places at {path}; run `lotse prepare` to make it.")
    try:
        connection = sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)
        try:
            return _read(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise PlacesMissingError(f"The table of places at {path} is damaged ({error}); {_NEXT_STEP}.") from error


def _read(connection: sqlite3.Connection, path: Path) -> Gazetteer:
    about: dict[str, int] = dict(connection.execute("SELECT name, value FROM about"))
    if about.pop("schema", None) != SCHEMA_VERSION:
        raise PlacesMissingError(f"The table of places at {path} is of another version; {_NEXT_STEP}.")
    counted = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
    if counted != about:
        raise PlacesMissingError(f"The table of places at {path} is not whole; {_NEXT_STEP}.")
    sounds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for skeleton, spoken, place in connection.execute("SELECT skeleton, spoken, place FROM sound"):
        sounds[skeleton].append((spoken, place))
    return Gazetteer(
        places=tuple(
            Place(name=name, latitude=latitude, longitude=longitude, kind=kind, region=region, population=population)
            for name, latitude, longitude, kind, region, population in connection.execute(
                "SELECT name, latitude, longitude, kind, region, population FROM place ORDER BY id"
            )
        ),
        cities=dict(connection.execute("SELECT id, city FROM place WHERE city IS NOT NULL")),
        own=dict(connection.execute("SELECT key, places FROM name WHERE rank = ?", (OWN,))),
        others=dict(connection.execute("SELECT key, places FROM name WHERE rank = ?", (OTHER,))),
        sounds=dict(sounds),
        codes={row[0]: Code(*row) for row in connection.execute("SELECT code, latitude, longitude, name FROM code")},
    )
