"""Calls of Telegram's Bot API, and what its answers mean for sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from widget.channels.channel import Delivery
from widget.channels.outward import outward

_TIMEOUT_S = 10.0
_LONGEST_RETRY_S = 3600.0
# What the answer to a message that can never arrive begins with.
_GONE = ("bad request: chat not found", "bad request: user is deactivated", "bad request: peer_id_invalid")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the Bot API answered.

    Attributes:
        status: As the API gives it; 0 where nobody answered, or something else than the API.
        description: The API's words; never a user's.
    """

    status: int
    result: Any = None
    description: str = ""
    retry_after_s: float | None = None

    @property
    def ok(self) -> bool:
        return self.status == httpx.codes.OK


class BotApi:
    """The Bot API of one bot; no call raises for what the network or the platform does."""

    def __init__(self, url: str, token: str) -> None:
        self._base, self._http = f"{url}/bot{token}", outward()

    def call(self, method: str, params: Mapping[str, Any] | None = None, *, timeout_s: float = _TIMEOUT_S) -> Answer:
        """Make one call and return its answer."""
        try:
            response = self._http.post(f"{self._base}/{method}", json=dict(params or {}), timeout=timeout_s)
            body = response.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            # Never the error's text: it can quote the address, and the token with it.
            return Answer(status=0, description=type(error).__name__)
        if not isinstance(body, dict):
            return Answer(status=0, description="an answer that is not the Bot API's")
        if body.get("ok") is True:
            return Answer(status=httpx.codes.OK, result=body.get("result"))
        parameters = body.get("parameters")
        retry = parameters.get("retry_after") if isinstance(parameters, dict) else None
        return Answer(
            status=response.status_code if response.status_code != httpx.codes.OK else 0,
            description=str(body.get("description") or "")[:200],
            retry_after_s=min(float(retry), _LONGEST_RETRY_S) if isinstance(retry, int) and retry > 0 else None,
        )


def delivery_of(answer: Answer) -> Delivery:
    """Return what an answer to sendMessage means for the message."""
    if answer.ok:
        return Delivery(state="sent")
    reason = f"{answer.status} {answer.description}".strip()
    if answer.status == httpx.codes.TOO_MANY_REQUESTS:
        return Delivery(state="later", retry_after_s=answer.retry_after_s, everyone=True, reason=reason)
    if answer.status == httpx.codes.FORBIDDEN or answer.description.lower().startswith(_GONE):
        return Delivery(state="gone", reason=reason)
    # A wrong token is mended by a person, and the messages may still be sent then.
    mendable = {0, httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND, httpx.codes.CONFLICT}
    if answer.status in mendable or answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Delivery(state="later", retry_after_s=answer.retry_after_s, reason=reason)
    return Delivery(state="never", reason=reason)
