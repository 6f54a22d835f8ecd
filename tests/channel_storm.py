"""Delivers many messages, each several times, shuffled and at once, to a server that is killed in between."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from lotse.ports import free_port
from tests.telegram import SECRET, TOKEN, running_telegram

ROOT = Path(__file__).resolve().parents[1]
# What a server may be sending at the moment of its death.
SENDERS = 4
_PATH = "/channels/telegram/webhook"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How often each message was answered, and how long all took, in seconds."""

    answered: Counter[str]
    seconds: float


def storm(data_dir: Path, *, messages: int, copies: int, kills: int, users: int = 200, seed: int = 1) -> Outcome:
    """Deliver, kill and start again, and wait until nothing is left to do."""
    chosen = random.Random(seed)
    deliveries = [number for number in range(messages) for _ in range(copies)]
    chosen.shuffle(deliveries)
    parts = [deliveries[n :: kills + 1] for n in range(kills + 1)]
    began = time.monotonic()
    with running_telegram() as stub:
        for part in parts[:-1]:
            with _server(data_dir, stub.url) as (server, process), ThreadPoolExecutor(8) as couriers:
                delivered = couriers.map(lambda number, to=server: _delivered(to, number, users), part)
                time.sleep(0.2 + chosen.random())
                process.send_signal(signal.SIGKILL)
                kept = list(delivered)
            # What was not acknowledged is delivered again, as the platform does; a copy of the rest is, too.
            parts[-1] += [number for number, taken in zip(part, kept, strict=True) if not taken]
        with _server(data_dir, stub.url) as (server, _), ThreadPoolExecutor(8) as couriers:
            assert all(couriers.map(lambda number: _delivered(server, number, users), parts[-1]))
            expected = {str(number) for number in range(messages)}
            deadline = time.monotonic() + 60 + messages / 20
            while time.monotonic() < deadline and expected - set(stub.texts()):
                time.sleep(0.2)
            time.sleep(1.0)  # for what should not come
        return Outcome(answered=Counter(stub.texts()), seconds=time.monotonic() - began)


def _delivered(server: httpx.Client, number: int, users: int) -> bool:
    user = 1 + number % users
    message: dict[str, Any] = {
        "message_id": number, "from": {"id": user, "is_bot": False, "first_name": "A"}, "date": 4_000_000_000,
        "chat": {"id": user, "type": "private"}, "text": str(number),
    }  # fmt: skip
    body = {"update_id": number, "message": message}
    try:
        answer = server.post(_PATH, json=body, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


@contextmanager
def _server(data_dir: Path, stub_url: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    port = free_port(8600)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "LOTSE_DATA_DIR": str(data_dir), "LOTSE_TELEGRAM_TOKEN": TOKEN,
        "LOTSE_TELEGRAM_SECRET": SECRET, "LOTSE_TELEGRAM_API_URL": stub_url, "LOTSE_SECRET_KEY": "s" * 40,
    }  # fmt: skip
    environment.pop("LOTSE_DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.channel_server", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20.0, trust_env=False) as client:
            _wait_until_up(client, process)
            yield client, process
    finally:
        process.kill()
        process.wait()


def _wait_until_up(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server did not start"
        try:
            client.get("/healthz")
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")
