"""A coordinator who brings tables, and a worker that works at once."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from werkzeug.test import TestResponse

from console.imports.worker import Worker
from knowledge import Knowledge
from tests.unit.console.conftest import Person

HEAD = "Titel;Kategorie;PLZ;Ort"


def send(one: Person, content: bytes | str, name: str = "liste.csv", alliance: str = "koethen") -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    one.get("/console/imports/")
    return one.post("/console/imports/", alliance=alliance, file=(io.BytesIO(raw), name))


def uploaded(one: Person, worker: Worker, content: bytes | str, name: str = "liste.csv") -> str:
    """Send a file, have it read, and return the import's address."""
    answer = send(one, content, name)
    assert answer.status_code == 302, one.text
    worker.work()
    at = str(answer.location)
    one.get(at)
    return at


def chosen_fields(one: Person) -> dict[str, str]:
    """Return what is chosen in the form of the columns."""
    found = {}
    for select in one.html.split("<select ")[1:]:
        name = select.partition('name="')[2].partition('"')[0]
        options = select.partition("</select>")[0].split("<option ")[1:]
        found[name] = next((one.partition('value="')[2].partition('"')[0] for one in options if " selected" in one), "")
    return found


def checked(one: Person, worker: Worker, content: bytes | str, name: str = "liste.csv", **chosen: str) -> str:
    """Bring a file as far as its dry run."""
    at = uploaded(one, worker, content, name)
    answer = one.post(f"{at}/columns", **{**chosen_fields(one), **chosen})
    assert answer.status_code == 302, one.text
    worker.work()
    one.get(at)
    return at


def counts(knowledge: Knowledge) -> dict[str, Any]:
    return dict(knowledge.spreadsheet_imports.all()[0].counts)


def workbook(*rows: Sequence[Any], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Angebote"
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
