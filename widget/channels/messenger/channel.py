"""The channel to Facebook Messenger."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from knowledge import Knowledge
from widget.channels.channel import (
    ChannelSettingError,
    Delivery,
    Finding,
    Incoming,
    Outgoing,
    Pace,
    Showing,
    WebhookRequest,
)
from widget.channels.composing import composed
from widget.channels.graph import GRAPH_URL, Graph, GraphError, delivery_of
from widget.channels.messenger.connecting import check, connect
from widget.channels.messenger.reading import read_events
from widget.channels.messenger.rendering import Content, contents
from widget.channels.meta import challenge, is_signed
from widget.channels.settings import APP_SECRET, api_url, at_least, needed, wanted
from widget.channels.window import is_open
from widget.rounds import Round

_PREFIX = "LOTSE_MESSENGER_"
_SHORTEST_TOKEN = 16
# How long people may answer where Meta has granted "Human Agent", less what a message may wait for its turn.
_HUMAN_AGENT = timedelta(days=6, hours=23)
_WRONG_FORM = frozenset({100, 2018065})


@dataclass(frozen=True, kw_only=True)
class Messenger:
    """One Facebook page.

    Attributes:
        verify_token: By which Meta's question whether our address is ours is known.
        human_agent: Whether Meta lets people answer for seven days.
        site: Where our own pages are.
    """

    knowledge: Knowledge
    graph: Graph
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    human_agent: bool = False
    site: str | None = None

    name = "messenger"
    title = "Messenger"
    begins_with_start = False
    pace = Pace(per_second=40.0, per_second_and_user=2.0)
    receipt = ("EVENT_RECEIVED", "text/plain; charset=utf-8")

    def is_authentic(self, request: WebhookRequest) -> bool:
        """Return whether Meta signed the body."""
        return is_signed(request.body, request.headers.get("x-hub-signature-256"), self.app_secret)

    def handshake(self, request: WebhookRequest) -> str | None:
        """Return Meta's number where it knows our word."""
        return challenge(request.query, self.verify_token)

    def read(self, body: bytes) -> list[Incoming]:
        """Return what users did."""
        return read_events(body)

    def render(self, showing: Showing) -> list[Outgoing]:
        """Return a reply as messages; none where people write after the time that Meta gives them."""
        reply = showing.reply
        told: dict[str, str] = {"messaging_type": "RESPONSE"}
        if showing.answering is None and not is_open(self.knowledge, reply.conversation):
            if not self.human_agent or not is_open(self.knowledge, reply.conversation, within=_HUMAN_AGENT):
                return []
            told = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        return [Outgoing(content={**told, **one}) for one in self._contents(showing)]

    def _contents(self, showing: Showing) -> list[Content]:
        """Return the messages, each with the plain one that stands in for it."""
        reply = showing.reply
        cards = [card for message in reply.messages for card in message["offerings"]]
        words = [{**message, "offerings": []} for message in reply.messages]
        whole, before = (composed(said, reply.language, bold=str, site=self.site) for said in (reply.messages, words))
        return contents(whole, cards, reply.language, before_cards=before.blocks)

    def send(self, address: str, content: Mapping[str, Any]) -> Delivery:
        """Send one message; where Messenger does not take its form, the same as plain text."""
        told = {name: value for name, value in content.items() if name != "plain"}
        try:
            self.graph.post("me/messages", {"recipient": {"id": address}, **told})
        except GraphError as error:
            plain = content.get("plain")
            if error.code in _WRONG_FORM and delivery_of(error).state == "never" and plain:
                return self.send(address, {**told, "message": plain})
            return delivery_of(error)
        return Delivery(state="sent")

    def acknowledge(self, incoming: Incoming) -> None:
        """Do nothing: the dots come soon enough."""

    def show_typing(self, incoming: Incoming) -> None:
        """Show the dots of who writes."""
        with suppress(GraphError):
            self.graph.post("me/messages", {"recipient": {"id": incoming.user}, "sender_action": "typing_on"})

    def check(self) -> list[Finding]:
        """Ask Meta for token, page and app."""
        return check(self.graph, app_secret=self.app_secret, human_agent=self.human_agent)

    def connect(self, public_url: str | None) -> Iterator[Finding]:
        """Have Meta deliver to our address, and give the page its greeting and menu."""
        return connect(self.graph, public_url, app_secret=self.app_secret, verify_token=self.verify_token)

    def rounds(self, take: Callable[[Sequence[Incoming]], int]) -> list[Round]:  # noqa: ARG002  # Meta comes to us
        """Return no work of its own."""
        return []


def open_messenger(env: Mapping[str, str], knowledge: Knowledge) -> Messenger | None:
    """Return the channel where its settings want it.

    Raises:
        ChannelSettingError: A setting is missing or has another form.
    """
    if not wanted(env, _PREFIX):
        return None
    human_agent = env.get(f"{_PREFIX}HUMAN_AGENT") or "no"
    if human_agent not in {"yes", "no"}:
        raise ChannelSettingError(f"{_PREFIX}HUMAN_AGENT is neither yes nor no; set one of them, or leave it out")
    return Messenger(
        knowledge=knowledge,
        graph=Graph(needed(env, f"{_PREFIX}PAGE_TOKEN", "messenger"), api_url(env, "LOTSE_META_API_URL", GRAPH_URL)),
        app_secret=needed(env, f"{_PREFIX}APP_SECRET", "messenger", form=APP_SECRET),
        verify_token=at_least(env, f"{_PREFIX}VERIFY_TOKEN", _SHORTEST_TOKEN, "messenger"),
        human_agent=human_agent == "yes",
        site=env.get("LOTSE_PUBLIC_URL", "").rstrip("/") or None,
    )
