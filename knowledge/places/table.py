"""Makes the rows of the table of places: German names, what tells places of one name apart, districts, keys, postal codes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from knowledge.places.distances import Grid, distance_km, reach_km
from knowledge.places.names import base, key, keys
from knowledge.places.sounds import skeleton, spoken
from knowledge.places.sources import RawCode, RawPlace
from knowledge.text import fold_german

OWN, OTHER = 0, 1
_HERE = Path(__file__).resolve().parent
_CITY_STATES = ("Berlin", "Hamburg")
_FARTHEST_DISTRICT_KM = 25.0
_SHORTEST_PART = 5


@dataclass(frozen=True, kw_only=True)
class Row:
    """A place of the table. `names` has the keys by which it is found: OWN where it is so called, OTHER for the rest."""

    id: int
    name: str
    short: str
    latitude: float
    longitude: float
    region: str
    population: int
    kind: Literal["town", "district"] = "town"
    city: int | None = None
    names: Mapping[str, int] = field(default_factory=dict)

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude

    def sounds(self) -> set[tuple[str, str]]:
        """Return the skeleton and the spoken form of its own names."""
        names = {self.short, base(self.name), *_parts(self)}
        return {(skeleton(name), spoken(name)) for name in names if len(skeleton(name)) >= 2}


def outweighs(first: int, second: int) -> bool:
    """Return whether of two places with one name and so many inhabitants everybody means the first.

    Hamburg and München are so; Frankfurt and Halle are not: they are over ten times, but not twelve times the next.
    """
    return (first >= 100_000 and first >= 12 * second) or (first >= 20_000 and first >= 30 * second)


def rows(raw: Sequence[RawPlace], codes: Sequence[RawCode]) -> list[Row]:
    """Return all places with the names to show and the keys to find them by."""
    corrected = _corrected(raw)
    placed = _with_districts([_row(at, place) for at, place in enumerate(corrected)], {c.code: c for c in codes})
    shown = _told_apart(placed, [p.others for p in corrected])
    others = {row.id: place.others for row, place in zip(shown, corrected, strict=False)}
    return _sharing_scripts([replace(row, names=_names(row, others.get(row.id, ()), shown)) for row in shown])


def names_of_codes(codes: Sequence[RawCode], table: Sequence[Row]) -> list[str]:
    """Return the town of each postal code: the biggest of the source's names, else the one in whose reach it lies."""
    grid = Grid([row.point for row in table])
    sizes = {fold_german(row.short): row.population for row in reversed(table) if row.kind == "town"}
    found = []
    for code in codes:
        if code.names:
            found.append(max(code.names, key=lambda name: sizes.get(fold_german(base(name)), -1)))
            continue
        near = [table[at] for at in grid.near((code.latitude, code.longitude), _FARTHEST_DISTRICT_KM)]
        nearest = min(near, key=lambda row: _remoteness(row, code), default=None)
        town = nearest if nearest is None or nearest.city is None else table[nearest.city]
        found.append(town.name if town else "")
    return found


def _remoteness(row: Row, code: RawCode) -> float:
    """Return how far outside a place's reach a postal code lies; beyond 12 km no town is big enough."""
    away = distance_km(row.point, (code.latitude, code.longitude))
    return away / reach_km(row.population) + max(0.0, away - 12.0) / 3.0


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    return content


def _corrected(raw: Sequence[RawPlace]) -> list[RawPlace]:
    """Return the places with German names and right numbers of inhabitants; the biggest of a name comes first in `raw`."""
    corrections = _read("corrections.yml")
    names = {(region, old): new for region, those in corrections["names"].items() for old, new in those.items()}
    found: dict[tuple[str, str, float], RawPlace] = {}
    for place in raw:
        wrong, right = corrections["populations"].get(place.name, (None, 0))
        new = names.pop((place.region, place.name), place.name)
        corrected = replace(
            place,
            name=new,
            population=right if wrong == place.population else place.population,
            others=(*place.others, place.name),
        )
        # GeoNames has some districts twice, once with their town's name.
        where = (place.region, new, 0.0 if place.region in _CITY_STATES else place.latitude)
        found.setdefault(where, corrected)
    return list(found.values())


def _row(at: int, place: RawPlace) -> Row:
    return Row(
        id=at,
        name=place.name,
        short=base(place.name),
        latitude=place.latitude,
        longitude=place.longitude,
        region=place.region,
        population=place.population,
    )


