"""Errors as their reader wants them: RFC 9457 problem JSON under /api and /hsds, a friendly page everywhere else."""

import json
import logging
import traceback

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from widget.texts import texts
from widget.visitor import page_language, rendered

_log = logging.getLogger(__name__)
# Addresses that programs ask, not people.
_OF_PROGRAMS = ("/api/", "/hsds/", "/channels/")
# Shown for what has no sentence of its own.
_BROKEN = "site_broken"
_PAGES = {404: "site_not_found", 429: "site_too_fast"}
_DETAILS = {
    400: "the request cannot be read; send valid JSON or query parameters as documented",
    404: "nothing is here; check the address",
    405: "this address does not take that method",
    413: "the request is too large; send a shorter message",
    415: "send JSON with the header Content-Type: application/json",
    429: "many requests came from your address just now; please wait a moment and go on",
    500: "something failed on the server; please try again in a minute",
}


class ProblemError(Exception):
    """A request that cannot be answered, with what its sender should change.

    Args:
        status: HTTP status.
        title: The kind of problem, the same for every occurrence.
        detail: What is wrong with this request and what to do.
    """

    def __init__(self, status: int, title: str, detail: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(detail)
        self.status, self.title, self.detail, self.retry_after_s = status, title, detail, retry_after_s


def handle_problems(app: Flask) -> None:
    """Let the app answer every error in its form; none shows a stack trace or anything the sender wrote."""
    app.register_error_handler(ProblemError, _problem)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _problem(error: ProblemError) -> Response:
    return _answer(error.status, error.title, error.detail, retry_after_s=error.retry_after_s)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect or a ready answer
    detail = _DETAILS.get(error.code, "the request cannot be answered")
    return _answer(error.code, error.name, detail)


def _failure(error: Exception) -> Response:
    # Frames only: the error itself may quote what a parent wrote.
    _log.error(
        "%s at %s\n%s", type(error).__name__, request.endpoint, "".join(traceback.format_tb(error.__traceback__))
    )
    return _answer(500, "Internal Server Error", _DETAILS[500])


def _answer(status: int, title: str, detail: str, *, retry_after_s: int | None = None) -> Response:
    if request.path.startswith(_OF_PROGRAMS):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        response = Response(json.dumps(body), status, content_type="application/problem+json")
    else:
        language = page_language()
        key = _PAGES.get(status, _BROKEN)
        said = texts(language)
        response = rendered("problem.html", language, status=status, heading=said[key], text=said[f"{key}_text"])
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(retry_after_s)
    return response
