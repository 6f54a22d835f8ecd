"""Which websites may show the assistant: those of each alliance, by an allow-list that browsers enforce with us."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from knowledge import Alliance
from knowledge.store import Store
from widget.problems import ProblemError

# Public to every website: files without anything personal, which an embedded chat is made of.
_FILES = {"files.static_file", "files.widget_script", "files.leaflet_file"}
# For the websites of alliances alone.
_SHARED = {"chat.answer_message", "feedback.take", "embedding.setting", "offerings.show_offering"}
_AN_HOUR_S = "3600"


@dataclass
class Origins:
    """The websites of all alliances; read anew when the store has changed.

    Attributes:
        everywhere: Origins that may show the assistant of every alliance, and the one of all (LOTSE_ORIGINS).
    """

    store: Store
    everywhere: frozenset[str] = frozenset()
    _generation: int = -1
    _of: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, alliance: str | None) -> frozenset[str]:
        """Return the origins that may show an alliance's assistant; None: the assistant of all alliances."""
        self._refresh()
        return self.everywhere | self._of.get(alliance or "", frozenset())

    def all(self) -> frozenset[str]:
        """Return every origin that may show any assistant."""
        self._refresh()
        return self.everywhere.union(*self._of.values())

    def _refresh(self) -> None:
        generation = self.store.generation()
        if generation != self._generation:
            self._of = {one.id: frozenset(_of(one)) for one in self.store.alliances()}
            self._generation = generation


def _of(alliance: Alliance) -> Iterable[str]:
    """Yield an alliance's origins: those it lists, and its website with and without www."""
    yield from alliance.widget.origins
    parts = urlsplit(alliance.website or "")
    host = (parts.hostname or "").removeprefix("www.")
    if host:
        port = f":{parts.port}" if parts.port else ""
        yield f"{parts.scheme}://{host}{port}"
        yield f"{parts.scheme}://www.{host}{port}"


def share_with_origins(app: Flask, origins: Origins) -> None:
    """Let browsers hand answers to the pages of allowed websites (CORS); no cookie or sign-in ever goes along."""
    app.extensions["origins"] = origins
    app.after_request(_with_sharing)


def refuse_foreign_origin(alliance: str | None) -> None:
    """Refuse a request that a browser sends from another website than the alliance's.

    Raises:
        ProblemError: The request comes from a page that may not show this assistant (403).
    """
    origin = _foreign_origin()
    if origin is not None and origin not in _origins().of(alliance):
        raise ProblemError(
            403,
            "Website not allowed",
            "this website may not show this assistant; its alliance can add it to its `widget.origins`",
        )


def _with_sharing(response: Response) -> Response:
    headers = response.headers
    if request.endpoint in _FILES:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    elif request.endpoint in _SHARED:
        response.vary.add("Origin")
        origin = _foreign_origin()
        # Whether it is this alliance's is checked with the request's body; a preflight has none.
        if origin is not None and origin in _origins().all():
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if request.method == "OPTIONS":
                headers["Access-Control-Allow-Headers"] = "Content-Type"
                headers["Access-Control-Allow-Methods"] = "GET, POST"
                headers["Access-Control-Max-Age"] = _AN_HOUR_S
    return response


def _foreign_origin() -> str | None:
    """Return the website that a browser sends the request from, where that is not our own."""
    origin = request.headers.get("Origin")
    # Browsers alone set Sec-Fetch-Site; the host may be another behind a proxy, and older browsers send only it.
    own = request.headers.get("Sec-Fetch-Site") == "same-origin" or urlsplit(origin or "").netloc == request.host
    return None if own else origin


def _origins() -> Origins:
    origins: Origins = current_app.extensions["origins"]
    return origins