def _with_districts(placed: list[Row], codes: Mapping[str, RawCode]) -> list[Row]:
    """Mark the districts among the places, name them after their town, and add those that GeoNames does not list."""
    towns = {row.name: row for row in sorted(placed, key=lambda row: row.population)}
    listed: dict[str, list[Row]] = defaultdict(list)
    for town, names in _read("corrections.yml")["districts"].items():
        for name in names if town in towns else ():
            listed[name].append(towns[town])
    found = []
    for row in placed:
        city = towns[row.region] if row.region in _CITY_STATES else _city_near(row, listed[row.name])
        found.append(_district(row, city) if city and city is not row else row)
    known = {row.name for row in found}
    for town, districts in _read("corrections.yml")["more_districts"].items():
        for name, code in districts.items():
            if town in towns and code in codes and f"{base(town)}-{name}" not in known:
                new = replace(towns[town], id=len(found), name=name, population=0)
                placed_at = replace(new, latitude=codes[code].latitude, longitude=codes[code].longitude)
                found.append(_district(placed_at, towns[town]))
    return found


def _city_near(row: Row, cities: Iterable[Row]) -> Row | None:
    return next((city for city in cities if distance_km(city.point, row.point) < _FARTHEST_DISTRICT_KM), None)


def _district(row: Row, city: Row) -> Row:
    shown = row.name if key(row.name).startswith(key(city.short)) else f"{city.short}-{row.name}"
    return replace(row, name=shown, short=row.name, kind="district", city=city.id)


def _told_apart(placed: Sequence[Row], others: Sequence[tuple[str, ...]]) -> list[Row]:
    """Give each town that shares its short name the form that tells it from the others."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in placed:
        groups[key(fold_german(row.short))].append(row)
    found = list(placed)
    for group in groups.values():
        towns = sorted((row for row in group if row.kind == "town"), key=lambda row: -row.population)
        alone = len(towns) < 2 or outweighs(towns[0].population, towns[1].population)
        taken = {row.name for row in towns if row.name != row.short}
        for row in towns[1:] if alone else towns:
            if row.name == row.short:
                name = _long_name(row, others[row.id], towns, placed, taken)
                taken.add(name)
                found[row.id] = replace(row, name=name)
    return found


def _long_name(row: Row, others: Sequence[str], group: Sequence[Row], placed: Sequence[Row], taken: set[str]) -> str:
    listed = [name for name in others if base(name) == row.short != name and " / " not in name and name not in taken]
    if listed:
        # With umlauts rather than written without them, and in brackets rather than as "an der".
        return max(listed, key=lambda name: (bool(set(name) & set("äöüß")), "(" in name, len(name)))
    if sum(other.region == row.region for other in group) == 1:
        return f"{row.short} ({row.region})"
    bigger = [p for p in placed if p.kind == "town" and p.population >= 15_000 and p.short != row.short]
    nearest = min(bigger, key=lambda p: distance_km(p.point, row.point))
    name = f"{row.short} (bei {nearest.short})"
    return name if name not in taken else f"{row.short} ({row.region})"


def _names(row: Row, others: Iterable[str], all_rows: Sequence[Row]) -> dict[str, int]:
    """Return all keys of a place: its own names, then its other ones."""
    own = {row.name, row.short, base(row.name)}
    if row.city is not None:
        own.add(f"{all_rows[row.city].short} {row.short}")
    # "Halle an der Saale", "Köthen/Anhalt": the same name with other small words.
    own |= set(_read("exonyms.yml").get(row.name, ()))
    own |= {name for name in others if base(name) != name and key(base(name)) == key(row.short)}
    found = {k: OTHER for name in others for k in keys(name)}
    found |= dict.fromkeys((k for part in _parts(row) for k in keys(part)), OTHER)
    return found | {k: OWN for name in own for k in keys(name)}


def _sharing_scripts(named: Sequence[Row]) -> list[Row]:
    """Give towns of one short name the same names in other scripts: "Халле" is every Halle, not only the one that has it."""
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for row in named:
        if row.kind == "town":
            groups[row.short] |= {
                k: OTHER for k, rank in row.names.items() if rank == OTHER and not k.isascii() and " " not in k
            }
    return [replace(row, names={**groups[row.short], **row.names}) if row.kind == "town" else row for row in named]


def _parts(row: Row) -> list[str]:
    """Return the names that a double name of a town is made of: "Bitterfeld-Wolfen"."""
    parts = row.short.split("-")
    return parts if row.kind == "town" and len(parts) == 2 and min(map(len, parts)) >= _SHORTEST_PART else []
