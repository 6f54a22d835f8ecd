"""The three channels over a real store, with their platforms on loopback, and the public door before them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from knowledge.store import (
    ChannelChoices,
    ChannelMessages,
    ChannelNotes,
    ChannelUpdates,
    Conversations,
    open_engine,
    upgrade,
)
from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import SITE
from tests.unit.widget.channels.whatsapp_and_messenger.graph_platform import (
    APP_SECRET,
    PHONE_ID,
    TOKEN,
    VERIFY_TOKEN,
    graph,
)
from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Loopback, platform
from tests.unit.widget.channels.whatsapp_and_messenger.twilio_platform import AUTH_TOKEN, NUMBER, SID, twilio
from tests.unit.widget.conftest import FakeAssistant, check_crisis
from widget import create_app
from widget.channels.channel import Channel
from widget.channels.messenger import open_messenger
from widget.channels.taking import Reception
from widget.channels.twilio import open_twilio
from widget.channels.whatsapp import open_whatsapp
from widget.conversation.turn import Gateway
from widget.settings import WebSettings

KEY = "the server's secret, of 32 letters and more"
ENV = {
    "LOTSE_PUBLIC_URL": SITE,
    "LOTSE_SECRET_KEY": KEY,
    "LOTSE_WHATSAPP_TOKEN": TOKEN,
    "LOTSE_WHATSAPP_PHONE_ID": PHONE_ID,
    "LOTSE_WHATSAPP_APP_SECRET": APP_SECRET,
    "LOTSE_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
    "LOTSE_TWILIO_ACCOUNT_SID": SID,
    "LOTSE_TWILIO_AUTH_TOKEN": AUTH_TOKEN,
    "LOTSE_TWILIO_FROM": NUMBER,
    "LOTSE_MESSENGER_PAGE_TOKEN": TOKEN,
    "LOTSE_MESSENGER_APP_SECRET": APP_SECRET,
    "LOTSE_MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
}
OPEN = {"whatsapp": open_whatsapp, "twilio": open_twilio, "messenger": open_messenger}


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them, made once."""
    path = tmp_path_factory.mktemp("store") / "lotse.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def knowledge(knowledge: SimpleNamespace, empty_store: Path, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The small knowledge base, with what channels keep in a real database."""
    engine = open_engine(f"sqlite:///{shutil.copy(empty_store, tmp_path)}")
    for name, part in {
        "conversations": Conversations, "channel_updates": ChannelUpdates, "channel_messages": ChannelMessages,
        "channel_notes": ChannelNotes, "channel_choices": ChannelChoices,
    }.items():  # fmt: skip
        setattr(knowledge, name, part(engine))
    knowledge.settings.data_dir = tmp_path
    yield knowledge
    engine.dispose()


@pytest.fixture(scope="session")
def platforms() -> Iterator[tuple[Loopback, Loopback]]:
    """Meta and Twilio, for all tests."""
    with platform(graph) as of_meta, platform(twilio) as of_twilio:
        yield of_meta, of_twilio


@pytest.fixture
def meta(platforms: tuple[Loopback, Loopback]) -> Loopback:
    return platforms[0].afresh()


@pytest.fixture
def twilios(platforms: tuple[Loopback, Loopback]) -> Loopback:
    return platforms[1].afresh()


def reached_at(platform: Loopback) -> dict[str, str]:
    """Return the settings by which a platform on loopback is called."""
    if platform.rule is twilio:
        return {"LOTSE_TWILIO_API_URL": platform.url}
    return {"LOTSE_META_API_URL": f"{platform.url}/v23.0"}


@pytest.fixture
def channels(knowledge: SimpleNamespace, meta: Loopback, twilios: Loopback) -> dict[str, Channel]:
    env = {**ENV, **reached_at(meta), **reached_at(twilios)}
    opened = {name: open_channel(env, knowledge) for name, open_channel in OPEN.items()}
    return {name: channel for name, channel in opened.items() if channel is not None}


@pytest.fixture
def gateway(knowledge: SimpleNamespace) -> Gateway:
    return Gateway(knowledge=knowledge, assistant=FakeAssistant(), check_crisis=check_crisis)


@pytest.fixture
def reception(knowledge: SimpleNamespace, channels: dict[str, Channel]) -> Reception:
    return Reception(knowledge=knowledge, channels=channels, key=KEY)


@pytest.fixture
def client(gateway: Gateway, reception: Reception) -> FlaskClient:
    return create_app(gateway, WebSettings(public_url=SITE), reception).test_client()
