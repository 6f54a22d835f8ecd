"""Real processes and a real browser: the server started as a user starts it, and Debian's Chromium."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from lotse.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Server:
    """A running `lotse serve` with the demo knowledge base in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port(8123)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "serve.log"
        environment = {
            **os.environ,
            "LOTSE_DATA_DIR": str(folder),
            "LOTSE_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "LOTSE_RATE_LIMIT": "10000/minute",
            "LOTSE_CHECK_LINKS": "off",
        }
        self._out = self.log.open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lotse", "serve"], env=environment, stdout=self._out, stderr=subprocess.STDOUT
        )

    def wait(self, true: Callable[[], bool], *, seconds: float) -> float:
        """Wait until something is true and return how long it took."""
        began = time.monotonic()
        while not true():
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-3000:]
            assert time.monotonic() - began < seconds, self.log.read_text(encoding="utf-8")[-3000:]
            time.sleep(0.1)
        return time.monotonic() - began

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def rasa_is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).json().get("assistant") == "ready"
        except (httpx.HTTPError, ValueError):
            return False

    def chat(self, conversation: str, message: str, **fields: str) -> dict:  # type: ignore[type-arg]
        body = {"conversation": conversation, "message": message, **fields}
        answer = httpx.post(f"{self.url}/api/chat", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()  # type: ignore[no-any-return]

    def processes(self, word: str) -> list[psutil.Process]:
        return [p for p in psutil.Process(self.process.pid).children(recursive=True) if word in p.cmdline()]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self._out.close()


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    for name in ("models", "places.sqlite", "dialogue"):
        (folder / name).symlink_to(prepared / name)
    running = Server(folder)
    running.wait(running.answers, seconds=120)
    running.wait(running.rasa_is_ready, seconds=240)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("no Chromium; `make test` installs it or says what to install")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()
