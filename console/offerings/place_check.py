"""Whether postal code, town and position of an offering fit together; what does not is a warning with a suggestion, not an error."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge import Offering, Place
from knowledge.places import Places
from knowledge.places.distances import distance_km

# The middle of a large town's postal code may lie so far from that of the town.
_FARTHEST_KM = 25.0
_POSITION_KM = 15.0


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something to look at before saving: the key of a sentence, its values, and what it concerns."""

    key: str
    at: str
    values: Mapping[str, str] = field(default_factory=dict)


def place_doubts(offering: Offering, places: Places, home: Sequence[Place] = ()) -> Iterator[Doubt]:
    """Yield what is unknown or contradictory about where an offering is."""
    if offering.format == "online":
        return
    number, city = offering.postal_code, offering.city
    if number is None and city is None:
        yield Doubt(key="warning_no_place", at="postal_code")
        return
    code = places.postal_code(number) if number else None
    if number and code is None:
        near = places.resolve(number).place
        yield Doubt(
            key="warning_postal_code", at="postal_code", values={"code": number, "near": near.label if near else "–"}
        )
    if city:
        yield from _about_town(city, code, places, home)
    if code and offering.latitude is not None and offering.longitude is not None:
        away = _apart_km(code, offering.latitude, offering.longitude)
        if away > _POSITION_KM:
            yield Doubt(key="warning_position", at="latitude", values={"code": code.label, "km": f"{away:.0f}"})


def _about_town(city: str, code: Place | None, places: Places, home: Sequence[Place]) -> Iterator[Doubt]:
    reading = places.resolve(city, home=home)
    towns = [reading.place] if reading.place else list(reading.options)
    away = min((_apart_km(code, town.latitude, town.longitude) for town in towns), default=0.0) if code else 0.0
    if not towns or (reading.corrected and away > _FARTHEST_KM):
        suggested = code.name if code else (towns[0].name if towns else "–")
        yield Doubt(key="warning_town", at="city", values={"town": city, "suggestion": suggested})
    elif reading.corrected:
        yield Doubt(key="warning_town", at="city", values={"town": city, "suggestion": towns[0].name})
    elif code and away > _FARTHEST_KM:
        yield Doubt(
            key="warning_contradiction",
            at="city",
            values={"code": code.postal_code or "", "town": code.name, "city": city},
        )
    elif code is None and len(towns) > 1:
        names = ", ".join(town.name for town in towns)
        yield Doubt(key="warning_ambiguous", at="city", values={"town": city, "suggestion": names})


def _apart_km(a: Place, latitude: float, longitude: float) -> float:
    return distance_km((a.latitude, a.longitude), (latitude, longitude))
