"""Whom to ask: how an offering is reached, and the alliance that helps at a place."""

from collections.abc import Sequence

from actions.conversation import Conversation
from actions.replies import Replies
from knowledge import Alliance, Knowledge, Offering, Place, Query


def name_contact(reply: Replies, knowledge: Knowledge, known: Conversation) -> None:
    """Utter which people help at the parent's place, or that none are known."""
    alliance = alliance_for(knowledge, known)
    ways = ways_to(alliance) if alliance else ""
    if alliance and ways:
        reply.say("utter_alliance_contact", alliance=alliance.name, contact=ways)
    else:
        reply.say("utter_no_alliance")


def alliance_for(knowledge: Knowledge, known: Conversation) -> Alliance | None:
    """Return the alliance of a place: whose area holds its postal code, else whose offering is nearest.

    Without a place, that of the first offering in the last reply, else that of the page.
    """
    alliances = knowledge.store.alliances()
    if known.place is None:
        shown = knowledge.store.offerings(known.results[:1])
        return _named(alliances, shown[0].alliance if shown else known.home)
    return covering(alliances, known.place) or _named(alliances, _of_nearest_offering(knowledge, known.place))


def covering(alliances: Sequence[Alliance], place: Place) -> Alliance | None:
    """Return the alliance whose area holds a place's postal code; of several, the one that names it most exactly."""
    code = place.postal_code or ""
    found = [(len(c), alliance) for alliance in alliances for c in alliance.covers if code and code.startswith(c)]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def ways_to(someone: Alliance | Offering) -> str:
    """Return phone, e-mail and website as far as they are known, separated by commas."""
    website = someone.website if isinstance(someone, Alliance) else someone.url
    return ", ".join(way for way in (someone.phone, someone.email, website) if way)


def _of_nearest_offering(knowledge: Knowledge, place: Place) -> str | None:
    matches = [m for m in knowledge.search(Query(near=place, limit=20)).matches if m.distance_km is not None]
    return min(matches, key=lambda match: match.distance_km or 0.0).offering.alliance if matches else None


def _named(alliances: Sequence[Alliance], alliance_id: str | None) -> Alliance | None:
    return next((alliance for alliance in alliances if alliance.id == alliance_id), None)
