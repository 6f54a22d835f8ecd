"""The headers that let a browser run nothing but our own files on our pages."""

from collections.abc import Mapping

from flask import Flask, Response, current_app, request

from widget.origins import Origins
from widget.settings import TileSettings

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}


def allow_chat(response: Response, alliance: str | None) -> None:
    """Let a page with a chat stand in a frame on the websites of its alliance, and show the tiles of a map."""
    origins: Origins = current_app.extensions["origins"]
    tiles: TileSettings | None = current_app.config["TILES"]
    framing = " ".join(["'self'", *sorted(origins.of(alliance))])
    pictures = f"'self' {tiles.origin}" if tiles else "'self'"
    policy = {**_POLICY, "frame-ancestors": framing, "img-src": pictures}
    response.headers["Content-Security-Policy"] = _written(policy)


def refuse_framing(response: Response) -> None:
    """Let no page at all show this one in a frame."""
    response.headers["Content-Security-Policy"] = _written({**_POLICY, "frame-ancestors": "'none'"})


def send_security_headers(app: Flask) -> None:
    """Add the headers to every response."""
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _written(_POLICY))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in headers:  # files say themselves how long they may be kept
        # Answers and pages can hold what a parent asked.
        headers["Cache-Control"] = "no-store"
        response.vary.add("Accept-Language")
    return response


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
