"""Chat turns against real processes: one with cards through the gateway, beside one in which bare Rasa only utters.

Bare Rasa is a process of its own with the same model and Rasa's own SQL tracker store, since conversations are to be kept.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from knowledge.settings import ROOT, Settings, read_settings
from lotse.dialogue import RASA_ENVIRONMENT, RASA_PYTHON, dialogue_model
from lotse.ports import free_port

_TURNS = 60
_WARM_UP = 8


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
            gateway = f"http://127.0.0.1:{port}"
            _when_ready(gateway)
            with _bare_rasa(Path(folder), base) as bare:
                return _measured(gateway, bare, psutil.Process(server.pid))
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def _bare_rasa(folder: Path, settings: Settings) -> Iterator[str]:
    """Run Rasa as it comes, with its own store, and yield its address."""
    endpoints = folder / "bare.yml"
    endpoints.write_text(f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'bare.sqlite'}\n")
    port = free_port(5105)
    command = [
        str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(dialogue_model(settings)), "--endpoints", str(endpoints),
        "--credentials", str(ROOT / "bot" / "credentials.yml"), "--interface", "127.0.0.1", "--port", str(port), "--enable-api",
    ]  # fmt: skip
    environment = {**os.environ, **RASA_ENVIRONMENT, "OMP_NUM_THREADS": "1", "LOG_LEVEL": "WARNING"}
    quiet = subprocess.DEVNULL
    rasa = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        _wait_for(f"http://127.0.0.1:{port}/status", lambda status: "model_id" in status)
        yield f"http://127.0.0.1:{port}"
    finally:
        rasa.terminate()
        rasa.wait(30)


def _measured(gateway: str, rasa: str, server: psutil.Process) -> dict[str, float]:
    cards, bare = [], []
    with httpx.Client(timeout=30) as client:
        for turn in range(_WARM_UP + _TURNS):  # one after the other, so that both meet the same machine
            for times, one in ((cards, _turn_with_cards), (bare, _bare_turn)):
                began = time.perf_counter()
                one(client, gateway if one is _turn_with_cards else rasa)
                if turn >= _WARM_UP:
                    times.append(1000 * (time.perf_counter() - began))
            time.sleep(1.05)  # below the gateway's rate limit
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


def _when_ready(gateway: str) -> None:
    _wait_for(f"{gateway}/readyz", lambda state: state.get("assistant") == "ready")


def _wait_for(address: str, is_ready: Callable[[dict[str, str]], bool]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            if is_ready(httpx.get(address, timeout=5).json()):
                return
        except (httpx.HTTPError, ValueError):
            pass  # not up yet
        time.sleep(1)
    raise RuntimeError(f"{address} was not ready within five minutes")


def _turn_with_cards(client: httpx.Client, gateway: str) -> None:
    answer = client.post(
        f"{gateway}/api/chat", json={"conversation": str(uuid.uuid4()), "message": "Kita in Köthen"}
    ).json()
    assert any(message.get("offerings") for message in answer["messages"]), answer


def _bare_turn(client: httpx.Client, rasa: str) -> None:
    message = {"sender": str(uuid.uuid4()), "message": "hallo", "metadata": {"language": "de"}}
    assert client.post(f"{rasa}/webhooks/rest/webhook", json=message).json()
