"""The pages of an import: what they refuse, what they say meanwhile, and that nothing is done twice."""

import io
from collections.abc import Callable

import pytest

from console.imports.worker import Worker
from knowledge import Knowledge
from tests.unit.console.conftest import Person
from tests.unit.console.uploading import HEAD, checked, chosen_fields, send, uploaded

MakePerson = Callable[..., Person]


def test_while_it_works_the_page_says_how_far_and_comes_again(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    answer = send(anna, f"{HEAD}\nHort;Hort;06366;Köthen\n")
    page = anna.get(str(answer.location))
    assert page.headers["Refresh"] == "3"
    assert "<progress" in anna.html
    worker.work()
    page = anna.get(str(answer.location))
    assert "Refresh" not in page.headers
    assert "Spalten zuordnen" in anna.text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("liste.xls", b"x", "Diese Art von Datei können wir nicht lesen."),
        ("liste.csv", b"", "Diese Datei ist leer."),
        ("", b"x", "Es ist keine Datei gewählt."),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_at_its_field(
    anna: Person, name: str, content: bytes, sentence: str
) -> None:
    assert send(anna, content, name).status_code == 422
    assert sentence in anna.text


def test_a_file_that_cannot_be_read_says_why_and_can_be_discarded(
    anna: Person, worker: Worker, knowledge: Knowledge
) -> None:
    at = uploaded(anna, worker, b"PK\x03\x04 broken", "liste.xlsx")
    assert "Diese Excel-Datei ist beschädigt" in anna.text
    assert anna.post(f"{at}/discard").status_code == 302
    assert anna.get(at).status_code == 404


def test_a_table_may_be_larger_than_a_form_and_one_that_is_too_large_is_refused(anna: Person) -> None:
    assert send(anna, b"Titel\n" + b"x" * 3_000_000).status_code == 302
    assert send(anna, b"x" * 20_100_000).status_code == 413
    assert "mehr als 20 MB gehen nirgends" in anna.text


def test_whoever_was_signed_out_meanwhile_is_told_to_choose_the_file_again(person: MakePerson) -> None:
    one = person()
    one.get("/console/sign-in")
    assert one.post("/console/imports/", file=(io.BytesIO(b"x" * 3_000_000), "a.csv")).status_code == 401
    assert "wählen Sie die Datei noch einmal aus" in one.text


def test_cells_and_file_names_are_text_whatever_they_hold(anna: Person, worker: Worker) -> None:
    at = uploaded(anna, worker, "Titel;Kategorie;<b>x</b>\n<script>alert(1)</script>;Hort;<i>\n", "<img src=x>.csv")
    anna.post(f"{at}/columns", **chosen_fields(anna))
    worker.work()
    anna.get(at)
    assert "<script>alert" not in anna.html
    assert "<img src=x>" not in anna.html
    assert "&lt;script&gt;alert(1)" in anna.html


def test_an_import_is_pressed_once(anna: Person, worker: Worker) -> None:
    at = checked(anna, worker, f"{HEAD}\nHort;Hort;06366;Köthen\n")
    assert anna.post(f"{at}/undo").status_code == 409
    assert anna.post(f"{at}/apply").status_code == 302
    assert anna.post(f"{at}/apply").status_code == 409
    assert anna.post(f"{at}/discard").status_code == 409


def test_long_lists_come_in_pages(anna: Person, worker: Worker) -> None:
    rows = "\n".join(f"Hort {n};Hort;06366;Köthen" for n in range(60))
    at = checked(anna, worker, f"{HEAD}\n{rows}\n")
    assert "Seite 1 von 3" in anna.text
    anna.get(f"{at}?kind=added&page=3")
    assert "Hort 59" in anna.text
    assert "Hort 49 " not in anna.text
