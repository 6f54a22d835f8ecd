"""Kills a process that writes, again and again, and looks at what it leaves: `python -m benchmarks.kills --points 200`.

The process edits one offering, imports a file of offerings, and builds the index, over and over; what it has done it says.
After each kill -9, at a random moment, three things must hold: every edit and import that it said is there, every import
is there whole or not at all, and the index opens and shows one moment of the store, not a mixture.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from knowledge import Alliance, Knowledge, Offering, open_knowledge, read_settings
from knowledge.importing import import_files

_ALLIANCE = "koethen"
_IMPORTED = 60
_LONGEST_LIFE_S = 1.5
_EDITED = "edited"


@dataclass
class Said:
    """The numbers that the process said last, of what it had done then."""

    edit: int = 0
    imported: int = 0
    index: int = 0


def kill_at(folder: Path, moment_s: float) -> list[str]:
    """Let a process write for so long after its first word, kill it, and return what is wrong with what it leaves."""
    before = _number(open_knowledge(read_settings(_environment(folder))), _EDITED)
    command = [sys.executable, "-m", "benchmarks.kills", "--write", str(folder)]
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=root) as process:
        assert process.stdout
        words = [process.stdout.readline()]
        time.sleep(moment_s)
        process.send_signal(signal.SIGKILL)
        words += process.stdout.readlines()
    return _faults(folder, _said(words, before))


def stock(folder: Path) -> None:
    """Put an alliance into an empty store, and index it."""
    knowledge = open_knowledge(read_settings(_environment(folder)))
    knowledge.store.put([Alliance(id=_ALLIANCE, name="Köthen", postal_code="06366")], editor="x")
    knowledge.index()


def _write(folder: Path) -> None:
    """Edit, import and index without end."""
    knowledge = open_knowledge(read_settings(_environment(folder)))
    number = _number(knowledge, _EDITED)
    while True:
        number += 1
        _say("begin", number)
        edition = knowledge.editions.one(_EDITED)
        knowledge.editions.save(
            _offering(_EDITED, number), state="published", editor="anna", read_version=edition.version if edition else 0
        )
        _say("edit", number)
        file = folder / "import.jsonl"
        rows = [_offering(f"imported-{row}", number).model_dump(mode="json") for row in range(_IMPORTED)]
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        import_files([file], store=knowledge.store, taxonomy=knowledge.taxonomy, editor="import")
        _say("import", number)
        knowledge.index()
        _say("index", number)


def _say(what: str, number: int) -> None:
    os.write(1, f"{what} {number}\n".encode())


def _said(words: list[str], before: int) -> Said:
    said = Said(edit=before)
    for line in words:
        what, _, number = line.strip().partition(" ")
        if what in {"edit", "index"}:
            setattr(said, what, int(number))
        elif what == "import":
            said.imported = int(number)
    return said


def _faults(folder: Path, said: Said) -> list[str]:
    knowledge = open_knowledge(read_settings(_environment(folder)))
    there = {one.id: int(one.title.split()[-1]) for one in knowledge.store.offerings()}
    imported = {number for id_, number in there.items() if id_ != _EDITED}
    wrong = []
    if there.get(_EDITED, 0) not in {said.edit, said.edit + 1}:
        wrong.append(f"edit {said.edit} was said, {there.get(_EDITED)} is there")
    if len(imported) > 1 or len(there) not in {0, 1, 1 + _IMPORTED}:
        wrong.append(f"half an import: {len(there)} offerings of imports {sorted(imported)}")
    if said.imported and imported and min(imported) not in {said.imported, said.imported + 1}:
        wrong.append(f"import {said.imported} was said, {imported} is there")
    versions = [one.version for one in knowledge.editions.history(_EDITED)]
    if versions != list(range(1, len(versions) + 1)):
        wrong.append(f"the history has versions {versions}")
    wrong += _faults_of_index(knowledge, there)
    return wrong


def _faults_of_index(knowledge: Knowledge, there: dict[str, int]) -> list[str]:
    """Open the index that was left, as the next server does; then bring it up to date."""
    left = knowledge._library().snapshot()
    if len(left.ids) not in {0, 1, 1 + _IMPORTED}:
        return [f"the index that was left shows {len(left.ids)} offerings"]
    now = knowledge.index()
    return [] if set(now.ids) == set(there) else [f"the new index shows {len(now.ids)} of {len(there)} offerings"]


def _number(knowledge: Knowledge, id_: str) -> int:
    edition = knowledge.editions.one(id_)
    return int(edition.offering.title.split()[-1]) if edition else 0


def _offering(id_: str, number: int) -> Offering:
    return Offering(
        id=id_, alliance=_ALLIANCE, title=f"Kita {id_} {number}", categories=("daycare",), postal_code="06366"
    )


def _environment(folder: Path) -> dict[str, str]:
    return {"LOTSE_DATA_DIR": str(folder)}


def main() -> None:
    """Kill as often as asked for, and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--points", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.write:
        _write(options.write)
    chance = random.Random(options.seed)
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = read_settings().data_dir / "models"
        (folder / "models").symlink_to(models)
        (folder / "places.sqlite").symlink_to(models.with_name("places.sqlite"))
        stock(folder)
        for point in range(options.points):
            found = kill_at(folder, chance.uniform(0, _LONGEST_LIFE_S))
            wrong += [f"point {point}: {fault}" for fault in found]
            print(f"\r{point + 1} of {options.points} kills, {len(wrong)} faults", end="", flush=True)
    print("", *wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
