"""The channel to WhatsApp's Cloud API."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from knowledge import Knowledge
from widget.channels.channel import Delivery, Finding, Incoming, Outgoing, Pace, Showing, WebhookRequest
from widget.channels.composing import composed, spoken
from widget.channels.graph import GRAPH_URL, Graph, GraphError, delivery_of
from widget.channels.meta import challenge, is_signed
from widget.channels.settings import APP_SECRET, api_url, at_least, needed, wanted
from widget.channels.undelivered import note_undelivered
from widget.channels.whatsapp.connecting import check, connect
from widget.channels.whatsapp.reading import read_failures, read_messages
from widget.channels.whatsapp.rendering import bold, contents, fits_template, template_content, text_content
from widget.channels.window import is_open
from widget.rounds import Round

_PREFIX = "LOTSE_WHATSAPP_"
_SHORTEST_TOKEN = 16
_PRODUCT = {"messaging_product": "whatsapp"}
_WRONG_FORM = frozenset({100, 131008, 131009, 131051})


@dataclass(frozen=True, kw_only=True)
class WhatsApp:
    """One telephone number.

    Attributes:
        phone_id: Meta's id of it.
        verify_token: By which Meta's question whether our address is ours is known.
        template: Name of the approved template by which people answer after the 24 hours; None: they cannot then.
        site: Where our own pages are.
    """

    knowledge: Knowledge
    graph: Graph
    phone_id: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    template: str | None = None
    site: str | None = None

    name = "whatsapp"
    title = "WhatsApp"
    begins_with_start = False
    # 80 a second are allowed; to one user one in six seconds, or a burst of 45 ahead of it.
    pace = Pace(per_second=40.0, per_second_and_user=1.0)
    receipt = ("", "text/plain; charset=utf-8")

    def is_authentic(self, request: WebhookRequest) -> bool:
        """Return whether Meta signed the body."""
        return is_signed(request.body, request.headers.get("x-hub-signature-256"), self.app_secret)

    def handshake(self, request: WebhookRequest) -> str | None:
        """Return Meta's number where it knows our word."""
        return challenge(request.query, self.verify_token)

    def read(self, body: bytes) -> list[Incoming]:
        """Return what users of our number did; what could not be delivered is counted."""
        for code in read_failures(body, phone_id=self.phone_id):
            note_undelivered(self.knowledge, self.name, code)
        return read_messages(body, phone_id=self.phone_id)

    def render(self, showing: Showing) -> list[Outgoing]:
        """Return a reply as messages; none where people write after the 24 hours and no template carries it."""
        reply = showing.reply
        if showing.answering is None and not is_open(self.knowledge, reply.conversation):
            text = spoken(reply)
            may = self.template is not None and fits_template(text)
            return [Outgoing(content=template_content(self.template, text))] if self.template and may else []
        shown = composed(reply.messages, reply.language, bold=bold, site=self.site)
        return [Outgoing(content=one) for one in contents(shown, reply.language, asks_place=showing.asks_place)]

    def send(self, address: str, content: Mapping[str, Any]) -> Delivery:
        """Send one message; where WhatsApp does not take its form, the same as plain text."""
        # Users without a telephone number that we may see have an id of letters and digits.
        to = {"to": address} if address.isdigit() else {"recipient": address}
        message = {name: value for name, value in content.items() if name != "plain"}
        try:
            self.graph.post(f"{self.phone_id}/messages", {**_PRODUCT, "recipient_type": "individual", **to, **message})
        except GraphError as error:
            if error.code in _WRONG_FORM and content.get("plain"):
                return self.send(address, text_content(content["plain"]))
            return delivery_of(error)
        return Delivery(state="sent")

    def acknowledge(self, incoming: Incoming) -> None:
        """Mark the message as read."""
        self._note_seen(incoming)

    def show_typing(self, incoming: Incoming) -> None:
        """Show the dots of who writes."""
        self._note_seen(incoming, typing_indicator={"type": "text"})

    def _note_seen(self, incoming: Incoming, **more: Any) -> None:
        seen = {**_PRODUCT, "status": "read", "message_id": incoming.handle}
        with suppress(GraphError):
            self.graph.post(f"{self.phone_id}/messages", {**seen, **more})

    def check(self) -> list[Finding]:
        """Ask Meta for token, number, app and account."""
        return check(self.graph, phone_id=self.phone_id, app_secret=self.app_secret, template=self.template)

    def connect(self, public_url: str | None) -> Iterator[Finding]:
        """Have Meta deliver to our address."""
        return connect(
            self.graph, public_url, phone_id=self.phone_id, app_secret=self.app_secret, verify_token=self.verify_token
        )

    def rounds(self, take: Callable[[Sequence[Incoming]], int]) -> list[Round]:  # noqa: ARG002  # Meta comes to us
        """Return no work of its own."""
        return []


def open_whatsapp(env: Mapping[str, str], knowledge: Knowledge) -> WhatsApp | None:
    """Return the channel where its settings want it.

    Raises:
        ChannelSettingError: A setting is missing or has another form.
    """
    if not wanted(env, _PREFIX):
        return None
    return WhatsApp(
        knowledge=knowledge,
        graph=Graph(needed(env, f"{_PREFIX}TOKEN", "whatsapp"), api_url(env, "LOTSE_META_API_URL", GRAPH_URL)),
        phone_id=needed(env, f"{_PREFIX}PHONE_ID", "whatsapp", form=r"\d{5,32}"),
        app_secret=needed(env, f"{_PREFIX}APP_SECRET", "whatsapp", form=APP_SECRET),
        verify_token=at_least(env, f"{_PREFIX}VERIFY_TOKEN", _SHORTEST_TOKEN, "whatsapp"),
        template=env.get(f"{_PREFIX}TEMPLATE") or None,
        site=env.get("LOTSE_PUBLIC_URL", "").rstrip("/") or None,
    )
