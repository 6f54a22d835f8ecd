"""The headers that let a browser run nothing but our own files on our pages."""

from collections.abc import Mapping

from flask import Flask, Response, current_app, request

from widget.origins import Origins

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


def allow_framing(response: Response, alliance: str | None) -> None:
    """Let the websites of an alliance show a page in a frame."""
    origins: Origins = current_app.extensions["origins"]
    framing = " ".join(["'self'", *sorted(origins.of(alliance))])
    response.headers["Content-Security-Policy"] = _written({**_POLICY, "frame-ancestors": framing})


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
