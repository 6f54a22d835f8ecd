"""What is measured against: a server as a user starts it, with the demo knowledge base, and Rasa as it comes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from knowledge.settings import ROOT, read_settings
from lotse.dialogue import RASA_ENVIRONMENT, RASA_PYTHON, dialogue_model
from lotse.ports import free_port


@contextmanager
def running_server() -> Iterator[tuple[str, psutil.Process]]:
    """Yield the gateway's address and the process above all others, once Rasa is ready.

    Raises:
        RuntimeError: It was not ready within five minutes.
    """
    base = read_settings()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("models", "places.sqlite", "dialogue"):
            (Path(folder) / name).symlink_to(base.data_dir / name)
        port = free_port(8010)
        environment = {
            **os.environ,
            "LOTSE_DATA_DIR": folder,
            "LOTSE_PORT": str(port),
            "LOTSE_RATE_LIMIT": "1000000/minute",
            "LOTSE_CHECK_LINKS": "off",
            "PYTHONPATH": str(ROOT),
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "lotse", "serve"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz", "assistant", "ready")
            yield f"http://127.0.0.1:{port}", psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def running_bare_rasa() -> Iterator[str]:
    """Yield the address of a Rasa with the dialogue model and its own SQL tracker store, without gateway or actions.

    Raises:
        RuntimeError: It was not ready within five minutes.
    """
    with tempfile.TemporaryDirectory() as folder:
        endpoints, port = Path(folder) / "endpoints.yml", free_port(5105)
        store = f"{{type: SQL, dialect: sqlite, db: {folder}/conversations.sqlite}}"
        endpoints.write_text(f"tracker_store: {store}\n", encoding="utf-8")
        command = [
            str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(dialogue_model(read_settings())), "--endpoints", str(endpoints),
            "--credentials", str(ROOT / "bot" / "credentials.yml"), "--interface", "127.0.0.1", "--port", str(port), "--enable-api",
        ]  # fmt: skip
        environment = {**os.environ, **RASA_ENVIRONMENT, "LOG_LEVEL": "WARNING"}
        rasa = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/status", "model_file")
            yield f"http://127.0.0.1:{port}"
        finally:
            rasa.terminate()
            rasa.wait(30)


def _wait_for(address: str, part: str, value: str | None = None) -> None:
    """Wait until the JSON at an address has a part, with this value if one is given."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(address, timeout=5).json()
            if part in answer and value in {None, answer[part]}:
                return
        except (httpx.HTTPError, ValueError):
            pass  # not up yet
        time.sleep(1)
    raise RuntimeError(f"{address} was not ready within five minutes")
