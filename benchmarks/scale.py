"""One question to ever more offerings, beside what a bare scan costs: `python -m benchmarks.scale [1000000]`.

The index of 10,000 real texts is taken as it is, cut, or laid side by side in copies at other places with slightly turned vectors.
"""

import multiprocessing
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from benchmarks.offerings import many_offerings
from knowledge import Alliance, Knowledge, Offering, Place, Query, open_knowledge, read_settings
from knowledge.index import Snapshot, TextIndex
from knowledge.index.snapshot import Columns
from knowledge.index.vectors import FaissIndex
from knowledge.store import Store
from knowledge.text import words
from knowledge.training.questions import read_questions
from knowledge.training.teacher import load_teacher

_BASE = 10_000
_QUESTIONS = 200
_KASSEL = Place(name="Kassel", latitude=51.3, longitude=9.5, kind="town")


def main() -> None:
    """Print p50 and p95 for each size, the ratios to a bare scan, and the memory of a searching process at 100,000."""
    sizes = [1_000, _BASE, 100_000, *map(int, sys.argv[1:])]
    questions = [q.text for q in read_questions() if q.held_back][:_QUESTIONS]
    with tempfile.TemporaryDirectory() as folder:
        knowledge, base = _based(Path(folder))
        nearby = {}
        for size in sizes:
            snapshot = _resized(base, size)
            search = replace(knowledge.search, library=_Fixed(snapshot), store=_Copies(knowledge.store))
            times = _times(lambda text, search=search: search(Query(text=text, near=_KASSEL)), questions)
            everywhere = _times(lambda text, search=search: search(Query(text=text)), questions[:50])
            nearby[size] = statistics.median(times)
            print(f"{size:>9,} offerings: within 25 km {_told(times)}; in all Germany {_told(everywhere)}", flush=True)
        bare = statistics.median(_times(_bare_scan(knowledge, base), questions))
        english = statistics.median(_times(_english_scan(base), questions[:50]))
        print(f"at {_BASE:,}: bare FAISS scan and FTS5 {bare:.1f} ms: ratio {nearby[_BASE] / bare:.2f} (limit 3)")
        print(
            f"at {_BASE:,}: all-MiniLM-L6-v2 and FAISS {english:.1f} ms: {english / nearby[_BASE]:.1f} times ours (aim 20)"
        )
        print(f"100,000 within 25 km cost {nearby[100_000] / nearby[_BASE]:.2f} times 10,000 (limit 2)")
        print(f"at {_BASE:,}: an edit is findable after {_edit_s(knowledge):.2f} s (limit 1)")
        _resized(base, 100_000).save(Path(folder) / "large")
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(f"a process searching 100,000: {pool.apply(_resident_mb, (folder,)):.0f} MB (limit 700)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        knowledge, _ = _based(Path(folder), 100_000)
        print(f"at 100,000: an edit is findable after {_edit_s(knowledge):.2f} s (limit 5)")


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
    passages = [np.flatnonzero(base.passage_of == row) for row in range(len(base.ids))]
    of_rows = [passages[row] for row in rows]
    taken = np.concatenate(of_rows)
    vectors = base.vectors.vectors(taken)
    vectors += rng.normal(0, 0.01, vectors.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    columns: dict[str, Any] = {field.name: getattr(base.columns, field.name)[rows] for field in fields(Columns)}
    columns["latitude"] = rng.uniform(47.5, 54.5, size).astype(np.float32)
    columns["longitude"] = rng.uniform(6.5, 14.5, size).astype(np.float32)
    texts = [f"{base.ids[row]} Kita Hort Ferien Kurs Treff Beratung {row % 977}" for row in rows]
    return replace(
        base,
        ids=tuple(f"{base.ids[row]}_{copy}" for copy, row in enumerate(rows)),
        passage_of=np.repeat(np.arange(size), [len(found) for found in of_rows]),
        columns=Columns(**columns),
        vectors=FaissIndex.of(vectors, [base.vectors.digests[passage] for passage in taken]),
        text=TextIndex.of(texts),
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
    dim = int(teacher.get_sentence_embedding_dimension())
    flat = faiss.IndexFlatIP(dim)
    flat.add(np.random.default_rng(7).normal(size=(len(base.vectors), dim)).astype(np.float32))
    return lambda text: flat.search(teacher.encode([text], normalize_embeddings=True, show_progress_bar=False), 30)


def _resident_mb(folder: str) -> float:
    """Return the memory of a process that loads the large index and answers questions."""
    base = read_settings()
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": folder, "LOTSE_ENCODER": base.encoder}))
    [large] = [path for path in (Path(folder) / "large").iterdir() if path.is_dir()]
    search = replace(knowledge.search, library=_Fixed(Snapshot.load(large)), store=_Copies(knowledge.store))
    for question in [q.text for q in read_questions() if q.held_back][:20]:
        search(Query(text=question, near=_KASSEL))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _times(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    for text in questions[:5]:
        ask(text)
    times = []
    for text in questions:
        began = time.perf_counter()
        ask(text)
        times.append(1000 * (time.perf_counter() - began))
    return times


def _told(times: Sequence[float]) -> str:
    return f"p50 {statistics.median(times):.1f} ms, p95 {statistics.quantiles(times, n=20)[18]:.1f} ms"


if __name__ == "__main__":
    main()
