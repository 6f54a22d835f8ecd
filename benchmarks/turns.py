"""Chat turns against real processes: one with cards through the gateway, beside one in which bare Rasa only utters.

Bare Rasa is a process of its own with the same model and Rasa's own SQL tracker store, since conversations are to be kept.
"""

import statistics
import time
import uuid

import httpx
import psutil

from benchmarks.serving import running_bare_rasa, running_server

_TURNS = 60
_WARM_UP = 8


def measure() -> dict[str, float]:
    """Return p50 milliseconds of both turns, their ratio, resident MB of all processes, and idle CPU in percent."""
    with running_server() as (gateway, server), running_bare_rasa() as rasa:
        return _measured(gateway, rasa, server)


def _measured(gateway: str, rasa: str, server: psutil.Process) -> dict[str, float]:
    cards, bare = [], []
    with httpx.Client(timeout=30) as client:
        for turn in range(_WARM_UP + _TURNS):  # one after the other, so that both meet the same machine
            for times, address, one in ((cards, gateway, _turn_with_cards), (bare, rasa, _bare_turn)):
                began = time.perf_counter()
                one(client, address)
                if turn >= _WARM_UP:
                    times.append(1000 * (time.perf_counter() - began))
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


def _turn_with_cards(client: httpx.Client, gateway: str) -> None:
    answer = client.post(
        f"{gateway}/api/chat", json={"conversation": str(uuid.uuid4()), "message": "Kita in Köthen"}
    ).json()
    assert any(message.get("offerings") for message in answer["messages"]), answer


def _bare_turn(client: httpx.Client, rasa: str) -> None:
    message = {"sender": str(uuid.uuid4()), "message": "hallo", "metadata": {"language": "de"}}
    assert client.post(f"{rasa}/webhooks/rest/webhook", json=message).json()
