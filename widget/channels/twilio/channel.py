"""The channel to WhatsApp by Twilio."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge import Knowledge
from widget.channels.channel import Delivery, Finding, Incoming, Outgoing, Pace, Showing, WebhookRequest
from widget.channels.composing import composed, spoken
from widget.channels.settings import api_url, needed, wanted
from widget.channels.taking import conversation_of
from widget.channels.twilio.calling import API_URL, MESSAGING_URL, Twilio, TwilioError, delivery_of
from widget.channels.twilio.connecting import check, connect
from widget.channels.twilio.reading import choice_meant, read_failure, read_form, read_message
from widget.channels.twilio.rendering import texts
from widget.channels.twilio.signature import is_signed
from widget.channels.undelivered import note_undelivered
from widget.channels.whatsapp.rendering import bold, fits_template, one_line
from widget.channels.window import is_open
from widget.rounds import Round
from widget.secret import secret_key

_PREFIX = "LOTSE_TWILIO_"


@dataclass(frozen=True, kw_only=True)
class TwilioWhatsApp:
    """One WhatsApp sender.

    Attributes:
        number: Its telephone number, as +49….
        site: Where Twilio reaches us; it is part of what Twilio signs.
        key: The server's secret, by which conversations are named.
        template: Content SID of the approved template by which people answer after the 24 hours; None: they cannot then.
    """

    knowledge: Knowledge
    twilio: Twilio
    number: str
    site: str
    key: str = field(repr=False)
    template: str | None = None

    name = "twilio"
    title = "WhatsApp"
    begins_with_start = False
    # A sender may send 80 a second; WhatsApp takes one in six seconds for one user, or a burst of 45 ahead of it.
    pace = Pace(per_second=40.0, per_second_and_user=1.0)
    receipt = ('<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml; charset=utf-8")

    def is_authentic(self, request: WebhookRequest) -> bool:
        """Return whether Twilio signed the form for our address."""
        signature = request.headers.get("x-twilio-signature")
        is_ours = request.url.startswith(f"{self.site}/")
        return is_ours and is_signed(request.url, request.body, signature, self.twilio.auth_token)

    def handshake(self, request: WebhookRequest) -> str | None:  # noqa: ARG002  # Twilio asks nothing
        """Refuse: Twilio never asks."""
        return None

    def read(self, body: bytes) -> list[Incoming]:
        """Return what a user did; a number that stood beside a choice is that choice. What could not be delivered is counted."""
        form = read_form(body)
        failure = read_failure(form)
        if failure is not None:
            note_undelivered(self.knowledge, self.name, failure)
        incoming = read_message(form, account=self.twilio.account, number=self.number)
        if incoming is None:
            return []
        if incoming.kind == "text":
            # What a parent answers to was sent before, so that the choices are there; those of later replies are not seen yet.
            payloads = self.knowledge.channel_choices.of(conversation_of(self.key, self.name, incoming.user))
            meant = choice_meant(incoming.text, payloads)
            if meant is not None:
                incoming = replace(incoming, kind="button", text=meant)
        return [incoming]

    def render(self, showing: Showing) -> list[Outgoing]:
        """Return a reply as texts, and remember what its numbers mean; as in WhatsApp's own channel after the 24 hours."""
        reply = showing.reply
        if showing.answering is None and not is_open(self.knowledge, reply.conversation):
            text = spoken(reply)
            may = self.template is not None and fits_template(text)
            variables = json.dumps({"1": one_line(text)}, ensure_ascii=False)
            return [Outgoing(content={"ContentSid": self.template, "ContentVariables": variables})] if may else []
        shown = composed(reply.messages, reply.language, bold=bold, site=self.site)
        if showing.answering is not None:
            self.knowledge.channel_choices.keep(reply.conversation, [choice.payload for choice in shown.choices])
        return [Outgoing(content={"Body": one}) for one in texts(shown, reply.language, asks_place=showing.asks_place)]

    def send(self, address: str, content: Mapping[str, Any]) -> Delivery:
        """Send one message."""
        try:
            self.twilio.send({"From": f"whatsapp:{self.number}", "To": address, **content})
        except TwilioError as error:
            return delivery_of(error)
        return Delivery(state="sent")

    def acknowledge(self, incoming: Incoming) -> None:
        """Do nothing: Twilio has no such sign."""

    def show_typing(self, incoming: Incoming) -> None:
        """Do nothing: Twilio shows it to few accounts."""

    def check(self) -> list[Finding]:
        """Ask Twilio for account and sender."""
        return check(self.twilio, number=self.number, site=self.site, template=self.template)

    def connect(self, public_url: str | None) -> Iterator[Finding]:  # noqa: ARG002  # the channel has it, or is off
        """Have Twilio deliver to our address."""
        return connect(self.twilio, number=self.number, site=self.site)

    def rounds(self, take: Callable[[Sequence[Incoming]], int]) -> list[Round]:  # noqa: ARG002  # Twilio comes to us
        """Return no work of its own."""
        return []


def open_twilio(env: Mapping[str, str], knowledge: Knowledge) -> TwilioWhatsApp | None:
    """Return the channel where its settings want it.

    Raises:
        ChannelSettingError: A setting is missing or has another form.
    """
    if not wanted(env, _PREFIX):
        return None
    account = needed(env, f"{_PREFIX}ACCOUNT_SID", "twilio", form="AC[0-9a-f]{32}")
    auth_token = needed(env, f"{_PREFIX}AUTH_TOKEN", "twilio")
    return TwilioWhatsApp(
        knowledge=knowledge,
        twilio=Twilio(
            account=account,
            auth_token=auth_token,
            api_url=api_url(env, "LOTSE_TWILIO_API_URL", API_URL),
            messaging_url=api_url(env, "LOTSE_TWILIO_API_URL", MESSAGING_URL),
        ),
        number=needed(env, f"{_PREFIX}FROM", "twilio", form=r"\+[1-9]\d{5,14}"),
        site=needed(env, "LOTSE_PUBLIC_URL", "twilio").rstrip("/"),
        key=secret_key(knowledge.settings.data_dir, env.get("LOTSE_SECRET_KEY") or None),
        template=env.get(f"{_PREFIX}TEMPLATE") or None,
    )
