"""Takes what messengers deliver: refuse what they did not send, store the rest, acknowledge. Answering comes afterwards."""

import hashlib
import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import TypeAdapter

from knowledge import Knowledge
from widget.addresses import absolute
from widget.channels.bell import Bell
from widget.channels.channel import Channel, Incoming, UnreadableUpdateError, WebhookRequest
from widget.crisis import check
from widget.problems import ProblemError

webhooks = Blueprint("channels", __name__, url_prefix="/channels")
# A platform may hand over a thousand events at once.
_LARGEST_DELIVERY_BYTES = 4 * 1024 * 1024
_INCOMING = TypeAdapter(Incoming)
# So much of one user may wait to be answered or sent. Nobody writes so much by hand, and nobody reads it.
MOST_WAITING = 40
_TOLD_AGAIN_AFTER_S = 600.0
_MOST_TOLD = 10_000


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Where deliveries are stored.

    Attributes:
        channels: Those that are on, by name.
        key: The server's secret.
        bell: Rung when something is there to answer.
        clock: Seconds, as `time.monotonic`.
    """

    knowledge: Knowledge
    channels: Mapping[str, Channel]
    key: str = field(repr=False)
    bell: Bell = field(default_factory=Bell)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    _told: dict[str, float] = field(init=False, repr=False, default_factory=dict)

    def take(self, channel: str, events: Sequence[Incoming]) -> int:
        """Store events to be answered, each once, and return how many were new.

        What is older than deliveries are remembered is left out: nobody could tell whether it was answered. What one user
        sends without end is only remembered, and answered once.
        """
        oldest = datetime.now(UTC) - timedelta(days=self.knowledge.settings.retention_days)
        fresh = [one for one in events if one.sent_at is None or one.sent_at > oldest]
        rows = list(self._rows(channel, fresh))
        new = self.knowledge.channel_updates.accept(channel, rows) if rows else 0
        if new:
            self.bell.ring()
        return new

    def _rows(self, channel: str, events: Sequence[Incoming]) -> Iterator[tuple[str, str, Mapping[str, Any] | None]]:
        """Yield events as the store takes them; those that are too many without content."""
        named = [(conversation_of(self.key, channel, one.user), one) for one in events]
        waiting = self.knowledge.channel_updates.waiting_of({user for user, _ in named})
        for user, event in named:
            ahead = waiting.get(user, 0)
            one: Incoming | None = event
            if ahead >= MOST_WAITING and not (ahead < 2 * MOST_WAITING and _matters(event)):
                one = None if self._is_told(user) else replace(event, kind="too_many", text="")
            waiting[user] = ahead + (one is not None)
            yield event.update_id, user, None if one is None else as_payload(one)

    def _is_told(self, user: str) -> bool:
        """Return whether a user was told lately that it is too much; from now on the answer is yes, for a while."""
        now = self.clock()
        if len(self._told) > _MOST_TOLD:
            for one, until in list(self._told.items()):
                if until <= now:
                    self._told.pop(one, None)
        known = self._told.get(user, now)
        if known > now:
            return True
        self._told[user] = now + _TOLD_AGAIN_AFTER_S
        return False


def _matters(event: Incoming) -> bool:
    """Return whether an event is taken even behind many others: a crisis, and the wish to be forgotten."""
    if event.kind == "gone" or event.text.strip().lower().startswith("/stop"):
        return True
    return event.kind == "text" and check(event.text, event.language or "de") is not None


def conversation_of(key: str, channel: str, user: str) -> str:
    """Return the id of a user's conversation: always the same one, and nobody can tell it without the server's secret."""
    digest = hmac.digest(key.encode(), f"conversation\0{channel}\0{user}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:30]).decode()


def as_payload(incoming: Incoming) -> dict[str, Any]:
    """Return an event as the store keeps it."""
    payload: dict[str, Any] = _INCOMING.dump_python(incoming, mode="json")
    return payload


def read_payload(payload: Mapping[str, Any]) -> Incoming:
    """Return an event that was stored."""
    return _INCOMING.validate_python(payload)


@webhooks.get("/<name>/webhook")
def prove_address(name: str) -> Response:
    """Answer the question by which some platforms make sure that the address is ours."""
    _, channel = _at(name)
    answer = channel.handshake(_webhook_request())
    if answer is None:
        raise ProblemError(403, "Not proven", "this request does not prove that it comes from the platform")
    return Response(answer, content_type="text/plain; charset=utf-8")


@webhooks.post("/<name>/webhook")
def take_delivery(name: str) -> Response:
    """Store what a platform delivers, and acknowledge it; a platform that gets no acknowledgement delivers again."""
    request.max_content_length = request.max_form_memory_size = _LARGEST_DELIVERY_BYTES
    reception, channel = _at(name)
    asked = _webhook_request()
    if not channel.is_authentic(asked):
        raise ProblemError(403, "Not proven", "this request does not prove that it comes from the platform")
    try:
        events = channel.read(asked.body)
    except UnreadableUpdateError as error:
        raise ProblemError(400, "Bad delivery", "the delivery is not in the platform's form") from error
    reception.take(name, events)
    body, content_type = channel.receipt
    return Response(body, content_type=content_type)


def _at(name: str) -> tuple[Reception, Channel]:
    reception: Reception | None = current_app.extensions["channels"]
    if reception is None or name not in reception.channels:
        raise ProblemError(404, "No such channel", "this messenger is not turned on here; `lotse channels` says why")
    return reception, reception.channels[name]


def _webhook_request() -> WebhookRequest:
    path = request.full_path if request.query_string else request.path
    return WebhookRequest(
        method=request.method,
        url=absolute(path),
        headers={name.lower(): value for name, value in request.headers.items()},
        query=request.args.to_dict(),
        body=request.get_data(cache=False),
    )
