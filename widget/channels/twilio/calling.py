"""A thin client of Twilio's REST API, and what its errors mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from widget.channels.channel import Delivery
from widget.channels.outward import outward

API_URL = "https://api.twilio.com"
MESSAGING_URL = "https://messaging.twilio.com"
_MEND_AGAIN_S = 900.0  # a person has to do something first
_REST_S = 30.0

_TOO_FAST = frozenset({14107, 20429, 63018})
_TO_MEND = frozenset({20003, 20005, 20008, 30002, 63001, 63007, 63020, 63038, 90010})
_NOBODY_THERE = frozenset({21211, 21610, 63003, 63024, 63032})


@dataclass(kw_only=True, eq=False)
class TwilioError(Exception):
    """Twilio refused a call. `code` None: no answer in its form came, `status` None: none at all."""

    status: int | None
    code: int | None = None
    retry_after_s: float | None = None

    def __str__(self) -> str:
        return f"error {self.code}" if self.code is not None else f"status {self.status}"


@dataclass(frozen=True, kw_only=True)
class Twilio:
    """Twilio as one account reaches it."""

    account: str
    auth_token: str = field(repr=False)
    api_url: str = API_URL
    messaging_url: str = MESSAGING_URL
    _client: httpx.Client = field(default_factory=outward, repr=False)

    def send(self, form: Mapping[str, str]) -> None:
        """Send a message.

        Raises:
            TwilioError: It was refused, or no answer came.
        """
        self.call("POST", f"{self.api_url}/2010-04-01/Accounts/{self.account}/Messages.json", data=dict(form))

    def call(self, method: str, url: str, **request: Any) -> dict[str, Any]:
        """Return what Twilio answers.

        Raises:
            TwilioError: As in `send`.
        """
        try:
            answer = self._client.request(method, url, auth=(self.account, self.auth_token), **request)
            content = answer.json()
        except httpx.HTTPError:
            # From None: its text holds the address, and that the account.
            raise TwilioError(status=None) from None
        except ValueError:
            content = None
        if answer.is_success and isinstance(content, dict):
            return content
        code = content.get("code") if isinstance(content, dict) else None
        wait = answer.headers.get("Retry-After", "")
        raise TwilioError(
            status=answer.status_code,
            code=code if isinstance(code, int) else None,
            retry_after_s=float(wait) if wait.isdigit() else None,
        )


def delivery_of(error: TwilioError) -> Delivery:
    """Return what a refusal means for the message that was to be sent."""
    reason, wait = str(error), error.retry_after_s
    if error.code in _NOBODY_THERE:
        return Delivery(state="gone", reason=reason)
    if error.code in _TO_MEND or error.status in {401, 403}:
        return Delivery(state="later", retry_after_s=wait or _MEND_AGAIN_S, everyone=True, reason=reason)
    if error.code in _TOO_FAST or error.status == 429:
        return Delivery(state="later", retry_after_s=wait or _REST_S, everyone=True, reason=reason)
    if error.status is None or error.status >= 500:
        return Delivery(state="later", retry_after_s=wait, reason=reason)
    return Delivery(state="never", reason=reason)
