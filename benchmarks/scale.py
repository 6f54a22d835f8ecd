"""One question to ever more offerings, beside what a bare scan costs: `python -m benchmarks.scale [1000000]`.

The index of 10,000 real texts is taken as it is, cut, or laid side by side in copies at other places with slightly turned vectors.
Memory and edits at 100,000 are measured on 100,000 texts of their own.
"""

import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from benchmarks.offerings import many_offerings
from benchmarks.resident import KASSEL
from knowledge import Alliance, Knowledge, Offering, Query, open_knowledge, read_settings
from knowledge.index import Snapshot
from knowledge.index.snapshot import Columns
from knowledge.index.vectors import FaissIndex
from knowledge.settings import ROOT
from knowledge.store import Store
from knowledge.text import words
from knowledge.training.questions import read_questions
from knowledge.training.teacher import load_teacher

_BASE = 10_000
_LARGE = 100_000
_QUESTIONS = 200
_CHUNK = 50_000

Ask = Callable[[str], object]


def main() -> None:
    """Print p50 and p95 for each size, the ratios to a bare scan, what an edit takes, and the memory of a searching process."""
    sizes = [1_000, _BASE, _LARGE, *map(int, sys.argv[1:])]
    questions = [q.text for q in read_questions() if q.held_back]
    random.Random(7).shuffle(questions)  # they are in the order of languages and needs
    with tempfile.TemporaryDirectory() as folder:
        knowledge, base = _based(Path(folder))
        _compare(knowledge, base, sizes, questions)
        print(f"at {_BASE:,}: an edit is findable after {_edit_s(knowledge):.2f} s (limit 1)", flush=True)
        for size in sizes[3:]:
            _resized(base, size).save(read_settings({"LOTSE_DATA_DIR": folder}).index_dir)
            print(f"a process searching {size:,} copies: {_resident(folder, questions[-50:])}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        knowledge, _ = _based(Path(folder), _LARGE)
        print(f"a process searching {_LARGE:,}: {_resident(folder, questions[-50:])} (limit 700)", flush=True)
        print(f"at {_LARGE:,}: an edit is findable after {_edit_s(knowledge):.2f} s (limit 5)")


def _compare(knowledge: Knowledge, base: Snapshot, sizes: Sequence[int], questions: Sequence[str]) -> None:
    """Time the sizes and the bare ways side by side. No question is asked twice: nothing of it has been understood before."""
    knowledge.warm_up()
    searches = {size: _search_over(knowledge, _resized(base, size)) for size in sizes}
    ways: dict[str, Ask] = {f"{size:,} near": _near(search) for size, search in searches.items()}
    bare = {"bare": _bare_scan(knowledge, base), "english": _english_scan(base)}
    times = _in_turn({**ways, **bare}, questions, count=_QUESTIONS)
    unasked = questions[_QUESTIONS * (len(ways) + len(bare)) :]
    everywhere = _in_turn({f"{size:,}": _anywhere(search) for size, search in searches.items()}, unasked, count=50)
    print("CPU time of questions that nobody has asked before; the ways take turns")
    for size in sizes:
        print(
            f"{size:>9,} offerings: within 25 km {_told(times[f'{size:,} near'])}; in all Germany {_told(everywhere[f'{size:,}'])}"
        )
    p50 = {way: statistics.median(each) for way, each in times.items()}
    ours = p50[f"{_BASE:,} near"]
    print(f"at {_BASE:,}: bare FAISS scan and FTS5 {p50['bare']:.1f} ms: ratio {ours / p50['bare']:.2f} (limit 3)")
    print(
        f"at {_BASE:,}: all-MiniLM-L6-v2 and FAISS {p50['english']:.1f} ms: {p50['english'] / ours:.1f} times ours (aim 20), "
        f"{p50['english'] / p50['bare']:.1f} times the bare scan"
    )
    print(f"{_LARGE:,} within 25 km cost {p50[f'{_LARGE:,} near'] / ours:.2f} times {_BASE:,} (limit 2)", flush=True)


def _search_over(knowledge: Knowledge, snapshot: Snapshot) -> Callable[[Query], object]:
    return replace(knowledge.search, library=_Fixed(snapshot), store=_Copies(knowledge.store))


def _near(search: Callable[[Query], object]) -> Ask:
    return lambda text: search(Query(text=text, near=KASSEL))


def _anywhere(search: Callable[[Query], object]) -> Ask:
    return lambda text: search(Query(text=text))


def _based(folder: Path, size: int = _BASE) -> tuple[Knowledge, Snapshot]:
    base = read_settings()
    (folder / "models").symlink_to(base.data_dir / "models")
    (folder / "places.sqlite").symlink_to(base.places_path)
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(folder), "LOTSE_ENCODER": base.encoder}))
    alliances, offerings = many_offerings(size)
    knowledge.store.put([*alliances, *offerings], editor="bench")
    return knowledge, knowledge.index()


