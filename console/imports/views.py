"""Imports: the list, the upload, and one import from its columns to its end."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.downloads import XLSX, attached
from console.imports import columns
from console.imports.faulty import sentences, write_faulty
from console.names import alliance_names, category_labels, name_of, own_alliances
from console.offerings.differences import differences, written
from console.pages import rendered
from console.paging import PAGE_SIZE, page_there
from console.parts import parts
from console.policy import needs, takes_files
from console.visitor import page_language, signed_in, subject
from knowledge import LANGUAGES
from knowledge.importing.sheets import SHEET_KINDS
from knowledge.store import LINE_KINDS, SpreadsheetImport
from knowledge.store.spreadsheet_imports import WORK
from widget.texts import language_names

imports = Blueprint("imports", __name__, url_prefix="/imports")
LARGEST_FILE_BYTES = 20_000_000
_FORM_AROUND_IT_BYTES = 10_000
_MOST_OPEN = 20  # of one alliance: each keeps its file
_OPEN = ("reading", "mapping", "checking", "checked")
_LOOK_AGAIN_S = 3


@imports.get("/")
@needs("offering.import")
def listing() -> Response:
    """Show the imports of one's own alliances, and the form for a new one."""
    return _listing()


@imports.post("/")
@needs("offering.import")
@takes_files(LARGEST_FILE_BYTES + _FORM_AROUND_IT_BYTES)
def upload() -> ResponseReturnValue:
    """Take a file, and have it read."""
    file, alliance = request.files.get("file"), request.form.get("alliance", "")
    store = parts().knowledge.spreadsheet_imports
    if alliance not in {one.id for one in own_alliances()}:
        return _listing(faults={"alliance": "fault_no_alliance"})
    if file is None or not file.filename:
        return _listing(faults={"file": "fault_no_file"}, alliance=alliance)
    name = Path(file.filename.replace("\\", "/")).name
    if Path(name).suffix.lower() not in SHEET_KINDS:
        return _listing(faults={"file": "fault_import_kind"}, alliance=alliance)
    if sum(one.state in _OPEN for one in store.all([alliance])) >= _MOST_OPEN:
        return _listing(faults={"file": "fault_too_many_open"}, alliance=alliance)
    content = file.read()
    if not content:
        return _listing(faults={"file": "fault_import_empty"}, alliance=alliance)
    id_ = store.begin(alliance=alliance, editor=signed_in().email, file_name=name, content=content)
    return redirect(url_for("console.imports.show", import_id=id_))


@imports.get("/<int:import_id>")
@needs("offering.import")
def show(import_id: int) -> Response:
    """Show what an import waits for: a moment, its columns, a yes; or what became of it."""
    job = subject(SpreadsheetImport)
    if job.state == "mapping" or (job.state == "checked" and request.args.get("columns") == "yes"):
        return _columns(job, _proposed(job))
    lines, kind = parts().knowledge.spreadsheet_lines, _kind(job)
    total = job.counts.get(kind, 0) if kind else 0
    number, pages = page_there(total, request.args.get("page", 1, type=int))
    found = lines.page(import_id, kind, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE) if kind else []
    works = job.state in WORK
    response = rendered(
        "import.html", job=job, works=works, kinds=[one for one in LINE_KINDS if job.counts.get(one)], kind=kind, lines=found,
        number=number, pages=pages, written=written, name_of=name_of, alliance=alliance_names().get(job.alliance, job.alliance),
        changed=lambda line: differences(line.before or {}, line.content or {}),
        sentences=lambda line: sentences(line, page_language()),
        kept=lines.kept(import_id) if job.counts.get("kept") else [],
        to_write=sum(job.counts.get(one, 0) for one in ("added", "changed", "returned")),
    )  # fmt: skip
    if works or job.needs_index:
        response.headers["Refresh"] = str(_LOOK_AGAIN_S)
    return response


