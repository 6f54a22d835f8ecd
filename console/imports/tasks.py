"""What a worker does with a file: read it, and look what its rows would do. In a process of its own, beside the web server's."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import SQLAlchemyError

from knowledge import Knowledge
from knowledge.errors import ImportFileError, LeaseLostError
from knowledge.importing.planning import Plan, columns_of
from knowledge.importing.sheets import described, pack, read_sheets, unpack
from knowledge.store import Claim
from knowledge.store.spreadsheet_imports import LEASE

_BEATS = 3  # in one lease


def work_on(knowledge: Knowledge, claim: Claim) -> None:
    """Do a piece of work that was claimed.

    Raises:
        LeaseLostError: Somebody else has taken it up meanwhile.
    """
    with _beating(knowledge, claim):
        if claim.task == "reading":
            _read(knowledge, claim)
        elif claim.task == "checking":
            _check(knowledge, claim)
        else:
            knowledge.index()


def _read(knowledge: Knowledge, claim: Claim) -> None:
    imports = knowledge.spreadsheet_imports
    job, content = imports.one(claim.import_id), imports.content(claim.import_id)
    if job is None or content is None:
        imports.finish(claim, state="failed", problem="too_old")
        return
    with TemporaryDirectory() as folder:
        # The name is the uploader's; only its ending tells something.
        path = Path(folder) / f"list{Path(job.file_name).suffix.lower()}"
        path.write_bytes(content)
        try:
            sheets = read_sheets(path)
        except ImportFileError as error:
            imports.finish(claim, state="failed", problem=error.code)
            return
    imports.read(claim, described(sheets), pack(sheets))


def _check(knowledge: Knowledge, claim: Claim) -> None:
    imports, lines = knowledge.spreadsheet_imports, knowledge.spreadsheet_lines
    job, content = imports.one(claim.import_id), imports.content(claim.import_id)
    if job is None or content is None:
        imports.finish(claim, state="failed", problem="too_old")
        return
    plan = Plan(
        alliance=job.alliance, alliance_name=lines.name_of(job.alliance), columns=columns_of(job.mapping["columns"]),
        category=job.mapping.get("category"), taxonomy=knowledge.taxonomy, present=lines.present,
    )  # fmt: skip
    total = sum(sheet["rows"] for sheet in job.sheets if sheet["name"] in plan.columns)
    counts: Counter[str] = Counter()
    lines.clear(claim)
    for found in plan.lines(unpack(content)):
        lines.add(claim, found, first=counts.total(), done=min(counts.total() + len(found), total), total=total)
        counts.update(one.kind for one in found)
    for found in plan.missing(lines.published(job.alliance)):
        lines.add(claim, found, first=counts.total(), done=total, total=total)
        counts.update(one.kind for one in found)
    edited = {"edited": job.counts["edited"]} if job.problem == "edited_meanwhile" else {}
    imports.finish(claim, state="checked", counts={**counts, **edited})


@contextmanager
def _beating(knowledge: Knowledge, claim: Claim) -> Iterator[None]:
    """Keep the lease alive while there is nothing to tell; it ends with the process."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(LEASE.total_seconds() / _BEATS):
            try:
                knowledge.spreadsheet_imports.renew(claim)
            except LeaseLostError:
                return  # the next write says so
            except SQLAlchemyError:
                continue  # others write for long; two more beats belong to the lease

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
