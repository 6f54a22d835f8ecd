"""Who helps in person: an alliance's people, or the parents' helpline."""

from collections.abc import Sequence

from knowledge import Alliance, Place
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


def _named(alliances: Sequence[Alliance], alliance_id: str | None) -> Alliance | None:
    return next((alliance for alliance in alliances if alliance.id == alliance_id), None)
