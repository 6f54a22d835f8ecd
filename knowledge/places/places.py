"""The knowledge of German places, as the rest of the program uses it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.places.deciding import Home, decide
from knowledge.places.distances import Point, distance_km
from knowledge.places.gazetteer import Code, Gazetteer, open_gazetteer
from knowledge.places.names import base, key
from knowledge.places.postal import coordinates, nearest_code
from knowledge.places.reading import read
from knowledge.values import Alliance, Offering, Place, PlaceReading

_FARTHEST_KM = 60.0
_NOWHERE = Home(points=(), names=frozenset())


def open_places(path: Path) -> "Places":
    """Open the table that `extract_places` has written.

    Raises:
        PlacesMissingError: It is not there, damaged, or of another version; the message says what to do.
    """
    return Places(open_gazetteer(path))


class Places:
    """Finds and places what people name: postal codes, towns, districts, positions."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._homes: tuple[int, tuple[Place, ...]] | None = None
        self._towns_of_alliances: dict[str, Place] = {}
        self._home_last_used: tuple[Sequence[Place], Home] = ((), _NOWHERE)

    def read(
        self, text: str, *, language: str, home: Sequence[Place] = (), place_expected: bool = False
    ) -> PlaceReading:
        """Return what a running text says about where.

        Args:
            text: The parent's words, in any of the ten languages.
            language: The language of the text (ISO 639-1).
            home: Places of the alliances served here; a name that is ambiguous elsewhere means the one near them.
            place_expected: True when the parent was just asked for the place, so that a bare or misspelt name counts.
        """
        return read(text, self._gazetteer, self._home(home), language=language, asked=place_expected)

    def resolve(self, text: str, *, language: str = "de", home: Sequence[Place] = ()) -> PlaceReading:
        """Return the place that a text is: "06366", "Köthen", "51.75,11.97", "Кассель", "in Pasing"."""
        text = text.strip()
        point = coordinates(text)
        if point:
            near = self._gazetteer.nearest(point)
            if near is None or near[1] > _FARTHEST_KM:
                return PlaceReading(unknown=text, written=text)
            return PlaceReading(place=self.nearest(*point), written=text)
        reading = read(text, self._gazetteer, self._home(home), language=language, asked=True)
        if text and reading == PlaceReading():
            return PlaceReading(unknown=text, written=text)
        same = [place for place in reading.options if place.name == text]
        return replace(reading, place=same[0], options=()) if len(same) == 1 else reading

    def position(self, offering: Offering) -> Point | None:
        """Return where an offering is: its own position, else its postal code's, else its town's; None when unknown or online.

        A town whose name is not unique is the one nearest to the alliance's, once `homes` has been called; else the biggest.
        """
        if offering.format == "online":
            return None
        if offering.latitude is not None and offering.longitude is not None:
            return offering.latitude, offering.longitude
        code = self._code(offering.postal_code)
        if code:
            return code.latitude, code.longitude
        home = self._towns_of_alliances.get(offering.alliance)
        town = self._town(offering.city, near=(home.latitude, home.longitude) if home else None)
        return (town.latitude, town.longitude) if town else None

    def homes(self, alliances: Callable[[], Iterable[Alliance]], generation: int) -> tuple[Place, ...]:
        """Return the towns of the alliances, read anew only when the store's generation has changed."""
        known = self._homes
        if known is None or known[0] != generation:
            towns = {alliance.id: place for alliance in alliances() if (place := self._home_of(alliance))}
            self._towns_of_alliances = towns
            known = self._homes = generation, tuple(dict.fromkeys(towns.values()))
        return known[1]

    def home_of(self, alliance_id: str) -> Place | None:
        """Return an alliance's town, once `homes` has been called; None where it is not known."""
        return self._towns_of_alliances.get(alliance_id)

    def postal_code(self, number: str) -> Place | None:
        """Return the middle of a postal code, named after its town; None when the table does not have this very number."""
        code = self._gazetteer.codes.get(number)
        if code is None:
            return None
        return Place(
            name=code.town, latitude=code.latitude, longitude=code.longitude, kind="postal_code", postal_code=code.code
        )

    def nearest(self, latitude: float, longitude: float) -> Place:
        """Return a position in degrees as a place, named after the town nearest to it."""
        near = self._gazetteer.nearest((latitude, longitude))
        return Place(
            name=near[0].name if near else f"{latitude:.4f}, {longitude:.4f}",
            latitude=latitude,
            longitude=longitude,
            kind="position",
            region=near[0].region if near else None,
        )

    def code_of(self, place: Place) -> str | None:
        """Return the postal code of a place: its own, else the one nearest to it; None when it is not in Germany."""
        code = self._gazetteer.nearest_code((place.latitude, place.longitude)) if place.postal_code is None else None
        return code.code if code else place.postal_code

    def _home(self, places: Sequence[Place]) -> Home:
        """Return the home that places are; mostly the same ones as the last time."""
        last, home = self._home_last_used
        if places is not last:
            home = Home.of(places) if places else _NOWHERE
            self._home_last_used = places, home
        return home

    def _home_of(self, alliance: Alliance) -> Place | None:
        code = self._code(alliance.postal_code or next((c for c in alliance.covers if len(c) == 5), None))
        town = self._town(alliance.city, near=(code.latitude, code.longitude) if code else None)
        if town or not code:
            return town
        return Place(
            name=code.town, latitude=code.latitude, longitude=code.longitude, kind="town", postal_code=code.code
        )

    def _code(self, number: str | None) -> Code | None:
        return (self._gazetteer.codes.get(number) or nearest_code(self._gazetteer, number)) if number else None

    def _town(self, name: str | None, *, near: Point | None) -> Place | None:
        """Return the town of a name: the one nearest to a point, or the biggest."""
        if not name:
            return None
        gazetteer = self._gazetteer
        numbers = gazetteer.named(key(name)) or gazetteer.named(key(base(name)))
        if not numbers:
            reading = read(name, gazetteer, _NOWHERE, language="de", asked=True)
            # What a coordinator writes is no misspelling: rather no position than that of another town.
            return None if reading.corrected else reading.place
        if near:
            return gazetteer.places[min(numbers, key=lambda at: distance_km(gazetteer.point(at), near))]
        return gazetteer.places[decide(gazetteer, numbers, _NOWHERE)[0]]
