"""The worker's own processes: what they do is whole or not at all, whenever one is killed."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from console.imports import tasks
from console.imports.tasks import work_on
from console.imports.worker import Worker, run_apart
from knowledge import Knowledge
from knowledge.settings import ROOT
from knowledge.store import Claim
from tests.unit.console.conftest import Indexed, Person
from tests.unit.console.uploading import HEAD, checked, uploaded


def test_a_file_is_read_in_a_process_of_its_own(anna: Person, worker: Worker, knowledge: Knowledge) -> None:
    apart = Worker(
        knowledge=knowledge, reindex=worker.reindex, apart=lambda claim: run_apart(claim, knowledge.settings)
    )
    uploaded(anna, apart, f"{HEAD}\nHort;Hort;06366;Köthen\n")
    assert "Spalten zuordnen" in anna.text


def test_what_a_killed_process_left_half_done_is_done_again_from_its_beginning(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    rows = "\n".join(f"Hort {n};Hort;06366;Köthen" for n in range(1200))
    imports, killed = knowledge.spreadsheet_imports, []

    def dies_after_the_first_lines(claim: Claim) -> None:
        if claim.task != "checking" or killed:
            work_on(knowledge, claim)
            return
        killed.append(claim)
        code = (
            "import os, signal, sys\n"
            "from knowledge import open_knowledge, read_settings\n"
            "from knowledge.store import Claim, SpreadsheetLines\n"
            "from console.imports.tasks import work_on\n"
            "add = SpreadsheetLines.add\n"
            "def dying(self, *given, **named):\n"
            "    add(self, *given, **named)\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
            "SpreadsheetLines.add = dying\n"
            f"work_on(open_knowledge(read_settings()), Claim(import_id={claim.import_id}, worker={claim.worker!r}, task='checking'))\n"
        )
        environment = {**os.environ, "LOTSE_DATA_DIR": str(knowledge.settings.data_dir), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)

    mortal = Worker(knowledge=knowledge, reindex=worker.reindex, apart=dies_after_the_first_lines)
    at = checked(anna, mortal, f"{HEAD}\n{rows}\n")
    [job] = imports.all(["koethen"])
    assert (job.state, job.done, len(knowledge.spreadsheet_lines.page(job.id, "added"))) == ("checking", 500, 500)
    assert "500 von 1200 Zeilen" in anna.text
    assert imports.claim() is None  # for a while after a failure
    _let_the_lease_end(knowledge, job.id)
    mortal.work()
    anna.get(at)
    assert "neu: 1200" in anna.text
    assert len(knowledge.spreadsheet_lines.page(job.id, "added")) == 1200


def test_an_index_that_was_not_built_is_built_by_the_next_worker(
    anna: Person, worker: Worker, knowledge: Knowledge, indexed: Indexed
) -> None:
    def fails() -> None:
        raise OSError("the disk is full")

    at = checked(anna, worker, f"{HEAD}\nHort;Hort;06366;Köthen\n")
    anna.post(f"{at}/apply")
    Worker(knowledge=knowledge, reindex=fails, apart=worker.apart).work()
    anna.get(at)
    assert "Die Angebote sind gespeichert." in anna.text
    [job] = knowledge.spreadsheet_imports.all(["koethen"])
    _let_the_lease_end(knowledge, job.id)
    worker.work()
    assert indexed.times == 1
    assert not knowledge.spreadsheet_imports.all(["koethen"])[0].needs_index


def test_a_process_that_fails_is_an_error(knowledge: Knowledge) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run_apart(Claim(import_id=10**6, worker="nobody", task="checking"), knowledge.settings)


def _let_the_lease_end(knowledge: Knowledge, import_id: int) -> None:
    import sqlite3

    with sqlite3.connect(knowledge.settings.data_dir / "lotse.sqlite") as connection:
        connection.execute("UPDATE spreadsheet_import SET lease_until = '2000-01-01' WHERE id = ?", (import_id,))


def test_a_database_that_is_busy_for_a_moment_does_not_end_the_lease(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, imports = knowledge.spreadsheet_imports.claim(), knowledge.spreadsheet_imports
    assert claim
    beats: list[Claim] = []

    def renew(self: object, held: Claim) -> None:
        beats.append(held)
        if len(beats) == 1:
            raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(type(imports), "renew", renew)
    monkeypatch.setattr(tasks, "LEASE", timedelta(milliseconds=30))
    with tasks._beating(knowledge, claim):
        deadline = time.monotonic() + 10
        while len(beats) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    assert len(beats) >= 3