@imports.post("/<int:import_id>/columns")
@needs("offering.import")
def choose_columns(import_id: int) -> ResponseReturnValue:
    """Take the choice of columns, remember it, and have the rows looked through."""
    job, knowledge = subject(SpreadsheetImport), parts().knowledge
    choice = columns.chosen(request.form, job.sheets, knowledge.taxonomy)
    if choice.faults:
        return _columns(job, choice)
    store = knowledge.spreadsheet_imports
    if not store.turn(import_id, "checking", seen=("mapping", "checked"), mapping=choice.stored):
        abort(409)
    store.remember(job.alliance, columns.digest(job.sheets), choice.stored)
    return redirect(url_for("console.imports.show", import_id=import_id))


@imports.post("/<int:import_id>/apply")
@needs("offering.import")
def apply(import_id: int) -> ResponseReturnValue:
    """Have all of it brought into the offerings."""
    job = subject(SpreadsheetImport)
    # A faulty row may mean an offering that seems to be missing.
    withdraws = request.form.get("missing") == "withdraw" and not job.counts.get("faulty")
    if not parts().knowledge.spreadsheet_imports.turn(import_id, "applying", seen=("checked",), withdraws=withdraws):
        abort(409)
    return redirect(url_for("console.imports.show", import_id=import_id))


@imports.post("/<int:import_id>/undo")
@needs("offering.import")
def undo(import_id: int) -> ResponseReturnValue:
    """Have everything brought back as it was, but for what was edited since."""
    turn = parts().knowledge.spreadsheet_imports.turn
    if not subject(SpreadsheetImport).can_be_undone or not turn(
        import_id, "undoing", seen=("applied",), undone_by=signed_in().email
    ):
        abort(409)
    return redirect(url_for("console.imports.show", import_id=import_id))


@imports.post("/<int:import_id>/discard")
@needs("offering.import")
def discard(import_id: int) -> ResponseReturnValue:
    """Delete an import that has written nothing, with its file."""
    if not parts().knowledge.spreadsheet_imports.discard(import_id, seen=("mapping", "checked", "failed")):
        abort(409)
    return redirect(url_for("console.imports.listing", said="import_discarded"))


@imports.get("/<int:import_id>/faulty-rows.xlsx")
@needs("offering.import")
def faulty_rows(import_id: int) -> Response:
    """Return the faulty rows as a workbook."""
    lines = parts().knowledge.spreadsheet_lines.page(import_id, "faulty")
    return attached(lambda out: write_faulty(lines, page_language(), out), f"{import_id}-faulty-rows.xlsx", XLSX)


def _kind(job: SpreadsheetImport) -> str | None:
    """Return the kind of lines to show: the one asked for, else the first that there are."""
    there = [kind for kind in LINE_KINDS if job.counts.get(kind)]
    asked = request.args.get("kind")
    return asked if asked in there else next(iter(there), None)


def _proposed(job: SpreadsheetImport) -> columns.Choice:
    """Return the choice made before for this file, else for the same headings, else what the headings say."""
    if job.mapping:
        return columns.stored(job.mapping)
    remembered = parts().knowledge.spreadsheet_imports.remembered(job.alliance, columns.digest(job.sheets))
    return columns.stored(remembered) if remembered else columns.guessed(job.sheets)


def _columns(job: SpreadsheetImport, choice: columns.Choice) -> Response:
    return rendered(
        "import_columns.html", status=422 if choice.faults else 200, job=job, choice=choice, fields=columns.FIELDS,
        translated=[(part, code, language_names()[code]) for part in ("title", "description") for code in LANGUAGES if code != "de"],
        categories=category_labels(), alliance=alliance_names().get(job.alliance, job.alliance),
    )  # fmt: skip


def _listing(*, faults: dict[str, str] | None = None, alliance: str = "") -> Response:
    found = parts().knowledge.spreadsheet_imports.all(signed_in().tenants)
    values: dict[str, Any] = {"faults": faults or {}, "alliance": alliance}
    return rendered(
        "imports.html", status=422 if faults else 200, imports=found, alliances=own_alliances(), name_of=name_of,
        alliance_name=alliance_names(), largest_mb=LARGEST_FILE_BYTES // 1_000_000, **values,
    )  # fmt: skip
