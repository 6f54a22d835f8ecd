"""Serves /api/chat through a Telegram on loopback: `python -m benchmarks.through_telegram PORT`.

Starts `lotse serve` with a stub of Telegram, and behind PORT takes the same JSON as the real /api/chat. Each message is
delivered as an Update, what the bot sends is turned back into messages, offerings and buttons. So whatever plays
conversations against /api/chat plays them through Telegram, and the two can be compared.
"""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

from knowledge import Knowledge, open_knowledge, read_settings
from lotse.ports import free_port
from tests.telegram import SECRET, TOKEN, StubTelegram, running_telegram
from widget.channels.taking import conversation_of
from widget.secret import secret_key

ROOT = Path(__file__).resolve().parents[1]
_DETAILS = re.compile(r'/ask_details\{"offering": "([^"]+)"\}')
_PATIENCE_S = 30.0


@dataclass
class Bridge:
    """Between /api/chat and a bot."""

    stub: StubTelegram
    server: httpx.Client
    knowledge: Knowledge
    # Never one of an earlier run: what was delivered once is not answered again.
    number: Any = field(default_factory=lambda: itertools.count(int(time.time() * 1000)))
    buttons: dict[int, set[str]] = field(default_factory=dict)

    def answer(self, conversation: str, message: str) -> dict[str, Any]:
        """Deliver a message, wait until all of the answer is sent, and return it as /api/chat would."""
        user = 1 + zlib.crc32(conversation.encode())
        before = len(self.stub.texts(user))
        self._deliver(user, message)
        deadline = time.monotonic() + _PATIENCE_S
        while self._is_working() and time.monotonic() < deadline:
            time.sleep(0.02)
        sent = [one for one in self.stub.sent if int(one["chat_id"]) == user][before:]
        messages = [self._message(one) for one in sent]
        self.buttons[user] = {button["payload"] for one in messages for button in one["buttons"]}
        key = secret_key(self.knowledge.settings.data_dir, None)
        kept = self.knowledge.conversations.find(conversation_of(key, "telegram", str(user)))
        return {"conversation": conversation, "language": kept.language if kept else "de", "messages": messages}

    def _deliver(self, user: int, message: str) -> None:
        person = {"id": user, "is_bot": False, "first_name": "A"}
        said = {
            "message_id": next(self.number), "from": person, "chat": {"id": user, "type": "private"},
            "date": int(time.time()), "text": message,
        }  # fmt: skip
        update: dict[str, Any] = {"update_id": next(self.number), "message": said}
        if message in self.buttons.get(user, ()):
            pressed = {"id": str(next(self.number)), "from": person, "message": said, "data": self._data(message)}
            update = {"update_id": next(self.number), "callback_query": pressed}
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        self.server.post("/channels/telegram/webhook", json=update, headers=headers).raise_for_status()

    def _data(self, payload: str) -> str:
        return payload if len(payload.encode()) <= 64 else f"#{self.knowledge.channel_notes.keep_button(payload)}"

    def _is_working(self) -> bool:
        # In this order: what is answered becomes what is to be sent in one step.
        if self.knowledge.channel_updates.waiting().get("telegram"):
            return True
        return bool(self.knowledge.channel_messages.counts().get("telegram", {}).get("waiting"))

    def _message(self, sent: dict[str, Any]) -> dict[str, Any]:
        rows = (sent.get("reply_markup") or {}).get("inline_keyboard", [])
        pressed = [(button["text"], self._payload(button["callback_data"])) for row in rows for button in row]
        shown = [found[1] for _, payload in pressed if (found := _DETAILS.fullmatch(payload))]
        return {
            "text": unescape(re.sub(r"<[^>]+>", "", sent["text"])),
            "offerings": [self.server.get(f"/api/offerings/{id_}").json() for id_ in shown],
            "buttons": [{"title": t, "payload": p} for t, p in pressed if not _DETAILS.fullmatch(p)],
        }

    def _payload(self, data: str) -> str:
        return (self.knowledge.channel_notes.button(data[1:]) or data) if data.startswith("#") else data


def main() -> None:
    """Start the server, and play between until it is ended."""
    with running_telegram() as stub:
        port = free_port(8700)
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "LOTSE_PORT": str(port), "LOTSE_TELEGRAM_TOKEN": TOKEN,
            "LOTSE_TELEGRAM_SECRET": SECRET, "LOTSE_TELEGRAM_API_URL": stub.url, "LOTSE_RATE_LIMIT": "100000/minute",
        }  # fmt: skip
        server = subprocess.Popen([sys.executable, "-m", "lotse", "serve", "--no-demo"], env=environment, cwd=ROOT)
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
        bridge = Bridge(stub=stub, server=client, knowledge=open_knowledge(read_settings()))
        app = Flask(__name__)

        @app.post("/api/chat")
        def chat() -> Response:
            body = request.get_json()
            return jsonify(bridge.answer(str(body["conversation"]), body["message"]))

        @app.get("/<path:path>")
        def other(path: str) -> Response:
            found = client.get(f"/{path}", params=request.args.to_dict())
            return Response(found.content, found.status_code, content_type=found.headers["Content-Type"])

        try:
            make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
        finally:
            server.send_signal(signal.SIGINT)
            print(json.dumps({"messages": len(stub.sent)}))


if __name__ == "__main__":
    main()
