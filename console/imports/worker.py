"""Takes on what imports wait for, one piece after the other, as long as the server runs."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from knowledge import Knowledge
from knowledge.errors import LeaseLostError
from knowledge.settings import ROOT, Settings
from knowledge.store import Claim
from widget.rounds import Round

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 1.0
_AGAIN_S = 10.0
_FORGET_EVERY_S = 6 * 3600.0
_LONGEST_S = 1800.0
# So many offerings the web server's own thread embeds without anybody noticing.
_FEW = 300


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Works on imports.

    Attributes:
        apart: Does what takes computing time, in another process; it raises where that failed.
        reindex: Lets the index follow in the background.
    """

    knowledge: Knowledge
    reindex: Callable[[], None]
    apart: Callable[[Claim], None]

    def work(self) -> None:
        """Do all that waits; what fails is tried again later."""
        while claim := self.knowledge.spreadsheet_imports.claim():
            try:
                self._do(claim)
            except LeaseLostError:
                _log.info("import %d is another process's now", claim.import_id)
            except Exception as error:
                # Never the error's text: it may quote a file.
                _log.warning("import %d, %s: %s", claim.import_id, claim.task, type(error).__name__)
                self.knowledge.spreadsheet_imports.release(claim, after=timedelta(seconds=_AGAIN_S))

    def _do(self, claim: Claim) -> None:
        lines = self.knowledge.spreadsheet_lines
        if claim.task == "applying":
            lines.write(claim)
        elif claim.task == "undoing":
            lines.restore(claim)
        elif claim.task == "indexing":
            self._index(claim)
        else:
            self.apart(claim)

    def _index(self, claim: Claim) -> None:
        job = self.knowledge.spreadsheet_imports.one(claim.import_id)
        written = sum(job.counts.get(kind, 0) for kind in ("added", "changed", "returned")) if job else 0
        generation = self.knowledge.store.generation()
        if written > _FEW:
            self.apart(claim)
        if written <= _FEW or self.knowledge.store.generation() != generation:
            self.reindex()
        self.knowledge.spreadsheet_imports.finish(claim, needs_index=False)


def import_rounds(knowledge: Knowledge, reindex: Callable[[], None]) -> list[Round]:
    """Return the work that comes round for imports."""
    worker = Worker(knowledge=knowledge, reindex=reindex, apart=lambda claim: run_apart(claim, knowledge.settings))
    forget = knowledge.spreadsheet_imports.forget
    return [
        Round(name="imports", work=worker.work, every_s=_LOOK_EVERY_S, again_s=_AGAIN_S),
        Round(name="forget imports", work=forget, every_s=_FORGET_EVERY_S, again_s=_AGAIN_S),
    ]


def run_apart(claim: Claim, settings: Settings) -> None:
    """Do a piece of work in a process of its own, and wait for its end.

    Raises:
        subprocess.SubprocessError: It failed, or took too long.
    """
    command = [sys.executable, "-m", "console.imports.child", str(claim.import_id), claim.worker, claim.task]
    environment = {**os.environ, **_environment(settings), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=True, timeout=_LONGEST_S)


def _environment(settings: Settings) -> Mapping[str, str]:
    given = {
        "LOTSE_DATA_DIR": settings.data_dir, "LOTSE_DATABASE_URL": settings.database_url,
        "LOTSE_ENCODER": settings.encoder, "LOTSE_TAXONOMY_DIR": settings.taxonomy_dir,
    }  # fmt: skip
    return {name: str(value) for name, value in given.items() if value is not None}
