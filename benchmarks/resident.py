"""The memory of a process that does what a serving one does, and nothing else: `python -m benchmarks.resident < questions.json`.

Started by itself: a forked process, and even one that ran another program since, counts the peak of the process that made it
among its own (`ru_maxrss`); /proc/self/status does not.
"""

import json
import sys
from pathlib import Path

import widget.app  # noqa: F401  # what a serving process imports
from knowledge import Place, Query, open_knowledge, read_settings

KASSEL = Place(name="Kassel", latitude=51.3, longitude=9.5, kind="town")


def main() -> None:
    """Answer the questions from the data folder in the settings, near a place and anywhere; print MB as JSON."""
    knowledge = open_knowledge(read_settings())
    knowledge.warm_up()
    for text in json.load(sys.stdin):
        knowledge.search(Query(text=text, near=KASSEL))
        knowledge.search(Query(text=text))
    told = dict(line.split(":") for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    names = {"now": "VmRSS", "peak": "VmHWM", "own": "RssAnon", "of files": "RssFile"}
    print(json.dumps({name: int(told[key].split()[0]) // 1024 for name, key in names.items()}))


if __name__ == "__main__":
    main()
