"""Who helps in person: an alliance's people, or the parents' helpline; and whose area a place is in."""

from collections.abc import Sequence

from knowledge import Alliance, Knowledge, Place
from knowledge.places import distance_km
from widget.texts import sentence


def contact_of(
    alliances: Sequence[Alliance],
    language: str,
    *,
    place: Place | None,
    nearest: str | None = None,
    home: str | None = None,
) -> str:
    """Return a sentence that names whom to ask in the reply's language.

    Args:
        place: Where the parent looks; the alliance that covers it is named first.
        nearest: Id of the alliance whose offering is nearest.
        home: Id of the alliance on whose page the conversation began.
    """
    alliance = covering(alliances, place) or _named(alliances, nearest) or _named(alliances, home)
    if alliance is None:
        return sentence(language, "say_contact_unknown")
    ways = [way for way in (alliance.name, alliance.phone, alliance.email, alliance.website) if way]
    return sentence(language, "say_contact", contact=", ".join(ways))


def covering(alliances: Sequence[Alliance], place: Place | None) -> Alliance | None:
    """Return the alliance whose area holds the place's postal code, the closest where several do."""
    code = place.postal_code if place else None
    if not code:
        return None
    lengths = [(max((len(c) for c in a.covers if code.startswith(c)), default=0), a) for a in alliances]
    length, alliance = max(lengths, key=lambda pair: pair[0], default=(0, None))
    return alliance if length else None


def alliance_for(knowledge: Knowledge, place: Place, *, within_km: float) -> str | None:
    """Return the id of the alliance whose area holds a place, else of the nearest one within a distance, else None."""
    alliances = knowledge.store.alliances()
    owner = covering(alliances, place)
    if owner is not None:
        return owner.id
    knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
    towns = [(one.id, knowledge.places.home_of(one.id)) for one in alliances]
    here = (place.latitude, place.longitude)
    away = [(distance_km((town.latitude, town.longitude), here), id_) for id_, town in towns if town is not None]
    km, nearest = min(away, default=(0.0, None))
    return nearest if km <= within_km else None


def _named(alliances: Sequence[Alliance], alliance_id: str | None) -> Alliance | None:
    return next((alliance for alliance in alliances if alliance.id == alliance_id), None)
