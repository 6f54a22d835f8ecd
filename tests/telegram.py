"""A Telegram on loopback, written from the Bot API's documentation: it keeps what bots send, and fails as it is told to."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
SECRET = "ein_Geheimnis-mit-32-Buchstaben_x"

Answer = tuple[int, dict[str, Any]]


def refusal(status: int, description: str, **parameters: Any) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return status, {**body, **({"parameters": parameters} if parameters else {})}


@dataclass
class Call:
    """One call that a bot made, and when (seconds of a steady clock)."""

    method: str
    params: dict[str, Any]
    at: float


@dataclass
class StubTelegram:
    """Answers a bot.

    Attributes:
        calls: Every call, in order, refused ones too.
        sent: The parameters of each message that was taken.
        answers: What the next calls of a method get instead of success, in order.
        blocked: Chats whose user has blocked the bot.
        updates: What getUpdates gives, until it is confirmed.
        slow_s: How long each sendMessage takes.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, deque[Answer]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    updates: list[dict[str, Any]] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    slow_s: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def next_answers(self, method: str, *answers: Answer) -> None:
        self.answers.setdefault(method, deque()).extend(answers)

    def texts(self, chat: int | None = None) -> list[str]:
        return [one["text"] for one in self.sent if chat is None or int(one["chat_id"]) == chat]

    def methods(self) -> list[str]:
        return [call.method for call in self.calls]

    def answer(self, token: str, method: str, params: dict[str, Any]) -> Answer:
        with self._guard:
            self.calls.append(Call(method, params, time.monotonic()))
            told = self.answers.get(method)
            if told:
                return told.popleft()
        if token != TOKEN:
            return refusal(401, "Unauthorized")
        do = getattr(self, f"_{method}", None)
        return do(params) if do else (200, {"ok": True, "result": True})

    def _getMe(self, _: dict[str, Any]) -> Answer:  # noqa: N802
        bot = {"id": 123456789, "is_bot": True, "first_name": "Lotse", "username": "lotse_bot"}
        return 200, {"ok": True, "result": bot}

    def _setWebhook(self, params: dict[str, Any]) -> Answer:  # noqa: N802
        if params["url"] and not params["url"].startswith("https://"):
            return refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = params
        return 200, {"ok": True, "result": True, "description": "Webhook was set"}

    def _deleteWebhook(self, _: dict[str, Any]) -> Answer:  # noqa: N802
        self.webhook = {}
        return 200, {"ok": True, "result": True}

    def _getWebhookInfo(self, _: dict[str, Any]) -> Answer:  # noqa: N802
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}
        return 200, {"ok": True, "result": info}

    def _getUpdates(self, params: dict[str, Any]) -> Answer:  # noqa: N802
        if self.webhook:
            return refusal(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        with self._guard:
            self.updates = [one for one in self.updates if one["update_id"] >= params.get("offset", 0)]
            return 200, {"ok": True, "result": self.updates[: params.get("limit", 100)]}

    def _sendMessage(self, params: dict[str, Any]) -> Answer:  # noqa: N802
        time.sleep(self.slow_s)
        refused = _refused(params)
        if refused:
            return refusal(400, f"Bad Request: {refused}")
        if int(params["chat_id"]) in self.blocked:
            return refusal(403, "Forbidden: bot was blocked by the user")
        with self._guard:
            self.sent.append(params)
            return 200, {"ok": True, "result": {"message_id": len(self.sent), "chat": {"id": params["chat_id"]}}}


class _Tags(HTMLParser):
    """Telegram takes few tags, each closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)
        if tag not in {"b", "i", "a", "u", "s", "code", "pre"}:
            self.fault = f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0'

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.fault = "can't parse entities: Unmatched end tag"


def _refused(params: dict[str, Any]) -> str:
    text = params.get("text") or ""
    if not text.strip():
        return "message text is empty"
    if len(text.encode("utf-16-le")) // 2 > 4096:
        return "message is too long"
    if params.get("parse_mode") == "HTML":
        tags = _Tags()
        tags.feed(text)
        tags.close()
        if tags.fault or tags.open:
            return tags.fault or "can't parse entities: Can't find end tag"
    for row in (params.get("reply_markup") or {}).get("inline_keyboard", []):
        for button in row:
            if not 1 <= len(button["callback_data"].encode()) <= 64 or not button["text"]:
                return "BUTTON_DATA_INVALID"
    return ""


@contextmanager
def running_telegram() -> Iterator[StubTelegram]:
    stub = StubTelegram()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = (
            65_536  # head and body in one packet; in two, each answer would wait for the client's acknowledgement
        )

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token, _, method = self.path.removeprefix("/bot").partition("/")
            status, answer = stub.answer(token, method, json.loads(body or b"{}"))
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None: ...  # a bot that was killed hangs up

    server = Server(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
