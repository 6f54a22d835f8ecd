"""A coordinator imports a large table while parents search: `python -m benchmarks.spreadsheets [20000] [csv|xlsx]`.

The server is a web process as `lotse serve` starts it. Printed: how long each step takes, what parents' searches take meanwhile
beside what they take when nothing else happens, and the most memory of the process that reads the table.
"""

import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import psutil

from benchmarks.offerings import many_offerings
from console.accounts import passwords
from knowledge import Knowledge, open_knowledge, read_settings
from knowledge.exporting import write_csv, write_xlsx
from knowledge.settings import ROOT
from lotse.ports import free_port

_PASSWORD = "ein Satz über Igel"
_IDLE_S = 15.0
_BETWEEN_S = 0.1
_QUESTIONS = ("Kita", "Krabbelgruppe", "Hort", "Sprachkurs", "Beratung", "Ferien", "Tagesmutter", "Elterngeld")


def main() -> None:
    """Print the figures with the limits they are held to."""
    count, kind = int([*sys.argv, "20000"][1]), [*sys.argv, "", "csv"][2] or "csv"
    alliances, offerings = many_offerings(count)
    tenant = alliances[0].id
    table = io.BytesIO()
    (write_xlsx if kind == "xlsx" else write_csv)(
        [one.model_copy(update={"alliance": tenant}) for one in offerings], table
    )
    with tempfile.TemporaryDirectory() as folder:
        knowledge = _prepared(Path(folder))
        knowledge.store.put([*alliances, *offerings[:500]], editor="bench")
        knowledge.index()
        account = knowledge.accounts.add("anna@example.org", role="coordinator", alliances=(tenant,), name="Anna")
        knowledge.accounts.set_password(account.id, passwords.digest(_PASSWORD))
        with _server(folder) as (url, process), _parents(url) as parents:
            time.sleep(_IDLE_S)
            idle = parents.taken()
            coordinator = _Coordinator(url, tenant)
            began = time.monotonic()
            coordinator.upload(f"list.{kind}", table.getvalue())
            total = 0.0
            for step, until in (("reading", "mapping"), ("checking", "checked"), ("applying", "applied")):
                coordinator.go_on(step)
                used = _watched(process, partial(_is, coordinator, until))
                took = time.monotonic() - began - total
                total += took
                _say(step, took, used, parents.taken(), idle)
            print(f"import of {count:,} rows: {total:.1f} s (limit 60)", flush=True)
            began = time.monotonic()
            used = _watched(process, lambda: not coordinator.needs_index())
            _say("indexing", time.monotonic() - began, used, parents.taken(), idle)
            coordinator.press("undo")
            began = time.monotonic()
            used = _watched(process, lambda: coordinator.state() == "undone")
            _say("undoing", time.monotonic() - began, used, parents.taken(), idle)


def _say(step: str, took: float, used: tuple[float, float], taken: list[float], idle: list[float]) -> None:
    p95, of_idle = _p95(taken), _p95(idle)
    print(
        f"{step}: {took:.1f} s, {used[1]:.1f} s of computing, {used[0]:.0f} MB (an import: limit 400); "
        f"{len(taken)} searches meanwhile, p95 {1000 * p95:.0f} ms, "
        f"{p95 / of_idle:.1f} times idle's {1000 * of_idle:.0f} ms (limit 3), longest {1000 * max(taken, default=0):.0f} ms",
        flush=True,
    )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18] if len(times) > 1 else sum(times)


def _prepared(folder: Path) -> Knowledge:
    base = read_settings()
    for name in ("models", "places.sqlite"):
        (folder / name).symlink_to(base.data_dir / name)
    return open_knowledge(read_settings({"LOTSE_DATA_DIR": str(folder)}))


