"""The seam of channels: what a messenger is to the gateway, and the values that pass between the two.

A channel knows its platform alone: who may deliver, how an event reads, how a reply looks there, how it is sent. What is said,
in which order, and that nothing is lost or said twice, is decided once for all of them (`answering`, `sending`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from knowledge import SettingError
from widget.conversation.given_replies import Reply
from widget.rounds import Round

Kind = Literal["text", "button", "location", "unreadable", "group", "gone", "too_many"]


class ChannelSettingError(SettingError):
    """A channel is wanted but cannot start; the message names the setting and the next step."""


class UnreadableUpdateError(Exception):
    """What was delivered is not in the platform's form at all."""


@dataclass(frozen=True, kw_only=True)
class WebhookRequest:
    """A request to a channel's webhook, before anything in it is believed.

    Attributes:
        url: The full address as the platform knows it: LOTSE_PUBLIC_URL with path and query.
        headers: By lower-case name.
        query: The address's query parameters.
        body: Byte for byte as it came; forms are in it, too.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One thing that a user did.

    Attributes:
        update_id: The platform's id of it, unique in the channel; by it a second delivery is known.
        user: The platform's address of the user, to which answers go (of the group, for kind "group").
        kind: "text" (words), "button" (a button's payload), "location" ("lat,lon"), "unreadable", "group" (written in a group),
            "gone" (the user blocked us), "too_many" (one event more than is answered; no platform tells that, but we).
        text: The words, the payload, the position, or what cannot be read: "voice", "picture" (and other files), "old button",
            "other". "/start", "/start <alliance>", "/help", "/language" and "/stop" are commands in each channel.
        language: The user's own language as the platform tells it (ISO 639-1), a hint.
        sent_at: When the user did it; None where the platform does not tell.
        handle: What the platform needs to know that this was seen.
    """

    update_id: str
    user: str = field(repr=False)
    kind: Kind
    text: str = field(default="", repr=False)
    language: str | None = None
    sent_at: datetime | None = None
    handle: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Showing:
    """A reply to be shown in a channel.

    Attributes:
        reply: Messages in the contract's shape. A card that names no way to its provider has the `contact` of an alliance.
        asks_place: Whether the parent is asked for the place, so that a location would help.
        answering: What it answers; None for what people write by themselves.
    """

    reply: Reply
    asks_place: bool = False
    answering: Incoming | None = None


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One call to the platform; `content` is JSON that `send` of the same channel understands."""

    content: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of sending.

    Attributes:
        state: "sent"; "later" (a fault or a limit that passes); "never" (this message cannot be sent); "gone" (the user
            cannot be reached any more, whatever is sent).
        retry_after_s: How long the platform wants to be left alone, in seconds; None: it does not tell.
        everyone: Whether that holds for all users, as a limit of the whole channel does.
        reason: For the log; never anything a user wrote.
    """

    state: Literal["sent", "later", "never", "gone"]
    retry_after_s: float | None = None
    everyone: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The most that a platform takes: messages a second in all, and to one user."""

    per_second: float
    per_second_and_user: float


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at, in plain words; `sound` False where it needs mending, and the words say how."""

    text: str
    sound: bool = True


class Channel(Protocol):
    """A messenger."""

    @property
    def name(self) -> str:
        """As in addresses and tables: "telegram"."""
        ...

    @property
    def title(self) -> str:
        """As people call it: "Telegram"."""
        ...

    @property
    def begins_with_start(self) -> bool:
        """Whether its users cannot write before they have pressed "start", so that all have been greeted."""
        ...

    @property
    def pace(self) -> Pace:
        """How fast it may be sent to."""
        ...

    @property
    def receipt(self) -> tuple[str, str]:
        """What a delivery is acknowledged with: body and content type."""
        ...

    def is_authentic(self, request: WebhookRequest) -> bool:
        """Return whether the platform itself sent a request; without a sure proof, False."""
        ...

    def handshake(self, request: WebhookRequest) -> str | None:
        """Return what to answer to the platform's GET that proves the address is ours; None: refuse it."""
        ...

    def read(self, body: bytes) -> list[Incoming]:
        """Return what users did, in order; events that need no answer are left out.

        Raises:
            UnreadableUpdateError: The body is not in the platform's form.
        """
        ...

    def render(self, showing: Showing) -> list[Outgoing]:
        """Return the calls that show a reply, in order."""
        ...

    def send(self, address: str, content: Mapping[str, Any]) -> Delivery:
        """Make one call; never raises for what the platform or the network does. `content` is an `Outgoing`'s, read from JSON."""
        ...

    def acknowledge(self, incoming: Incoming) -> None:
        """Tell the platform that an event with a `handle` was seen; whether that succeeds does not matter, but it must not raise."""
        ...

    def show_typing(self, incoming: Incoming) -> None:
        """Show the user that an answer is being looked for; whether that succeeds does not matter, but it must not raise."""
        ...

    def check(self) -> list[Finding]:
        """Ask the platform whether everything is as it should be; for `lotse channels`."""
        ...

    def connect(self, public_url: str | None) -> Iterator[Finding]:
        """Tell the platform where we are, step by step; for `lotse channels connect`."""
        ...

    def rounds(self, take: Callable[[Sequence[Incoming]], int]) -> list[Round]:
        """Return work that comes round besides answering and sending, as fetching events where no webhook is set."""
        ...
