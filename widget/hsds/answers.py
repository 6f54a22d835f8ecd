"""How answers leave: JSON for every website, with an ETag, so that who asks again for what has not changed is told so."""

from typing import Any

from flask import Response, jsonify, request

from widget.hsds.feed import Feed


def answer(content: Any, feed: Feed) -> Response:
    """Return an answer that holds as long as the feed's version."""
    response = jsonify(content)
    response.set_etag(feed.version)
    return response


def unchanged(feed: Feed) -> Response | None:
    """Return a 304 where the request names the feed's version as known."""
    known = {
        etag.partition(":")[0] for etag in request.if_none_match.as_set(include_weak=True)
    }  # "…:gzip", when packed
    if feed.version not in known:
        return None
    response = Response(status=304)
    response.set_etag(feed.version)
    return response


def open_to_all(response: Response) -> Response:
    """Let every website read; errors too. Nothing here is anybody's own, and no sign-in ever goes along."""
    if request.path.startswith("/hsds"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if "ETag" in response.headers:
            response.headers["Cache-Control"] = "no-cache"  # kept, and asked for again
    return response
