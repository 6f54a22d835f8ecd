"""Connecting tells step by step what was done and what is wrong; events are fetched where no webhook can be."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from knowledge import LANGUAGES, Knowledge, open_knowledge, read_settings
from lotse.__main__ import lotse
from lotse.doctor import doctor_command
from tests.telegram import SECRET, TOKEN, StubTelegram, refusal
from tests.unit.widget.channels.conftest import update
from widget.channels.channel import ChannelSettingError, Incoming
from widget.channels.opening import channel_states, open_channels
from widget.channels.telegram import Telegram, open_telegram
from widget.channels.telegram.polling import fetch

URL = "https://familie.example.org/channels/telegram/webhook"


@pytest.fixture
def environment(stub: StubTelegram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for name, value in {
        "LOTSE_DATA_DIR": str(tmp_path), "LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_SECRET": SECRET,
        "LOTSE_TELEGRAM_API_URL": stub.url, "LOTSE_PUBLIC_URL": "https://familie.example.org",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LOTSE_DATABASE_URL", raising=False)
    return monkeypatch


def run(*arguments: str) -> Any:
    return CliRunner().invoke(lotse, ["channels", *arguments])


@pytest.mark.usefixtures("environment")
def test_connecting_sets_webhook_secret_and_commands_in_all_languages(stub: StubTelegram) -> None:
    answer = run("connect", "telegram", "--test", "4711")
    assert answer.exit_code == 0, answer.output
    assert [line.strip() for line in answer.output.splitlines()] == [
        "ok  the bot is @lotse_bot, its address https://t.me/lotse_bot",
        f"ok  Telegram delivers to {URL}",
        f"ok  Telegram delivers to {URL}; 0 events wait",
        "ok  commands and description stand in 10 languages",
        "ok  the greeting is sent",
        "Done. Now write to it from your telephone: “/start” is answered within seconds while `lotse serve` runs.",
    ]
    assert (stub.webhook["url"], stub.webhook["secret_token"], stub.webhook["max_connections"]) == (URL, SECRET, 1)
    assert stub.webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    spoken = [call.params for call in stub.calls if call.method == "setMyCommands"]
    assert [one.get("language_code") for one in spoken] == [None, *LANGUAGES]
    arabic = next(one for one in spoken if one.get("language_code") == "ar")
    assert arabic["commands"][3] == {"command": "stop", "description": "حذف بياناتي"}
    assert all(len(one["description"]) <= 256 for params in spoken for one in params["commands"])
    assert stub.texts(4711)
    assert "ok  Telegram delivers to" in run().output


@pytest.mark.usefixtures("environment")
def test_what_is_wrong_is_said_and_nothing_more_tried(stub: StubTelegram, environment: pytest.MonkeyPatch) -> None:
    answer = run()
    assert answer.exit_code == 1
    assert "!!  no webhook is set; run `lotse channels connect telegram`" in answer.output
    environment.setenv("LOTSE_PUBLIC_URL", "http://familie.example.org")
    answer = run("connect", "telegram")
    assert answer.exit_code == 1
    assert "https addresses alone: set LOTSE_PUBLIC_URL" in answer.output
    environment.setenv("LOTSE_TELEGRAM_TOKEN", "1" + TOKEN)
    answer = run("connect", "telegram")
    assert answer.exit_code == 1
    assert "does not know this token" in answer.output
    assert "setWebhook" not in stub.methods()
    environment.setenv("LOTSE_TELEGRAM_API_URL", "http://127.0.0.1:1")
    answer = run("connect", "telegram")
    assert "Telegram was not reached (ConnectError)" in answer.output
    assert TOKEN not in answer.output


@pytest.mark.usefixtures("environment")
def test_a_webhook_that_fails_is_reported(stub: StubTelegram) -> None:
    stub.next_answers("setWebhook", refusal(400, "Bad Request: bad webhook: Failed to resolve host"))
    answer = run("connect", "telegram")
    assert "!!  setting the webhook failed: 400 Bad Request: bad webhook: Failed to resolve host" in answer.output
    info = {"url": URL, "pending_update_count": 3, "last_error_date": 4_000_000_000, "last_error_message": "SSL error"}
    stub.next_answers("getWebhookInfo", (200, {"ok": True, "result": info}))
    answer = run()
    assert "!!  Telegram could not deliver within the last hour (SSL error); 3 events wait" in answer.output


def test_off_is_no_fault(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("LOTSE_TELEGRAM_TOKEN")
    answer = run()
    assert "telegram: off (docs/channels/telegram.md)" in answer.output
    assert answer.exit_code == 0
    answer = run("connect", "telegram")
    assert answer.exit_code == 1
    assert "docs/channels/telegram.md" in str(answer.exception)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"LOTSE_TELEGRAM_TOKEN": "abc"}, "@BotFather"),
        ({"LOTSE_TELEGRAM_TOKEN": TOKEN}, "LOTSE_TELEGRAM_SECRET is missing"),
        ({"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_SECRET": "short"}, "16 to 256"),
        ({"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_SECRET": "mit Leerzeichen und mehr"}, "16 to 256"),
        ({"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_POLL": "maybe"}, "neither yes nor no"),
        (
            {"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_POLL": "yes", "LOTSE_TELEGRAM_API_URL": "x"},
            "no web address",
        ),
    ],
)
def test_a_channel_that_lacks_something_does_not_start_and_says_what(
    store_knowledge: Knowledge, settings: dict[str, str], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ChannelSettingError, match=said):
        open_telegram(settings, store_knowledge)
    assert open_channels(store_knowledge, settings) == {}
    assert said in caplog.text
    assert TOKEN not in caplog.text
    (state,) = [one for one in channel_states(store_knowledge, settings) if one.name == "telegram"]
    assert state.channel is None
    assert state.fault
    assert said in state.fault


def test_a_server_starts_while_its_database_is_away(stub: StubTelegram) -> None:
    away = open_knowledge(read_settings({"LOTSE_DATABASE_URL": "postgresql://anna:secret@127.0.0.1:1/lotse"}))
    assert open_telegram({"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_SECRET": SECRET}, away)


def test_doctor_tells_of_messengers(environment: pytest.MonkeyPatch) -> None:
    assert "ok  telegram: on; 0 messages wait, 0 given up lately" in CliRunner().invoke(doctor_command).output
    environment.delenv("LOTSE_TELEGRAM_SECRET")
    assert "!!  telegram: LOTSE_TELEGRAM_SECRET is missing" in CliRunner().invoke(doctor_command).output


class TestFetching:
    """Without a public address."""

    @pytest.fixture
    def polled(self, stub: StubTelegram, store_knowledge: Knowledge) -> Telegram:
        settings = {"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_POLL": "yes", "LOTSE_TELEGRAM_API_URL": stub.url}
        opened = open_telegram(settings, store_knowledge)
        assert opened
        return opened

    def test_events_are_stored_before_they_are_confirmed_and_a_restart_takes_none_twice(
        self, polled: Telegram, stub: StubTelegram
    ) -> None:
        stub.webhook = {"url": "https://old.example.org"}
        stub.updates = [update(n, str(n)) for n in range(150)]
        taken: list[str] = []

        def take(events: Sequence[Incoming]) -> int:
            taken.extend(one.text for one in events)
            return len(events)

        (work,) = [one.work for one in polled.rounds(take)]
        assert work() is True
        assert (stub.methods()[0], len(taken), len(stub.updates)) == ("deleteWebhook", 100, 150)
        work()
        assert (taken, len(stub.updates)) == ([str(n) for n in range(150)], 50)
        again = fetch(polled.api, polled.button, take)  # killed before the rest was confirmed
        again()
        assert taken[150:] == [str(n) for n in range(100, 150)]  # the store leaves them out

    def test_what_cannot_be_read_is_confirmed_and_does_not_come_again(
        self, polled: Telegram, stub: StubTelegram
    ) -> None:
        stub.updates = [{"update_id": 5, "message": {"date": "x"}}, update(6, "gut")]
        taken: list[str] = []
        work = fetch(polled.api, polled.button, lambda events: len([taken.append(one.text) for one in events]))
        work()
        work()
        assert (taken, stub.updates) == (["gut"], [])

    def test_a_store_that_fails_leaves_events_unconfirmed(self, polled: Telegram, stub: StubTelegram) -> None:
        stub.updates = [update(1, "eins")]

        def full(_: Sequence[Incoming]) -> int:
            raise OSError("disk is full")

        work = fetch(polled.api, polled.button, full)
        for _ in range(2):
            with pytest.raises(OSError, match="full"):
                work()
        assert [call.params.get("offset") for call in stub.calls if call.method == "getUpdates"] == [None, None]

    def test_where_telegram_is_away_it_is_asked_again_later(self, polled: Telegram, stub: StubTelegram) -> None:
        stub.next_answers("getUpdates", refusal(409, "Conflict: terminated by other getUpdates request"))
        work = fetch(polled.api, polled.button, len)
        assert work() is False
        assert work() is True
        assert [one.text for one in polled.check()][1:] == ["events are fetched"]

    def test_connecting_ends_the_webhook(self, polled: Telegram, stub: StubTelegram) -> None:
        stub.webhook = {"url": "https://old.example.org"}
        assert all(finding.sound for finding in polled.connect(None))
        assert stub.webhook == {}
