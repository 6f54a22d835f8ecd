"""Spreadsheets in the console, from the upload to undoing, with tables as people really keep them."""

import io
from collections.abc import Callable

import openpyxl
import pytest

from console.imports.worker import Worker
from knowledge import Knowledge
from tests.unit.console.conftest import Indexed, Person
from tests.unit.console.uploading import HEAD, checked, chosen_fields, counts, uploaded, workbook

MakePerson = Callable[..., Person]


MESSY = workbook(
    ["Angebotsliste Bündnis Köthen, Stand November 2026"],
    [],
    ["Ort", "", "Angebot", "Rubrik", "PLZ", "ab Alter", "Tel.", "Tel.", "Beginn", "Preis", "Internet", "Nr."],
    [
        "Köthen",
        None,
        "Krabbelgruppe",
        "Krabbelgruppe",
        6366,
        "0,5",
        "03496 1",
        None,
        "01.12.2026",
        "kostenlos",
        "www.example.org/k",
        1,
    ],
    ["Kitas"],
    ["Köthen", None, "Kita Mond", "Kita", 636, 1, None, "0170 2", "31.02.2027", "k. A.", None, 2],
    ["Köthen", None, "Krabbelgruppe", "Krabbelgruppe", "06366", None, None, None, None, None, None, 3],
    [],
    ["Alle Angaben ohne Gewähr"],
    merged="A1:H1",
)


def test_a_messy_workbook_is_understood_looked_through_imported_and_undone(
    anna: Person, worker: Worker, knowledge: Knowledge, indexed: Indexed
) -> None:
    at = uploaded(anna, worker, MESSY, "Liste 2026.xlsx")
    chosen = {name: field for name, field in chosen_fields(anna).items() if field}
    assert set(chosen.values()) == {
        "city",
        "title",
        "categories",
        "postal_code",
        "age_min",
        "phone",
        "valid_from",
        "cost",
        "url",
    }
    assert "zum Beispiel: Krabbelgruppe · Kita Mond" in anna.text
    assert "Tel. (2)" in anna.text
    anna.post(f"{at}/columns", **chosen)
    worker.work()
    anna.get(at)
    assert counts(knowledge) == {"added": 1, "faulty": 2, "skipped": 2, "missing": 1}
    anna.get(f"{at}?kind=faulty")
    assert "Angebote, Zeile 6" in anna.text
    assert "PLZ: „636“ ist keine deutsche Postleitzahl. Schreiben Sie fünf Ziffern" in anna.text
    assert "Beginn: „31.02.2027“ ist kein Datum." in anna.text
    assert "Diese Zeile meint dasselbe Angebot wie Zeile 4." in anna.text
    anna.get(f"{at}?kind=skipped")
    assert "Alle Angaben ohne Gewähr" in anna.text
    before = knowledge.store.offerings()
    anna.post(f"{at}/apply", missing="withdraw")
    worker.work()
    [new] = [one for one in knowledge.store.offerings() if one not in before]
    assert (new.title, new.postal_code, new.age_min, str(new.valid_from)) == (
        "Krabbelgruppe",
        "06366",
        0.5,
        "2026-12-01",
    )
    assert (new.url, new.alliance, new.cost) == ("https://www.example.org/k", "koethen", "kostenlos")
    # A faulty row may be the one that is missing: nothing is withdrawn.
    assert knowledge.store.offering("kita-sonne") is not None
    assert knowledge.store.revisions("offering", new.id)[0].editor == "anna@example.org"
    assert indexed.times == 1
    anna.get(at)
    assert "Übernommene Angebote: 1 neu, 0 geändert" in anna.text
    anna.post(f"{at}/undo")
    worker.work()
    anna.get(at)
    assert knowledge.store.offerings() == before
    assert "Der Import ist zurückgenommen." in anna.text
    assert indexed.times == 2


def test_faulty_rows_are_downloaded_corrected_and_imported_by_themselves(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    at = checked(anna, worker, f"{HEAD}\nHort Eins;Hort;636;Köthen\n=1+1;Hort;zwei;Köthen\n")
    book = openpyxl.load_workbook(io.BytesIO(anna.get(f"{at}/faulty-rows.xlsx").data))
    assert book.active is not None
    rows = [[cell.value for cell in row] for row in book.active.rows]
    assert rows[0] == ["Titel", "Kategorie", "PLZ", "Ort", "Zeile", "Was nicht stimmt"]
    assert rows[1][2:5] == ["636", "Köthen", "2"]
    assert (rows[2][0], book.active["A3"].data_type) == ("=1+1", "s")
    rows[1][2], rows[2][0], rows[2][2] = "06366", "Hort Zwei", "06366"
    checked(anna, worker, workbook(*rows), "berichtigt.xlsx")
    assert counts(knowledge) == {"added": 2, "missing": 1}


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\nHort Über;Hort;6366;Köthen\n".encode("cp1252"),
        f"{HEAD}\nHort Über;Hort;6366;Köthen\n".encode("utf-8-sig"),
        f"{HEAD}\nHort Über;Hort;6366;Köthen\n".encode("utf-16"),
        f"{HEAD}\nHort Über;Hort;6366;Köthen\n".replace(";", "\t").encode(),
        f"{HEAD}\nHort Über;Hort;6366;Köthen\n".replace(";", ",").encode(),
        f"Angebote, Gruppen, Kurse\n;;;\n{HEAD}\nHort Über;Hort;6366;Köthen\n".encode(),
    ],
)
def test_text_files_of_every_program_are_read(
    anna: Person, worker: Worker, knowledge: Knowledge, content: bytes
) -> None:
    at = checked(anna, worker, content)
    anna.post(f"{at}/apply")
    worker.work()
    assert {(one.title, one.postal_code) for one in knowledge.store.offerings() if one.city == "Köthen"} >= {
        ("Hort Über", "06366")
    }


