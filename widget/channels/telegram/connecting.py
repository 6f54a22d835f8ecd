"""Tells Telegram where to deliver and what the bot can do, and asks it whether all is well."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from knowledge import LANGUAGES
from widget.channels.channel import Finding
from widget.channels.telegram.api import Answer, BotApi
from widget.channels.telegram.reading import ALLOWED_UPDATES
from widget.channels.texts import say
from widget.texts import sentence

_COMMANDS = ("start", "help", "language", "stop")
# One delivery at a time keeps the order in which a parent wrote; each is acknowledged within milliseconds.
_DELIVERIES_AT_ONCE = 1
_PATH = "/channels/telegram/webhook"


def connect(api: BotApi, *, public_url: str | None, secret: str | None, polls: bool) -> Iterator[Finding]:
    """Set webhook and commands, and yield what came of each step; after one that fails no other is tried."""
    me = api.call("getMe")
    yield _bot(me)
    if not me.ok:
        return
    if polls:
        ended = api.call("deleteWebhook")
        yield _finding(ended, "events are fetched; no webhook is set (LOTSE_TELEGRAM_POLL=yes)", "ending the webhook")
        if not ended.ok:
            return
    else:
        if public_url is None or not public_url.startswith("https://"):
            yield Finding(
                text="Telegram delivers to https addresses alone: set LOTSE_PUBLIC_URL to this server, as https://familie.example.org, "
                "or LOTSE_TELEGRAM_POLL=yes where it has none",
                sound=False,
            )
            return
        url = public_url + _PATH
        params: dict[str, Any] = {
            "url": url, "secret_token": secret, "allowed_updates": list(ALLOWED_UPDATES), "max_connections": _DELIVERIES_AT_ONCE,
        }  # fmt: skip
        set_ = api.call("setWebhook", params)
        yield _finding(set_, f"Telegram delivers to {url}", "setting the webhook")
        if not set_.ok:
            return
        yield _webhook(api.call("getWebhookInfo"), url)
    yield _introduced(api)


def check(api: BotApi, *, polls: bool) -> list[Finding]:
    """Return how Telegram sees the bot and its webhook."""
    me = api.call("getMe")
    if not me.ok:
        return [_bot(me)]
    info = api.call("getWebhookInfo")
    url = info.result.get("url") if info.ok and isinstance(info.result, dict) else None
    if polls:
        fetched = Finding(text="events are fetched") if not url else _polled_in_vain(str(url))
        return [_bot(me), fetched]
    if info.ok and not url:
        return [_bot(me), Finding(text="no webhook is set; run `lotse channels connect telegram`", sound=False)]
    return [_bot(me), _webhook(info, str(url))]


def _polled_in_vain(url: str) -> Finding:
    return Finding(
        text=f"Telegram delivers to {url}, so that nothing can be fetched; restart the server, which ends that",
        sound=False,
    )


def _bot(me: Answer) -> Finding:
    if me.ok and isinstance(me.result, dict):
        return Finding(
            text=f"the bot is @{me.result.get('username', '?')}, its address https://t.me/{me.result.get('username', '?')}"
        )
    if me.status in {401, 404}:
        return Finding(
            text="Telegram does not know this token; copy LOTSE_TELEGRAM_TOKEN anew from @BotFather", sound=False
        )
    return _finding(me, "", "asking Telegram")


def _webhook(info: Answer, url: str) -> Finding:
    if not info.ok or not isinstance(info.result, dict):
        return _finding(info, "", "asking for the webhook")
    if info.result.get("url") != url or not url.endswith(_PATH):
        return Finding(text="Telegram delivers to another address; run `lotse channels connect telegram`", sound=False)
    waiting = info.result.get("pending_update_count") or 0
    failed = info.result.get("last_error_date")
    hour_ago = datetime.now(UTC).timestamp() - 3600
    if isinstance(failed, int) and failed > hour_ago and waiting:
        why = str(info.result.get("last_error_message") or "")[:200]
        return Finding(
            text=f"Telegram could not deliver within the last hour ({why}); {waiting} events wait. Can the world reach the address?",
            sound=False,
        )
    return Finding(text=f"Telegram delivers to {url}; {waiting} events wait")


def _introduced(api: BotApi) -> Finding:
    """Give the bot its commands and its description in every language; German stands for all others."""
    for language in ("", *LANGUAGES):
        spoken = language or "de"
        of = {"language_code": language} if language else {}
        commands = [{"command": name, "description": say(spoken, f"command_{name}")} for name in _COMMANDS]
        for method, params in (
            ("setMyCommands", {"commands": commands}),
            ("setMyDescription", {"description": sentence(spoken, "page_greeting")[:512]}),
            ("setMyShortDescription", {"short_description": sentence(spoken, "page_tagline")[:120]}),
        ):
            answer = api.call(method, {**params, **of})
            if not answer.ok:
                return _finding(answer, "", f"{method} in {spoken}")
    return Finding(text=f"commands and description stand in {len(LANGUAGES)} languages")


def _finding(answer: Answer, done: str, step: str) -> Finding:
    if answer.ok:
        return Finding(text=done)
    if answer.status == 0:
        return Finding(
            text=f"{step} failed: Telegram was not reached ({answer.description}); check the way to the internet",
            sound=False,
        )
    again = f"; try again in {answer.retry_after_s:.0f} s" if answer.retry_after_s else ""
    return Finding(text=f"{step} failed: {answer.status} {answer.description}{again}", sound=False)
