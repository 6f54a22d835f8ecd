"""Eight parents at once, and one who never stops: `python -m benchmarks.load --turns 10000 --long 500` (`make bench-load`)."""

import argparse
import random
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import psutil

from benchmarks.serving import running_server
from widget.texts import sentence

_USERS = 8
_PART_OF_ONE_USER = 10  # one user alone takes so many times fewer turns
_FEWEST_TURNS = 100
# Rasa's session begins anew every so many turns (widget/conversation/turn.py); turns at the same distance from there are compared.
_TURNS_A_SESSION, _COMPARED = 30, 20
# What parents say, one conversation a language: a question, the place where it lacks, follow-ups, small talk.
_CONVERSATIONS = (
    ("Hallo", "Ich suche eine Kita für meine Tochter, sie ist 2", "Köthen", "Und eine Ferienbetreuung?", "Danke!"),
    ("Who looks after a seven year old after school?", "in Aachen", "is there more?", "and in English?"),
    ("Merseburg'da Almanca kursu arıyorum", "ücretsiz olsun", "başka var mı?", "teşekkürler"),
    ("أبحث عن حضانة لطفل عمره سنة في آخن", "هل يوجد مجاني؟", "ومجموعة للأمهات؟", "شكرا"),
    ("Живемо в Ахені. Куди подіти сина після уроків?", "йому 8 років", "а на канікулах?", "дякую"),
    ("Где найти няню?", "Донаувёрт", "ребёнку три года", "спасибо, до свидания"),
    ("Szukam opiekunki dziennej dla rocznego dziecka", "Aachen", "a żłobek?", "dziękuję"),
    ("Ce ajutor în bani putem primi pentru copii?", "06366", "mai aveți ceva?", "mulțumesc"),
    ("در آخن هستیم، دنبال گروه مادران تنها هستم", "تلفن اولی چیست؟", "ممنون"),
    ("Bonjour", "Je suis papa et je cherche un groupe de pères à Aix-la-Chapelle", "et le week-end ?", "merci"),
)
# One parent over and over; a round is one of each kind of turn, so that early and late turns are alike.
_ROUND = ("Kita in Köthen", "Gibt es noch mehr?", "Und eine Ferienbetreuung?", "Und in Merseburg?", "Danke!")


@dataclass(frozen=True)
class Turn:
    """One turn: its time in milliseconds, and whether the gateway had to answer by itself; `error` names what went wrong."""

    ms: float
    fell_back: bool = False
    error: str | None = None


def main() -> None:
    """Print the figures with the limits they are held to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=10_000, help="turns of all users together")
    options.add_argument("--long", type=int, default=500, help="turns of the one long conversation, 20 at least")
    chosen = options.parse_args()
    with running_server() as (gateway, server):
        _by_users(gateway, 1, _FEWEST_TURNS // 2)  # a warm-up
        alone, _ = _by_users(gateway, 1, max(_FEWEST_TURNS, chosen.turns // _PART_OF_ONE_USER))
        before = _resident_mb(server)
        together, lasted_s = _by_users(gateway, _USERS, chosen.turns)
        after_load = _resident_mb(server)
        long = _long_conversation(gateway, chosen.long)
        after_all = _resident_mb(server)
    median = _percentile(alone, 50)
    ratio = _percentile(together, 95) / median
    print(f"1 user, {len(alone):,} turns: {_told(alone)}")
    print(
        f"{_USERS} users, {len(together):,} turns: {_told(together)}; {len(together) / lasted_s:.1f} turns/s (limit 20)"
    )
    print(f"p95 of {_USERS} users / p50 of one: {ratio:.1f} (limit 5)")
    late = (len(long) - _COMPARED) // _TURNS_A_SESSION * _TURNS_A_SESSION
    first, last = long[:_COMPARED], long[late : late + _COMPARED]
    print(
        f"one conversation of {len(long)} turns: p50 {_percentile(first, 50):.0f} ms at turns 1-{_COMPARED}, "
        f"{_percentile(last, 50):.0f} ms at turns {late + 1}-{late + _COMPARED}; {_faults(long)}"
    )
    for name, mb in before.items():
        print(
            f"{name}: {mb:.0f} MB before, {after_load[name]:.0f} MB after the load, {after_all[name]:.0f} MB at the end"
        )


def _by_users(gateway: str, users: int, turns: int) -> tuple[list[Turn], float]:
    """Have so many users take so many turns together; return the turns and how long it took in seconds."""
    left = iter(range(turns))
    guard = threading.Lock()

    def goes_on() -> bool:
        with guard:
            return next(left, None) is not None

    began = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        done = list(pool.map(lambda seed: list(_user(gateway, seed, goes_on)), range(users)))
    return [turn for of_one in done for turn in of_one], time.perf_counter() - began


def _user(gateway: str, seed: int, goes_on: Callable[[], bool]) -> Iterator[Turn]:
    """Hold one conversation after the other while there are turns left."""
    chance = random.Random(seed)
    with httpx.Client(base_url=gateway, timeout=30) as client:
        while True:
            conversation = str(uuid.uuid4())
            for words in chance.choice(_CONVERSATIONS):
                if not goes_on():
                    return
                yield _turn(client, conversation, words)


def _long_conversation(gateway: str, turns: int) -> list[Turn]:
    conversation = str(uuid.uuid4())
    with httpx.Client(base_url=gateway, timeout=30) as client:
        return [_turn(client, conversation, _ROUND[at % len(_ROUND)]) for at in range(turns)]


def _turn(client: httpx.Client, conversation: str, words: str) -> Turn:
    began = time.perf_counter()
    try:
        response = client.post("/api/chat", json={"conversation": conversation, "message": words})
        ms = 1000 * (time.perf_counter() - began)
        response.raise_for_status()
        answer = response.json()
        texts = [message["text"] for message in answer["messages"]]
    except httpx.HTTPStatusError as error:
        return Turn(ms, error=f"status {error.response.status_code}")
    except (httpx.HTTPError, ValueError, KeyError) as error:
        return Turn(1000 * (time.perf_counter() - began), error=type(error).__name__)
    broken = not any(texts) or sentence(answer["language"], "say_broken") in texts
    fell_back = sentence(answer["language"], "say_short_for_now") in texts
    return Turn(ms, fell_back, "no answer" if broken else None)


def _resident_mb(server: psutil.Process) -> dict[str, float]:
    """Return the resident memory of each part of the server; that of web is its master's and its worker's."""
    found: Counter[str] = Counter()
    for process in [server, *server.children(recursive=True)]:
        command = process.cmdline()
        name = next((part for part in ("gunicorn", "actions", "rasa") if part in command), "lotse serve")
        found[name] += process.memory_info().rss
    return {name: size / 2**20 for name, size in found.items()}


def _told(turns: Sequence[Turn]) -> str:
    p50, p95, p99 = (_percentile(turns, percent) for percent in (50, 95, 99))
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms; {_faults(turns)}"


def _faults(turns: Sequence[Turn]) -> str:
    errors = Counter(turn.error for turn in turns if turn.error)
    kinds = f" {dict(errors)}" if errors else ""
    fell_back = sum(turn.fell_back for turn in turns)
    return f"{errors.total()} errors{kinds} (limit 0), {fell_back} times Rasa was not in time"


def _percentile(turns: Sequence[Turn], percent: int) -> float:
    return statistics.quantiles([turn.ms for turn in turns], n=100)[percent - 1]


if __name__ == "__main__":
    main()
