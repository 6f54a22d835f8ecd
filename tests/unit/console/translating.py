"""A server that translates, as LibreTranslate and DeepL answer; it notes what it was asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any], dict[str, str]], tuple[int, Any]]


@dataclass
class TranslationServer:
    """Where it listens, what it was asked, and how it answers; by default by writing the language before each text."""

    url: str = ""
    asked: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    fails: tuple[int, Any] | None = None
    pause_s: float = 0.0

    def answer(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, Any]:
        self.asked.append((path, body, headers))
        time.sleep(self.pause_s)
        if self.fails is not None:
            return self.fails
        if path.endswith("/v2/translate"):
            return 200, {"translations": [{"text": f"[{body['target_lang']}] {text}"} for text in body["text"]]}
        return 200, {"translatedText": [f"[{body['target']}] {text}" for text in body["q"]]}


@contextmanager
def running_server() -> Iterator[TranslationServer]:
    """Run a server on loopback."""
    state = TranslationServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's name
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = state.answer(self.path, body, dict(self.headers))
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                if status == 302:
                    self.send_header("Location", f"{state.url}/elsewhere")
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # whoever asked waits no longer

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
