"""A server as a user starts it, with the demo knowledge base in a data folder of its own, for measuring against."""

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
            "PYTHONPATH": str(ROOT),
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "lotse", "serve"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(30)


def _wait_until_ready(gateway: str) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{gateway}/readyz", timeout=5).json().get("assistant") == "ready":
                return
        except (httpx.HTTPError, ValueError):
            pass  # not up yet
        time.sleep(1)
    raise RuntimeError("the assistant was not ready within five minutes")
