"""Telegram as a channel: what its settings are, who may deliver, and how its parts fit together."""

import hmac
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from widget.channels.telegram.api import BotApi, delivery_of
from widget.channels.telegram.connecting import check, connect
from widget.channels.telegram.polling import fetch
from widget.channels.telegram.reading import read_body
from widget.channels.telegram.rendering import Rendering
from widget.rounds import Round

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_HEADER = "x-telegram-bot-api-secret-token"
_API_URL = "https://api.telegram.org"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True)
class Telegram:
    """One bot.

    Attributes:
        secret: What Telegram sends along with each delivery; None where events are fetched, so that none may be delivered.
        button: Returns the payload of a long button's key.
    """

    api: BotApi
    rendering: Rendering
    button: Callable[[str], str | None]
    secret: str | None = field(default=None, repr=False)
    polls: bool = False

    name = "telegram"
    title = "Telegram"
    begins_with_start = True
    pace = Pace(per_second=30, per_second_and_user=1)
    receipt = ("", "text/plain")

    def is_authentic(self, request: WebhookRequest) -> bool:
        """Return whether the secret that only Telegram was told came along."""
        given = request.headers.get(_HEADER, "")
        return self.secret is not None and hmac.compare_digest(given.encode(), self.secret.encode())

    def handshake(self, request: WebhookRequest) -> str | None:  # noqa: ARG002  # of the seam
        """Telegram asks nothing."""
        return None

    def read(self, body: bytes) -> list[Incoming]:
        """Return what an Update says; see `Channel`."""
        return read_body(body, self.button)

    def render(self, showing: Showing) -> list[Outgoing]:
        """Return the messages that show a reply."""
        return self.rendering.calls(showing)

    def send(self, address: str, content: Mapping[str, Any]) -> Delivery:
        """Send a message; one whose form is refused is sent again as plain text."""
        params = {**content["params"], "chat_id": address}
        answer = self.api.call(content["method"], params)
        if answer.status == 400 and "parse_mode" in params and delivery_of(answer).state != "gone":
            plain = {name: value for name, value in params.items() if name not in {"parse_mode", "reply_markup"}}
            answer = self.api.call(content["method"], {**plain, "text": without_tags(params["text"])})
        return delivery_of(answer)

    def acknowledge(self, incoming: Incoming) -> None:
        """Let the pressed button rest."""
        self.api.call("answerCallbackQuery", {"callback_query_id": incoming.handle}, timeout_s=3.0)

    def show_typing(self, incoming: Incoming) -> None:
        """Show "is typing"."""
        self.api.call("sendChatAction", {"chat_id": incoming.user, "action": "typing"}, timeout_s=3.0)

    def check(self) -> list[Finding]:
        """Ask Telegram how it sees the bot."""
        return check(self.api, polls=self.polls)

    def connect(self, public_url: str | None) -> Iterator[Finding]:
        """Tell Telegram where to deliver, and the bot's commands in all languages."""
        return connect(self.api, public_url=public_url, secret=self.secret, polls=self.polls)

    def rounds(self, take: Callable[[Sequence[Incoming]], int]) -> list[Round]:
        """Return the fetching of events, where no webhook is wanted."""
        if not self.polls:
            return []
        work = fetch(self.api, self.button, take)
        return [Round(name="telegram fetches", work=work, every_s=0.0, again_s=5.0)]


def open_telegram(env: Mapping[str, str], knowledge: Knowledge) -> Telegram | None:
    """Return the bot of an environment's settings; None where there is no token.

    Raises:
        ChannelSettingError: A setting is missing or has another form.
    """
    token, secret = env.get("LOTSE_TELEGRAM_TOKEN") or "", env.get("LOTSE_TELEGRAM_SECRET") or ""
    if not token:
        return None
    if not _TOKEN.fullmatch(token):
        raise ChannelSettingError(
            "LOTSE_TELEGRAM_TOKEN is not a bot's token; copy it from @BotFather, as 123456789:AAE… (docs/channels/telegram.md)"
        )
    polls = env.get("LOTSE_TELEGRAM_POLL") or "no"
    if polls not in {"yes", "no"}:
        raise ChannelSettingError(
            f"LOTSE_TELEGRAM_POLL={polls!r} is neither yes nor no; set one of them, or leave it out"
        )
    if secret and not _SECRET.fullmatch(secret):
        raise ChannelSettingError(
            "LOTSE_TELEGRAM_SECRET has another form than Telegram takes; give it 16 to 256 of A-Z, a-z, 0-9, _ and -"
        )
    if not secret and polls == "no":
        raise ChannelSettingError(
            "LOTSE_TELEGRAM_SECRET is missing, by which deliveries prove that Telegram sent them; give it 32 random letters, "
            "or set LOTSE_TELEGRAM_POLL=yes where the server has no public address"
        )
    url = (env.get("LOTSE_TELEGRAM_API_URL") or _API_URL).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise ChannelSettingError(
            f"LOTSE_TELEGRAM_API_URL={url!r} is no web address; write it as {_API_URL}, or leave it out"
        )
    public_url = (env.get("LOTSE_PUBLIC_URL") or "").rstrip("/") or None

    # The database is opened when a long button comes, not here: a server starts without it, and says what is missing.
    def keep_button(payload: str) -> str:
        return knowledge.channel_notes.keep_button(payload)

    def button(key: str) -> str | None:
        return knowledge.channel_notes.button(key)

    return Telegram(
        api=BotApi(url, token),
        rendering=Rendering(key_of=keep_button, public_url=public_url), button=button,
        secret=None if polls == "yes" else secret, polls=polls == "yes",
    )  # fmt: skip


def without_tags(text: str) -> str:
    """Return the plain text of our own HTML; where a link stood, its address follows its words."""
    text = re.sub(r'<a href="([^"]*)">([^<]*)</a>', r"\2: \1", text)
    return html.unescape(_TAG.sub("", text))
