"""Tables that are taken away: they come back as they were, hold nothing that families do not see, and calculate nothing."""

import io
import json
from collections.abc import Callable

import openpyxl

from console.imports.worker import Worker
from knowledge import Knowledge
from tests.unit.console.conftest import Person
from tests.unit.console.uploading import checked, chosen_fields, counts, uploaded

MakePerson = Callable[..., Person]


def test_an_export_comes_back_unchanged_in_each_form(anna: Person, worker: Worker, knowledge: Knowledge) -> None:
    for kind in ("xlsx", "csv"):
        answer = anna.get(f"/console/exports/offerings?format={kind}")
        assert answer.headers["Content-Disposition"] == f"attachment; filename=angebote.{kind}"
        checked(anna, worker, answer.data, f"a.{kind}")
        assert counts(knowledge) == {"unchanged": 1}
    [line] = anna.get("/console/exports/offerings?format=jsonl").data.splitlines()
    assert json.loads(line)["id"] == "kita-sonne"
    assert anna.get("/console/exports/offerings?format=exe").status_code == 404


def test_an_export_holds_what_families_see_of_ones_own_alliances(anna: Person, knowledge: Knowledge) -> None:
    present = knowledge.store.offering("kita-sonne")
    assert present is not None
    dangerous = present.model_copy(update={"provider": "=HYPERLINK(1)"})
    knowledge.store.put([dangerous], editor="x")
    secret = dangerous.model_copy(update={"title": "Geheimer Entwurf"})
    knowledge.editions.save(secret, state="draft", editor="x", read_version=2)
    text = anna.get("/console/exports/offerings?format=csv&state=published").data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "Geheimer Entwurf" not in text
    assert "Kita Fremd" not in text
    assert len(anna.get("/console/exports/offerings?format=csv&q=nirgends").data.splitlines()) == 1


def test_the_template_is_a_table_without_offerings_whose_help_is_no_list(anna: Person, worker: Worker) -> None:
    answer = anna.get("/console/exports/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Angebote", "Hilfe"]
    assert book["Angebote"]["A1"].value == "Angebot"
    assert all(row[1].value for row in list(book["Hilfe"].rows)[1:22])
    book["Angebote"].append(["Hort", "", "Hort"])
    out = io.BytesIO()
    book.save(out)
    uploaded(anna, worker, out.getvalue(), "vorlage.xlsx")
    assert [name for name, field in chosen_fields(anna).items() if field and name.startswith("c1")] == []