@contextmanager
def _server(folder: str) -> Iterator[tuple[str, psutil.Process]]:
    port = free_port(8940)
    environment = {
        **os.environ, "LOTSE_DATA_DIR": folder, "LOTSE_RATE_LIMIT": "1000000 per minute", "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "console.wsgi:app", "--bind", f"127.0.0.1:{port}", "--threads", "16"]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{url}/api/offerings?q=Kita", timeout=5).status_code == 200:
                    break
            time.sleep(0.5)
        yield url, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(30)


@dataclass
class _Parents:
    """Searches one after the other, and what each took in seconds, since it was last asked."""

    url: str
    times: list[float] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def taken(self) -> list[float]:
        times, self.times = self.times, []
        return times

    def search(self) -> None:
        with httpx.Client(base_url=self.url, timeout=60) as client:
            while not self.ended.wait(_BETWEEN_S):
                began = time.monotonic()
                text = f"{_QUESTIONS[len(self.times) % len(_QUESTIONS)]} {len(self.times)}"
                client.get("/api/offerings", params={"q": text, "near": "06366"}).raise_for_status()
                self.times.append(time.monotonic() - began)


@contextmanager
def _parents(url: str) -> Iterator[_Parents]:
    parents = _Parents(url)
    thread = threading.Thread(target=parents.search, daemon=True)
    thread.start()
    yield parents
    parents.ended.set()
    thread.join()


class _Coordinator:
    """A coordinator's browser, with the forms of the pages."""

    def __init__(self, url: str, alliance: str) -> None:
        self._client = httpx.Client(base_url=url + "/console", timeout=120, follow_redirects=True)
        self._alliance = alliance
        self._send("/sign-in", "/sign-in", {"email": "anna@example.org", "password": _PASSWORD})

    def upload(self, name: str, content: bytes) -> None:
        answer = self._send("/imports/", "/imports/", {"alliance": self._alliance}, files={"file": (name, content)})
        self._at = answer.url.path.removeprefix("/console")

    def go_on(self, step: str) -> None:
        """Press what leads to a step; the upload leads to the first by itself."""
        if step == "checking":
            page = self._client.get(self._at).text
            chosen = re.findall(r'<select id="(\w[^"]*)".*?<option value="([^"]*)" selected', page, re.S)
            self._send(self._at, f"{self._at}/columns", dict(chosen))
        elif step == "applying":
            self.press("apply")

    def press(self, what: str) -> None:
        self._send(self._at, f"{self._at}/{what}", {})

    def state(self) -> str:
        page = self._client.get(self._at).text
        names = {"Spalten": "mapping", "Bestätigung": "checked", ">übernommen": "applied", ">zurückgenommen": "undone"}
        shown = re.search(r'<span class="state">.*?</span>', page)
        return next((state for word, state in names.items() if shown and word in shown[0]), "working")

    def needs_index(self) -> bool:
        return "Refresh" in self._client.get(self._at).headers

    def _send(self, page: str, path: str, fields: dict[str, str], **files: object) -> httpx.Response:
        token = re.search(
            r'name="form_token" value="([^"]+)"', self._client.get(page, headers={"Accept-Language": "de"}).text
        )
        assert token
        answer = self._client.post(path, data={"form_token": token[1], **fields}, **files)  # type: ignore[arg-type]
        answer.raise_for_status()
        return answer


def _is(coordinator: _Coordinator, state: str) -> bool:
    return coordinator.state() == state


def _watched(server: psutil.Process, is_done: Callable[[], bool]) -> tuple[float, float]:
    """Wait until something is done, and return what a worker's process took meanwhile at most: memory in MB, computing in s."""
    peak, computing, looked = 0.0, 0.0, 0.0
    while True:
        for worker in server.children():
            for child in worker.children():
                with suppress(psutil.Error):
                    peak, times = max(peak, child.memory_info().rss / 1e6), child.cpu_times()
                    computing = max(computing, times.user + times.system)
        if time.monotonic() - looked > 1:
            looked = time.monotonic()
            if is_done():
                return peak, computing
        time.sleep(0.05)


if __name__ == "__main__":
    main()
