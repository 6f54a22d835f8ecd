"""GET /hsds/service_at_locations and /hsds/service_at_locations/{id}: what is offered where."""

from typing import Any

from flask import Blueprint, Response, request

from knowledge import Offering
from knowledge.hsds import is_somewhere, one_to_one, service, service_at_location
from widget.hsds.answers import answer, unchanged
from widget.hsds.feed import Feed, present_feed
from widget.hsds.filters import near, wanted
from widget.hsds.paging import page_of
from widget.parameters import yes_or_no
from widget.problems import ProblemError

service_at_locations = Blueprint("service_at_locations", __name__)


@service_at_locations.get("/service_at_locations")
def list_places() -> Response:
    """Return a page of services at their locations; with `postcode` those for it, with `proximity` too those near it."""
    feed, args = present_feed(), request.args
    full = yes_or_no(args, "full")

    def show(one: Offering) -> dict[str, Any]:
        found = _shown(one, feed)
        return found if full else one_to_one(found)

    found = near([one for one in wanted(feed, args) if is_somewhere(one)], feed, args)
    page = page_of(found, args, show)
    return unchanged(feed) or answer(page, feed)


@service_at_locations.get("/service_at_locations/<place_id>")
def show_place(place_id: str) -> Response:
    """Return a service at its location, with all that belongs to the location."""
    feed = present_feed()
    offering = feed.by_place.get(place_id)
    if offering is None or not is_somewhere(offering):
        raise ProblemError(404, "No such service at a location", "/hsds/service_at_locations lists those there are")
    return unchanged(feed) or answer(_shown(offering, feed), feed)


def _shown(offering: Offering, feed: Feed) -> dict[str, Any]:
    return service_at_location(offering, feed.directory, service(offering, feed.directory)) or {}
