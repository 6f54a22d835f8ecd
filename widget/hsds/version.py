"""GET /hsds/: which version of the standard this is, and where it is described."""

from flask import Blueprint, Response

from knowledge.hsds import VERSION
from widget.addresses import absolute
from widget.hsds.answers import answer, unchanged
from widget.hsds.feed import present_feed

version = Blueprint("version", __name__)
_PROFILE = "https://docs.openreferral.org/en/latest/hsds/overview.html"


@version.get("/")
def show() -> Response:
    """Return the version of HSDS and the addresses of its descriptions."""
    feed = present_feed()
    return unchanged(feed) or answer(
        {"version": VERSION, "profile": _PROFILE, "openapi_url": absolute("/api/openapi.json")}, feed
    )
