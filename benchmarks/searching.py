"""One search at 10,000 offerings; 1,000 offerings from file to findable; the size of a searching process."""

import gc
import json
import resource
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.offerings import many_offerings
from knowledge import Query, open_knowledge, read_settings
from knowledge.importing import import_files
from knowledge.training.questions import read_questions
from knowledge.values import Place

_QUESTIONS = 400


def measure(count: int = 10_000) -> dict[str, float]:
    """Return milliseconds per search (p50, p95), seconds of an import of 1,000, and MB resident."""
    with tempfile.TemporaryDirectory() as folder:
        base = read_settings()
        settings = read_settings({"LOTSE_DATA_DIR": folder, "LOTSE_ENCODER": base.encoder})
        (Path(folder) / "models").symlink_to(base.data_dir / "models")
        (Path(folder) / "places.sqlite").symlink_to(base.places_path)
        knowledge = open_knowledge(settings)
        imported_s = _import_and_find(knowledge, Path(folder))
        alliances, offerings = many_offerings(count)
        knowledge.store.put([*alliances, *offerings], editor="bench")
        began = time.perf_counter()
        knowledge.index()
        indexed_s = time.perf_counter() - began
        times = _search_times(knowledge)
        return {
            "offerings": count,
            "search_p50_ms": statistics.median(times),
            "search_p95_ms": statistics.quantiles(times, n=20)[18],
            "import_1000_s": imported_s,
            "index_s": indexed_s,
            "resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def _import_and_find(knowledge, folder: Path) -> float:  # type: ignore[no-untyped-def]
    alliances, offerings = many_offerings(1_000, seed=8)
    path = folder / "thousand.jsonl"
    path.write_text(
        "\n".join(json.dumps(r.model_dump(mode="json")) for r in [*alliances, *offerings]), encoding="utf-8"
    )
    began = time.perf_counter()
    report = import_files([path], store=knowledge.store, taxonomy=knowledge.taxonomy, editor="bench")
    assert not report.errors
    knowledge.index()
    assert knowledge.search(Query(text="Kita")).matches
    return time.perf_counter() - began


def _search_times(knowledge) -> list[float]:  # type: ignore[no-untyped-def]
    questions = [q.text for q in read_questions() if q.held_back][:_QUESTIONS]
    place = Place(name="Kassel", latitude=51.3, longitude=9.5, kind="town")
    knowledge.warm_up()
    for text in questions[:20]:
        knowledge.search(Query(text=text, near=place))
    gc.freeze()
    times = []
    for text in questions:
        began = time.perf_counter()
        knowledge.search(Query(text=text, near=place))
        times.append(1000 * (time.perf_counter() - began))
    return times