def _edit_s(knowledge: Knowledge) -> float:
    """Return the seconds from an edit to the first search that finds it, the median of three."""
    knowledge.search(Query(text="Kita"))
    times = []
    for word in ("Zauberwald", "Silberbach", "Feuerstein"):
        offering = knowledge.store.offerings([f"bench-{len(times)}"])[0]
        edited = offering.model_copy(update={"title": f"{offering.title} {word}", "format": "online"})
        began = time.perf_counter()
        knowledge.store.put([edited], editor="bench")
        knowledge.index()
        found = knowledge.search(Query(text=word, limit=50)).matches
        assert any(match.offering.id == edited.id for match in found)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _resized(base: Snapshot, size: int) -> Snapshot:
    """Return a snapshot of so many rows; rows of a copy lie elsewhere, and their vectors are turned a little."""
    rng = np.random.default_rng(7)
    rows = np.arange(size) % len(base.ids)
    taken, counts = base.passages(rows)
    digests = base.vectors.digests
    vectors = np.empty((len(taken), base.vectors.dim), np.float32)
    for start in range(0, len(taken), _CHUNK):
        chunk = base.vectors.vectors(taken[start : start + _CHUNK])
        chunk += rng.normal(0, 0.01, chunk.shape).astype(np.float32)
        vectors[start : start + _CHUNK] = chunk / np.linalg.norm(chunk, axis=1, keepdims=True)
    columns: dict[str, Any] = {field.name: getattr(base.columns, field.name)[rows] for field in fields(Columns)}
    columns["latitude"] = rng.uniform(47.5, 54.5, size).astype(np.float32)
    columns["longitude"] = rng.uniform(6.5, 14.5, size).astype(np.float32)
    return replace(
        base,
        ids=tuple(f"{base.ids[row]}_{copy}" for copy, row in enumerate(rows)),
        contents=base.contents[rows],
        passage_starts=np.concatenate([[0], np.cumsum(counts)]),
        need_roots=base.need_roots[rows],
        columns=Columns(**columns),
        vectors=FaissIndex.of(vectors, [digests[passage] for passage in taken]),
        text=base.text.changed(rows, [], np.arange(size)),
    )


@dataclass(frozen=True)
class _Fixed:
    """A library with one snapshot."""

    present: Snapshot

    def snapshot(self) -> Snapshot:
        return self.present


@dataclass(frozen=True)
class _Copies:
    """A store in which a copy is the offering that it was made from."""

    store: Store

    def offerings(self, ids: Sequence[str]) -> list[Offering]:
        found = {one.id: one for one in self.store.offerings([id_.rpartition("_")[0] for id_ in ids])}
        return [found[id_.rpartition("_")[0]].model_copy(update={"id": id_}) for id_ in ids]

    def alliances(self) -> list[Alliance]:
        return self.store.alliances()


def _bare_scan(knowledge: Knowledge, base: Snapshot) -> Callable[[str], object]:
    """Return a search without understanding: one encoded question, one scan, one full-text query, thirty rows of each."""
    flat = faiss.IndexFlatIP(base.vectors.dim)
    flat.add(base.vectors.vectors(np.arange(len(base.vectors))))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE offering USING fts5(text)")
    texts = [(" ".join(words(f"{one.title} {one.description}")),) for one in knowledge.store.offerings()]
    connection.executemany("INSERT INTO offering VALUES (?)", texts)

    def scan(text: str) -> object:
        hits = flat.search(knowledge.encoder.encode_queries([text]), 30)
        asked = " OR ".join(f'"{word}"' for word in words(text) if len(word) > 3) or '"kita"'
        by_words = connection.execute(
            "SELECT rowid FROM offering WHERE offering MATCH ? ORDER BY rank LIMIT 30", (asked,)
        )
        return hits, by_words.fetchall()

    return scan


def _english_scan(base: Snapshot) -> Callable[[str], object]:
    teacher = load_teacher()
    dim = int(teacher.get_embedding_dimension())
    flat = faiss.IndexFlatIP(dim)
    flat.add(np.random.default_rng(7).normal(size=(len(base.vectors), dim)).astype(np.float32))
    return lambda text: flat.search(teacher.encode([text], normalize_embeddings=True, show_progress_bar=False), 30)


def _resident(folder: str, questions: Sequence[str]) -> str:
    """Return what a searching process says of its memory."""
    settings = {"LOTSE_DATA_DIR": folder, "LOTSE_ENCODER": read_settings().encoder}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.resident"], cwd=ROOT, env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        input=json.dumps(questions), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ", ".join(f"{name} {mb:,} MB" for name, mb in json.loads(done.stdout).items())


def _in_turn(ways: Mapping[str, Ask], questions: Sequence[str], *, count: int) -> dict[str, list[float]]:
    """Return each way's CPU times in ms: what others do on the machine counts less.

    The ways take turns, so that a busy moment meets all, and the questions are as mixed for each.
    """
    for ask in ways.values():
        ask("Kita")
    times: dict[str, list[float]] = {way: [] for way in ways}
    for number, text in enumerate(questions[: count * len(ways)]):
        way = list(ways)[number % len(ways)]
        began = time.process_time()
        ways[way](text)
        times[way].append(1000 * (time.process_time() - began))
    return times


def _told(times: Sequence[float]) -> str:
    return f"p50 {statistics.median(times):.1f} ms, p95 {statistics.quantiles(times, n=20)[18]:.1f} ms"


if __name__ == "__main__":
    main()
