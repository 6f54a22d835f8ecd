"""GET /hsds/services and /hsds/services/{id}."""

from typing import Any

from flask import Blueprint, Response, request

from knowledge import Offering
from knowledge.hsds import hsds_id, one_to_one, service
from widget.hsds.answers import answer, unchanged
from widget.hsds.feed import Feed, present_feed
from widget.hsds.filters import wanted
from widget.hsds.paging import page_of
from widget.parameters import yes_or_no
from widget.problems import ProblemError

services = Blueprint("services", __name__)
# The standard asks for all services on one page, for those who compare what has changed.
_ALL = 1_000_000


@services.get("/services")
def list_services() -> Response:
    """Return a page of services: with what they have one of, with all (`full`), or with id and time alone (`minimal`)."""
    feed, args = present_feed(), request.args
    if yes_or_no(args, "minimal"):
        page = page_of(wanted(feed, args), args, lambda one: _minimal(one, feed), usual=_ALL, most=_ALL)
        return unchanged(feed) or answer(page, feed)
    full = yes_or_no(args, "full")

    def show(one: Offering) -> dict[str, Any]:
        found = service(one, feed.directory)
        return found if full else one_to_one(found)

    page = page_of(wanted(feed, args), args, show)
    return unchanged(feed) or answer(page, feed)


@services.get("/services/<service_id>")
def show_service(service_id: str) -> Response:
    """Return a service with all that belongs to it."""
    feed = present_feed()
    offering = feed.by_service.get(service_id)
    if offering is None:
        raise ProblemError(404, "No such service", "nobody offers this (any more); /hsds/services lists what there is")
    return unchanged(feed) or answer(service(offering, feed.directory), feed)


def _minimal(one: Offering, feed: Feed) -> dict[str, Any]:
    edited = feed.directory.edited.get(one.id)
    known = {"modified_date": edited.isoformat(timespec="seconds")} if edited else {}
    return {"id": hsds_id("service", one.id), **known}
