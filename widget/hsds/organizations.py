"""GET /hsds/organizations and /hsds/organizations/{id}: the alliances, and the providers of their offerings."""

from typing import Any

from flask import Blueprint, Response, request

from knowledge.hsds import one_to_one, service
from knowledge.text import fold, words
from widget.hsds.answers import answer, unchanged
from widget.hsds.feed import Feed, present_feed
from widget.hsds.filters import wanted
from widget.hsds.paging import page_of
from widget.parameters import text, yes_or_no
from widget.problems import ProblemError

organizations = Blueprint("organizations", __name__)
_OF_SERVICES = ("taxonomy_term_id", "taxonomy_id")


@organizations.get("/organizations")
def list_organizations() -> Response:
    """Return a page of organizations: with what they have one of, or with all (`full`)."""
    feed, args = present_feed(), request.args
    full, full_service = yes_or_no(args, "full"), yes_or_no(args, "full_service")
    asked = words(text(args, "search", longest=200) or "")
    found = [one for one in feed.organizations.values() if all(word in fold(str(one["name"])) for word in asked)]
    if any(args.get(name) for name in _OF_SERVICES):
        kept = {one.id for one in wanted(feed, _without(args, "search", "organization_id", "modified_after"))}
        found = [one for one in found if any(o.id in kept for o in feed.of_organization.get(str(one["id"]), ()))]

    def show(one: dict[str, Any]) -> dict[str, Any]:
        return _nested(one, feed, full_service=bool(full_service)) if full or full_service else one_to_one(one)

    page = page_of(found, args, show)
    return unchanged(feed) or answer(page, feed)


@organizations.get("/organizations/<organization_id>")
def show_organization(organization_id: str) -> Response:
    """Return an organization with all that belongs to it, and its services by name (with `full_service` whole)."""
    feed = present_feed()
    full_service = yes_or_no(request.args, "full_service")
    found = feed.organizations.get(organization_id)
    if found is None:
        raise ProblemError(
            404, "No such organization", "it is not here (any more); /hsds/organizations lists those there are"
        )
    return unchanged(feed) or answer(_nested(found, feed, full_service=bool(full_service)), feed)


def _nested(one: dict[str, Any], feed: Feed, *, full_service: bool) -> dict[str, Any]:
    services = [service(offering, feed.directory) for offering in feed.of_organization.get(one["id"], ())]
    shown = services if full_service else [{name: s[name] for name in ("id", "name", "status")} for s in services]
    return {**one, "services": shown}


def _without(args: Any, *names: str) -> Any:
    kept = args.copy()
    for name in names:
        kept.poplist(name)
    return kept
