"""A thin client of Meta's Graph API, which WhatsApp's Cloud API and Messenger are parts of: calls, and what its errors mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from widget.channels.channel import Delivery
from widget.channels.outward import outward

GRAPH_URL = "https://graph.facebook.com/v23.0"
_MEND_AGAIN_S = 900.0  # a person has to do something first

Meaning = tuple[Literal["later", "never", "gone"], float | None, bool]
"""State, seconds to wait, and whether it holds for everyone, as in `Delivery`."""

_LATER: Meaning = ("later", None, False)
_TOO_FAST: Meaning = ("later", 60.0, True)
_TO_MEND: Meaning = ("later", _MEND_AGAIN_S, True)

# By error code, as the error pages of Graph, the Cloud API and the Messenger platform list them; others are told by their status.
_MEANINGS: Mapping[int, Meaning] = {
    # Faults of theirs that pass.
    **dict.fromkeys((1, 2, 1200, 131000, 131016, 133004, 135000), _LATER),
    # Too fast: the app, the page, the account; to this user alone.
    **dict.fromkeys((4, 17, 32, 341, 613, 80006, 80007, 130429, 131057), _TOO_FAST),
    131048: ("later", 3600.0, True),
    131056: ("later", 10.0, False),
    # A person has to mend it: the token, a right, the account, money, the number, the app that is not live.
    **dict.fromkeys((0, 3, 102, 190, 368, 2200, 131005, 131031, 131042, 131045, 133010), _TO_MEND),
    **dict.fromkeys((131030, 132001, 132007, 132015, 132016), ("never", None, False)),
    # This user cannot be written to, or does not want to be.
    **dict.fromkeys((551, 131021, 131026, 131050, 130403), ("gone", None, False)),
    # This message cannot be sent: the 24 hours are over (131047, and 10 with 2018278), or it has another form.
    **dict.fromkeys((100, 131008, 131009, 131047, 131049, 131051, 130472), ("never", None, False)),
}
_RIGHTS = range(200, 300)
_WINDOW_IS_OVER = 2018278
_NOBODY_THERE = frozenset({2018001, 2018108, 1545041})  # no such user; blocked the page; not available


@dataclass(kw_only=True, eq=False)
class GraphError(Exception):
    """Graph refused a call. `code` None: no answer in its form came, `status` None: none at all."""

    status: int | None
    code: int | None = None
    subcode: int | None = None
    retry_after_s: float | None = None

    def __str__(self) -> str:
        return f"error {self.code}" if self.code is not None else f"status {self.status}"


@dataclass(frozen=True)
class Graph:
    """Graph as one token's owner reaches it."""

    token: str = field(repr=False)
    url: str = GRAPH_URL
    _client: httpx.Client = field(default_factory=outward, repr=False)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Return what stands at a path.

        Raises:
            GraphError: It was refused, or no answer came.
        """
        return self._call("GET", path, params=query)

    def post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to what was posted.

        Raises:
            GraphError: As in `get`.
        """
        return self._call("POST", path, json=dict(content))

    def as_app(self, app_id: str, app_secret: str) -> "Graph":
        """Return Graph as the app itself reaches it."""
        return Graph(token=f"{app_id}|{app_secret}", url=self.url, _client=self._client)

    def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            answer = self._client.request(method, f"{self.url}/{path}", headers=headers, **request)
            content = answer.json()
        except httpx.HTTPError:
            # From None: its text holds the address, which names whom we write to.
            raise GraphError(status=None) from None
        except ValueError:
            content = None
        if answer.is_success and isinstance(content, dict):
            return content
        raise _error(answer, content)


def _error(answer: httpx.Response, content: Any) -> GraphError:
    told = content.get("error") if isinstance(content, dict) else None
    code, subcode = (told.get(name) for name in ("code", "error_subcode")) if isinstance(told, dict) else (None, None)
    wait = answer.headers.get("Retry-After", "")
    return GraphError(
        status=answer.status_code,
        code=code if isinstance(code, int) else None,
        subcode=subcode if isinstance(subcode, int) else None,
        retry_after_s=float(wait) if wait.isdigit() else None,
    )


def delivery_of(error: GraphError) -> Delivery:
    """Return what a refusal means for the message that was to be sent."""
    state, wait_s, everyone = _meaning(error)
    return Delivery(state=state, retry_after_s=error.retry_after_s or wait_s, everyone=everyone, reason=str(error))


def _meaning(error: GraphError) -> Meaning:
    if error.subcode in _NOBODY_THERE:
        return "gone", None, False
    if error.subcode == _WINDOW_IS_OVER:
        return "never", None, False
    meaning = _MEANINGS.get(error.code) if error.code is not None else None
    if meaning is not None:
        return meaning
    if error.code == 10 or error.code in _RIGHTS:
        return _TO_MEND
    if error.status == 429:
        return _TOO_FAST
    if error.status == 401:
        return _TO_MEND
    return _LATER if error.status is None or error.status >= 500 else ("never", None, False)


def scopes_of(graph: Graph, app_id: str, app_secret: str) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return what a token may do (right -> ids that it holds for), and when it ends in seconds since 1970, 0 for never.

    Raises:
        GraphError: Graph refused to tell, as where the app's secret is another one.
    """
    data = graph.as_app(app_id, app_secret).get("debug_token", input_token=graph.token).get("data", {})
    told = {one["scope"]: tuple(one.get("target_ids", ())) for one in data.get("granular_scopes", ())}
    return {**dict.fromkeys(data.get("scopes", ()), ()), **told}, int(data.get("expires_at") or 0)


def subscribe(
    graph: Graph, app_id: str, app_secret: str, *, what: str, url: str, verify_token: str, fields: Iterable[str]
) -> None:
    """Have Meta deliver events of a kind to our address; it asks that address first whether it is ours.

    Raises:
        GraphError: Graph refused, as where the address does not answer.
    """
    wanted = {"object": what, "callback_url": url, "verify_token": verify_token, "fields": ",".join(fields)}
    graph.as_app(app_id, app_secret).post(f"{app_id}/subscriptions", wanted)
