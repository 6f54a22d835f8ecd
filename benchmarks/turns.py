"""Chat turns against real processes: one with cards through the gateway, beside one in which bare Rasa only utters."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx
import psutil

from knowledge.settings import ROOT, read_settings
from lotse.ports import free_port

_TURNS = 60


def measure() -> dict[str, float]:
    """Return p50 milliseconds of both turns, their ratio, resident MB of all processes, and idle CPU in percent."""
    base = read_settings()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("models", "places.sqlite", "dialogue"):
            (Path(folder) / name).symlink_to(base.data_dir / name)
        port = free_port(8010)
        environment = {**os.environ, "LOTSE_DATA_DIR": folder, "LOTSE_PORT": str(port), "PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(
            [sys.executable, "-m", "lotse", "serve"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return _measured(f"http://127.0.0.1:{port}", psutil.Process(server.pid))
        finally:
            server.terminate()
            server.wait(30)


def _measured(gateway: str, server: psutil.Process) -> dict[str, float]:
    rasa = _when_ready(gateway, server)
    with httpx.Client(timeout=30) as client:
        cards = _times(lambda: _turn_with_cards(client, gateway))
        bare = _times(lambda: _bare_turn(client, rasa))
    processes = [server, *server.children(recursive=True)]
    for process in processes:
        process.cpu_percent()
    time.sleep(5)
    return {
        "turn_with_cards_p50_ms": statistics.median(cards),
        "bare_rasa_p50_ms": statistics.median(bare),
        "ratio": statistics.median(cards) / statistics.median(bare),
        "resident_mb": sum(process.memory_info().rss for process in processes) / 2**20,
        "idle_cpu_percent": sum(process.cpu_percent() for process in processes),
    }


def _when_ready(gateway: str, server: psutil.Process) -> str:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{gateway}/readyz", timeout=5).json().get("assistant") == "ready":
                return _rasa_address(server)
        except (httpx.HTTPError, ValueError):
            pass  # not up yet
        time.sleep(1)
    raise RuntimeError("the assistant was not ready within five minutes")


def _rasa_address(server: psutil.Process) -> str:
    for process in server.children(recursive=True):
        words = process.cmdline()
        if "rasa" in words and "--port" in words:
            return f"http://127.0.0.1:{words[words.index('--port') + 1]}"
    raise RuntimeError("no Rasa among the processes")


def _turn_with_cards(client: httpx.Client, gateway: str) -> None:
    answer = client.post(
        f"{gateway}/api/chat", json={"conversation": str(uuid.uuid4()), "message": "Kita in Köthen"}
    ).json()
    assert any(message.get("offerings") for message in answer["messages"]), answer


def _bare_turn(client: httpx.Client, rasa: str) -> None:
    message = {"sender": str(uuid.uuid4()), "message": "hallo", "metadata": {"language": "de"}}
    assert client.post(f"{rasa}/webhooks/rest/webhook", json=message).json()


def _times(turn) -> list[float]:  # type: ignore[no-untyped-def]
    for _ in range(5):
        turn()
    times = []
    for _ in range(_TURNS):
        began = time.perf_counter()
        turn()
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(1.05)  # below the gateway's rate limit
    return times
