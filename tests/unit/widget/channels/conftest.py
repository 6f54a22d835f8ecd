"""Telegram on loopback, a real store, and a gateway that answers every message with its own words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from knowledge import Alliance, Knowledge, open_knowledge, read_settings
from tests.telegram import SECRET, TOKEN, StubTelegram, running_telegram
from widget import create_app
from widget.channels.answering import Answering
from widget.channels.sending import Sending
from widget.channels.taking import Reception
from widget.channels.telegram import Telegram, open_telegram
from widget.conversation.given_replies import Reply
from widget.conversation.turn import Ask
from widget.settings import WebSettings

KEY = "a secret of this server, long enough"
USER = 4711


@dataclass
class EchoGateway:
    """Answers "Antwort auf …"; remembers what it was asked."""

    knowledge: Knowledge
    asked: list[Ask] = field(default_factory=list)

    def answer(self, ask: Ask) -> Reply:
        self.asked.append(ask)
        message = {"text": f"Antwort auf {ask.message}", "offerings": [], "buttons": []}
        return Reply(conversation=ask.conversation, language="de", messages=[message], by="search")


def update(number: int, text: str | None = None, *, user: int = USER, **message: Any) -> dict[str, Any]:
    """Return an Update as Telegram delivers one for a message in a private chat."""
    sender = {"id": user, "is_bot": False, "first_name": "Maryam", "language_code": "de"}
    chat = {"id": user, "first_name": "Maryam", "type": "private"}
    said = {} if text is None else {"text": text}
    whole = {"message_id": number, "from": sender, "chat": chat, "date": 4_000_000_000, **said, **message}
    return {"update_id": number, "message": whole}


@pytest.fixture
def stub() -> Iterator[StubTelegram]:
    with running_telegram() as running:
        yield running


@pytest.fixture
def store_knowledge(tmp_path: Path) -> Knowledge:
    """A knowledge base with a real, empty store but for one alliance."""
    found = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path)}))
    found.store.put([Alliance(id="koethen", name="Bündnis Köthen", phone="03496 5550")], editor="import")
    return found


@pytest.fixture
def telegram(stub: StubTelegram, store_knowledge: Knowledge) -> Telegram:
    settings = {
        "LOTSE_TELEGRAM_TOKEN": TOKEN,
        "LOTSE_TELEGRAM_SECRET": SECRET,
        "LOTSE_TELEGRAM_API_URL": stub.url,
        "LOTSE_PUBLIC_URL": "https://familie.example.org",
    }
    opened = open_telegram(settings, store_knowledge)
    assert opened
    return opened


@pytest.fixture
def reception(store_knowledge: Knowledge, telegram: Telegram) -> Reception:
    return Reception(knowledge=store_knowledge, channels={"telegram": telegram}, key=KEY)


@pytest.fixture
def echo(store_knowledge: Knowledge) -> EchoGateway:
    return EchoGateway(store_knowledge)


@pytest.fixture
def answering(echo: EchoGateway, telegram: Telegram) -> Answering:
    return Answering(gateway=echo, channels={"telegram": telegram})  # type: ignore[arg-type]


@pytest.fixture
def sending(store_knowledge: Knowledge, telegram: Telegram) -> Sending:
    return Sending(knowledge=store_knowledge, channels={"telegram": telegram})


@pytest.fixture
def channel_app(echo: EchoGateway, reception: Reception) -> Flask:
    return create_app(echo, WebSettings(rate_limit="5 per minute"), reception)  # type: ignore[arg-type]


@pytest.fixture
def deliver(channel_app: Flask) -> Any:
    """Deliver a body to the webhook as Telegram does, or with another secret; return the status."""
    client = channel_app.test_client()

    def send(body: Any, *, secret: str | None = SECRET, path: str = "/channels/telegram/webhook") -> int:
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        how: dict[str, Any] = {"data": body} if isinstance(body, bytes) else {"json": body}
        return client.post(path, headers=headers, **how).status_code

    return send
