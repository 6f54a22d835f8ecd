"""A platform on loopback: it keeps what it was asked, and answers as told, late where told so."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request to a platform; `content` is its JSON or its form."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content: Any


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a platform answers; `after_s` lets it be slow."""

    content: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after_s: float = 0.0


@dataclass
class Loopback:
    """The platform's side: `rule` answers what the platform's documentation says, `next_answers` come before it."""

    url: str
    rule: Callable[[Asked], Answer]
    asked: list[Asked] = field(default_factory=list)
    next_answers: deque[Answer] = field(default_factory=deque)

    def afresh(self) -> "Loopback":
        """Forget what was asked and told before."""
        self.asked.clear()
        self.next_answers.clear()
        return self

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.next_answers.popleft() if self.next_answers else self.rule(asked)

    def contents(self, ending: str) -> list[Any]:
        """Return what was posted to addresses that end so, in order."""
        return [one.content for one in self.asked if one.method == "POST" and one.path.endswith(ending)]


@contextmanager
def platform(rule: Callable[[Asked], Answer]) -> Iterator[Loopback]:
    """Serve a platform on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            is_json = "json" in (self.headers.get("Content-Type") or "")
            answer = loopback.answer(
                Asked(
                    method=self.command,
                    path=parts.path,
                    query=dict(parse_qsl(parts.query)),
                    headers={name.lower(): value for name, value in self.headers.items()},
                    content=json.loads(raw)
                    if is_json and raw
                    else dict(parse_qsl(raw.decode(), keep_blank_values=True)),
                )
            )
            time.sleep(answer.after_s)
            body = answer.content if isinstance(answer.content, bytes) else json.dumps(answer.content).encode()
            try:
                self.send_response(answer.status)
                for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # who asked waits no longer

        do_GET = do_POST = do_DELETE = _handle  # noqa: N815  # the names that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    loopback = Loopback(url=f"http://127.0.0.1:{server.server_address[1]}", rule=rule)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield loopback
    finally:
        server.shutdown()
        server.server_close()
