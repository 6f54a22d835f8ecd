"""The gateway's way to Rasa: one turn within its time, and no waiting for a Rasa that is known to be away."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import httpx

from widget.conversation.rasa_reply import AssistantReply, GarbledReplyError, read_reply

State = Literal["ready", "loading", "down"]

# A parent waits two seconds at most; the gateway's own answer needs its share of them.
_TURN_S = 1.6
_CONNECT_S = 0.3
_STATUS_S = 0.3
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 5.0
_LONGEST_REPLY_BYTES = 2_000_000
_TURNS_AT_ONCE = 16


class AssistantAwayError(Exception):
    """The assistant gives no usable answer in time; the gateway answers by itself."""


@dataclass(frozen=True, kw_only=True)
class AssistantRequest:
    """One turn for the assistant."""

    conversation: str
    message: str
    metadata: Mapping[str, Any]


class Assistant(Protocol):
    """Whoever leads the dialogue."""

    def reply(self, request: AssistantRequest) -> AssistantReply:
        """Return the assistant's turn.

        Raises:
            AssistantAwayError: There is no usable answer in time.
        """
        ...

    def state(self) -> State:
        """Return whether it can answer now."""
        ...


class RasaAssistant:
    """Rasa behind its REST channel, with a circuit breaker.

    When Rasa does not answer in time it is left alone, for one second at first and up to five; then its `/status` is asked
    before a parent's message is risked again. So a dead Rasa costs a parent nothing, and one that came back is used again
    soon. After an answer that is none, only the status is asked.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        timeout = httpx.Timeout(_TURN_S, connect=_CONNECT_S)
        # Rasa stands on this machine: a proxy of the environment would only be in the way.
        self._http = httpx.Client(base_url=url, timeout=timeout, transport=transport, trust_env=False)
        self._token = token
        self._clock = clock
        self._workers = ThreadPoolExecutor(_TURNS_AT_ONCE, thread_name_prefix="rasa")
        self._guard = threading.Lock()
        self._pause_s = 0.0
        self._resting_until = 0.0
        self._was_ready = False

    def reply(self, request: AssistantRequest) -> AssistantReply:
        """Return Rasa's turn; see `Assistant`."""
        deadline = self._clock() + _TURN_S
        self._ask_for_entry()
        turn = self._workers.submit(self._turn, request, deadline)
        try:
            reply = turn.result(timeout=deadline - self._clock())
        except (GarbledReplyError, ValueError, RecursionError) as error:
            # It is there, but without its model every turn comes to nothing; the next turn asks first.
            self._doubted()
            raise AssistantAwayError(type(error).__name__) from error
        except (httpx.HTTPError, TimeoutError) as error:
            turn.cancel()
            self._failed()
            raise AssistantAwayError(type(error).__name__) from error
        self._succeeded()
        return reply

    def state(self) -> State:
        """Ask Rasa's `/status`; before it was ever ready, a Rasa that does not listen yet counts as loading."""
        try:
            status = self._http.get("/status", params=self._credentials(), timeout=_STATUS_S).status_code
        except httpx.HTTPError:
            return "down" if self._was_ready else "loading"
        if status == httpx.codes.CONFLICT:  # "No agent loaded"
            return "loading"
        # Without the right token Rasa does not tell more than that it is there; its next turn will.
        if status in {httpx.codes.OK, httpx.codes.UNAUTHORIZED}:
            self._was_ready = True
            return "ready"
        return "down"

    def _ask_for_entry(self) -> None:
        with self._guard:
            if self._pause_s == 0.0:
                return
            if self._clock() < self._resting_until:
                raise AssistantAwayError("resting")
            # Whoever comes first asks; the others are answered by the gateway meanwhile.
            self._resting_until = self._clock() + self._pause_s
        if self.state() != "ready":
            self._failed()
            raise AssistantAwayError("not ready")

    def _failed(self) -> None:
        with self._guard:
            self._pause_s = min(max(self._pause_s * 2, _FIRST_PAUSE_S), _LONGEST_PAUSE_S)
            self._resting_until = self._clock() + self._pause_s

    def _doubted(self) -> None:
        with self._guard:
            self._pause_s = max(self._pause_s, _FIRST_PAUSE_S)
            self._resting_until = self._clock()

    def _succeeded(self) -> None:
        with self._guard:
            self._pause_s = 0.0
            self._was_ready = True

    def _turn(self, request: AssistantRequest, deadline: float) -> AssistantReply:
        body = {"sender": request.conversation, "message": request.message, "metadata": request.metadata}
        content = bytearray()
        with self._http.stream("POST", "/webhooks/rest/webhook", json=body) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                content += chunk
                # A reply that drips or never ends must not hold its thread.
                if self._clock() > deadline or len(content) > _LONGEST_REPLY_BYTES:
                    raise GarbledReplyError("too slow or too long")
        return read_reply(json.loads(content))

    def _credentials(self) -> dict[str, str]:
        return {"token": self._token} if self._token else {}
