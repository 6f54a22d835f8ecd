"""Which offerings a request asks for: by words, taxonomy term, organization, time of the last edit, and place."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from knowledge import Offering
from knowledge.hsds import TAXONOMY_ID, hsds_id
from knowledge.places.distances import distance_km
from knowledge.text import words
from widget.hsds.feed import Feed
from widget.parameters import Parameters, text
from widget.problems import ProblemError
from widget.wiring import wired_knowledge

_LONGEST = 200
# More would be all of Germany; and who counts in metres, as the standard's text does, is told instead of misled.
_FARTHEST_KM = 200.0
_PROXIMITY = re.compile(r"(\d{1,7}(?:\.\d{1,6})?) ?(km|m)?")


def wanted(feed: Feed, args: Parameters) -> list[Offering]:
    """Return the offerings that all filters but the place let pass, by id.

    Raises:
        ProblemError: A parameter does not have its form (400).
    """
    found: Sequence[Offering] = feed.directory.offerings
    organization = text(args, "organization_id", longest=_LONGEST)
    if organization:
        found = feed.of_organization.get(organization, ())
    term, taxonomy = (text(args, name, longest=_LONGEST) for name in ("taxonomy_term_id", "taxonomy_id"))
    if term:
        found = [one for one in found if term in {hsds_id("taxonomy_term", code) for code in one.categories}]
    if taxonomy and taxonomy != TAXONOMY_ID:
        found = []
    since = _moment(args)
    if since:
        edited = feed.directory.edited
        found = [one for one in found if one.id in edited and edited[one.id] >= since]
    asked = words(text(args, "search", longest=_LONGEST) or "")
    return [one for one in found if all(word in feed.words[one.id] for word in asked)] if asked else list(found)


def near(found: Sequence[Offering], feed: Feed, args: Parameters) -> list[Offering]:
    """Return the offerings at or around a postal code: those for it, or with `proximity` those near it, nearest first.

    Raises:
        ProblemError: A parameter does not have its form (400).
    """
    code, farthest_km = text(args, "postcode", longest=_LONGEST), _proximity_km(args)
    if code is None:
        if farthest_km is not None:
            raise ProblemError(400, "Bad parameter", "proximity is counted from a postcode; give one")
        return list(found)
    if not re.fullmatch(r"\d{5}", code):
        raise ProblemError(400, "Bad parameter", "postcode is a German one of five digits, such as 06366")
    if farthest_km is None:
        return [one for one in found if one.postal_code == code or _covers(one, code, feed)]
    knowledge = wired_knowledge()
    middle = knowledge.places.resolve(code).place
    if middle is None:
        return []
    knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
    positions = ((knowledge.places.position(one), one) for one in found)
    here = (middle.latitude, middle.longitude)
    distances = [(distance_km(here, position), one.id, one) for position, one in positions if position]
    return [one for km, _, one in sorted(distances, key=lambda d: d[:2]) if km <= farthest_km]


def _covers(offering: Offering, code: str, feed: Feed) -> bool:
    """Return whether the offering's alliance is there for the families of a postal code."""
    return any(code.startswith(beginning) for beginning in feed.directory.alliances[offering.alliance].covers)


def _proximity_km(args: Parameters) -> float | None:
    given = text(args, "proximity", longest=_LONGEST)
    if given is None:
        return None
    match = _PROXIMITY.fullmatch(given)
    km = float(match[1]) / (1000 if match[2] == "m" else 1) if match else 0.0
    if not 0 < km <= _FARTHEST_KM:
        raise ProblemError(
            400, "Bad parameter", f"proximity is a distance in km up to {_FARTHEST_KM:g}, such as 10, 10km or 2500m"
        )
    return km


def _moment(args: Parameters) -> datetime | None:
    given = text(args, "modified_after", longest=_LONGEST)
    if given is None:
        return None
    try:
        # A plus that nobody encoded comes as a space.
        moment = datetime.fromisoformat(re.sub(r"(?<=\d) (?=\d\d:?\d\d$)", "+", given) if "T" in given else given)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ProblemError(
            400, "Bad parameter", "modified_after is a time such as 2026-11-22T08:00:00Z, or a day such as 2026-11-22"
        ) from None