def test_columns_that_a_list_lacks_leave_offerings_as_they_are_and_empty_cells_empty_them(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    at = checked(anna, worker, "ID;Titel;Telefon;Ort\nkita-sonne;Kita Sonne am See;;Köthen\n", category="leisure")
    anna.get(f"{at}?kind=changed")
    assert "Kita Sonne am See" in anna.text
    assert "03496 123456" in anna.text
    anna.post(f"{at}/apply")
    worker.work()
    found = knowledge.store.offering("kita-sonne")
    assert found is not None
    assert (found.title, found.phone, found.postal_code, found.categories) == (
        "Kita Sonne am See",
        None,
        "06366",
        ("daycare",),
    )


def test_missing_offerings_are_withdrawn_only_on_request(anna: Person, worker: Worker, knowledge: Knowledge) -> None:
    at = checked(anna, worker, f"{HEAD}\nHort;Hort;06366;Köthen\n")
    assert "Veröffentlichte Angebote, die nicht in der Tabelle stehen: 1." in anna.text
    anna.post(f"{at}/apply", missing="withdraw")
    worker.work()
    assert knowledge.store.offering("kita-sonne") is None
    assert knowledge.store.offering("kita-fremd") is not None


def test_a_row_cannot_reach_an_offering_or_draft_of_another_alliance(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    at = checked(anna, worker, "ID;Titel;Kategorie;Bündnis\nkita-fremd;Gekapert;Kita;\n;Anderswo;Kita;halle\n")
    assert counts(knowledge)["faulty"] == 1
    anna.post(f"{at}/apply")
    worker.work()
    foreign, own = knowledge.store.offering("kita-fremd"), knowledge.store.offering("koethen-kita-fremd")
    assert foreign is not None
    assert own is not None
    assert (foreign.title, own.title, own.alliance) == ("Kita Fremd", "Gekapert", "koethen")


def test_a_choice_of_columns_is_remembered_for_these_headings(anna: Person, worker: Worker) -> None:
    table = "Wie es heißt;Rubrik;Wo\nHort;Hort;Köthen\n"
    at = uploaded(anna, worker, table)
    assert anna.post(f"{at}/columns", **{"c0-1": "categories"}).status_code == 422
    assert "Es fehlt die Spalte mit dem Titel." in anna.text
    anna.post(f"{at}/columns", **{"c0-0": "title", "c0-1": "categories", "c0-2": "city"})
    uploaded(anna, worker, "Wo;Rubrik;Wie es heißt\nKöthen;Hort;Hort\n")
    assert {name: field for name, field in chosen_fields(anna).items() if field} == {
        "c0-0": "city", "c0-1": "categories", "c0-2": "title",
    }  # fmt: skip


def test_two_columns_are_not_one_field_and_a_category_is_needed(anna: Person, worker: Worker) -> None:
    at = uploaded(anna, worker, "Titel;Name\nHort;Hort\n")
    assert anna.post(f"{at}/columns", **{"c0-0": "title", "c0-1": "title"}).status_code == 422
    assert "Dieses Feld ist schon einer anderen Spalte zugeordnet." in anna.text
    assert "Es fehlt die Kategorie." in anna.text
    assert anna.post(f"{at}/columns").status_code == 422
    assert "Sie haben keine Spalte zugeordnet." in anna.text


def test_an_offering_edited_meanwhile_stops_the_import_and_is_named(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    at = checked(anna, worker, "ID;Titel;Kategorie\nkita-sonne;Kita Mond;Kita\n")
    present = knowledge.store.offering("kita-sonne")
    assert present is not None
    edited = present.model_copy(update={"phone": "110"})
    knowledge.store.put([edited], editor="ben")
    anna.post(f"{at}/apply")
    worker.work()
    anna.get(at)
    assert "wurden diese Angebote anderswo geändert" in anna.text
    assert knowledge.store.offering("kita-sonne") == edited
    anna.post(f"{at}/apply")
    worker.work()
    assert knowledge.store.offering("kita-sonne") == edited.model_copy(update={"title": "Kita Mond"})
    # Edited since the import: undoing leaves it, and says so.
    knowledge.store.put([edited], editor="ben")
    anna.post(f"{at}/undo")
    worker.work()
    anna.get(at)
    assert "Nicht zurückgenommen, weil seit dem Import bearbeitet: 1" in anna.text
    assert knowledge.store.offering("kita-sonne") == edited
