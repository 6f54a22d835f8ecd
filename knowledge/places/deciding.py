"""Which place is meant when several have one name: the one near home, the one that everybody means, or it stays open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.places.distances import Grid, Point, distance_km
from knowledge.places.gazetteer import Gazetteer
from knowledge.places.names import base, keys
from knowledge.places.table import outweighs
from knowledge.values import Place

MOST_OPTIONS = 5
NEAR_HOME_KM = 30.0
_SAME_TOWN_KM = 12.0
# A district is meant by its bare name only where no town has that name that is about as big.
_TOWN_BEFORE_DISTRICT = 5
_TOWN_PEOPLE = 5_000


@dataclass(frozen=True)
class Home:
    """Where the alliances are: the points, and the keys of the towns' names."""

    points: tuple[Point, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, places: Sequence[Place]) -> "Home":
        """Return the home that these places are."""
        names = {k for place in places for name in {place.name, base(place.name)} for k in keys(name)}
        return cls(tuple({(place.latitude, place.longitude) for place in places}), frozenset(names))

    def away_km(self, point: Point) -> float:
        """Return how far a point is from the nearest alliance; infinity when none is near."""
        near = self._grid.near(point, NEAR_HOME_KM)
        away = min((distance_km(point, self.points[at]) for at in near), default=float("inf"))
        return away if away <= NEAR_HOME_KM else float("inf")

    @cached_property
    def _grid(self) -> Grid:
        return Grid(self.points)


def decide(gazetteer: Gazetteer, numbers: Iterable[int], home: Home) -> tuple[int, ...]:
    """Return the place that is meant, or several, likeliest first, when it stays open."""
    found = tuple(sorted(set(numbers), key=lambda at: -gazetteer.places[at].population))
    if len(found) > 1 and home.points:
        away = {at: home.away_km(gazetteer.point(at)) for at in found}
        near = [at for at in found if away[at] <= NEAR_HOME_KM]
        if near and not _is_one_of_many(gazetteer, near, found):
            return (min(near, key=lambda at: (away[at] > _SAME_TOWN_KM, -gazetteer.places[at].population)),)
    found = _without_lesser_districts(gazetteer, found)
    if len(found) > 1 and outweighs(gazetteer.places[found[0]].population, gazetteer.places[found[1]].population):
        return found[:1]
    return found


def _is_one_of_many(gazetteer: Gazetteer, near: Sequence[int], found: Sequence[int]) -> bool:
    """Return whether only districts are near home, of a name that several towns have ("Neustadt"): then it stays open."""
    towns = [
        at for at in found if gazetteer.places[at].kind == "town" and gazetteer.places[at].population >= _TOWN_PEOPLE
    ]
    return len(towns) > 1 and all(gazetteer.places[at].kind == "district" for at in near)


def _without_lesser_districts(gazetteer: Gazetteer, found: Sequence[int]) -> tuple[int, ...]:
    """Leave out districts beside a town of the same name that is much bigger, and those of which nothing is known."""
    towns = [at for at in found if gazetteer.places[at].kind == "town"]
    biggest = max((gazetteer.places[at].population for at in towns), default=0)
    kept = [
        at
        for at in found
        if gazetteer.places[at].kind == "town"
        or not towns
        or (gazetteer.places[at].population and gazetteer.places[at].population * _TOWN_BEFORE_DISTRICT > biggest)
    ]
    return tuple(kept)
