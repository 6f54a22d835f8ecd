"""Saved questions in the console: written, suggested, asked, changed, and what an edit would cost them."""

import csv
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from console.bench.suggesting import WAYS, frames, suggestions
from knowledge import LANGUAGES, Knowledge, Offering
from knowledge.store import Asked
from tests.unit.console.conftest import FIELDS, KITA, Person, save_question

MakePerson = Callable[..., Person]
PAGE = "/console/offerings/kita-sonne/questions"


def _sent(**fields: Any) -> dict[str, Any]:
    return {"text": "Kita in Köthen", "language": "", "near": "", "within": "3", "do": "add", **fields}


def test_a_question_is_saved_in_the_language_that_is_read_and_asked_at_once(
    person: MakePerson, searched: Knowledge
) -> None:
    anna = person("anna")
    anna.get(PAGE)
    answer = anna.post(PAGE, **_sent(text="  أبحث عن حضانة\n لابنتي في Köthen ", near="06366", within="1"))
    assert answer.status_code == 302, anna.text
    (one,) = searched.saved_questions.all()
    assert (one.alliance, one.offering) == ("koethen", "kita-sonne")
    assert one.asked == Asked(text="أبحث عن حضانة لابنتي في Köthen", language="ar", near="06366", within=1)
    anna.get(answer.location)
    assert "Gespeichert und gleich gestellt" in anna.text
    assert "✓ Platz 1" in anna.text
    assert '<bdi class="asked" lang="ar">' in anna.html
    assert searched.saved_questions.all()[0].last.state == "passed"


def test_the_language_can_be_corrected(person: MakePerson, searched: Knowledge) -> None:
    id_ = save_question(searched)
    anna = person("anna")
    anna.get(f"/console/bench/{id_}")
    assert anna.post(f"/console/bench/{id_}", **_sent(text="Kita", language="tr", do="save")).status_code == 302
    one = searched.saved_questions.one(id_)
    assert one
    assert one.asked == Asked(text="Kita", language="tr")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "  ", "Die Frage fehlt"),
        ("text", "x" * 301, "höchstens 300 Zeichen"),
        ("near", "Nirgendwoheim", "Diesen Ort kennen wir nicht"),
        ("near", "x" * 101, "Diesen Ort kennen wir nicht"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    person: MakePerson, searched: Knowledge, field: str, value: str, said: str
) -> None:
    id_ = save_question(searched)
    anna = person("anna")
    for path in (PAGE, f"/console/bench/{id_}"):
        anna.get(path)
        sent = _sent(**{"text": "Wo ist eine Kita?", "within": "1", field: value})
        assert anna.post(path, **sent).status_code == 422
        assert said in anna.text
        assert f'id="{field}-fault"' in anna.html
        if value.strip():
            assert f'value="{value}"' in anna.html
        assert '<option value="1" selected>' in anna.html
    assert [one.asked for one in searched.saved_questions.all()] == [KITA]


def test_markup_in_a_question_stays_text(person: MakePerson, searched: Knowledge) -> None:
    save_question(searched, Asked(text="<img src=x onerror=alert(1)>", language="de"))
    anna = person("anna")
    for path in (PAGE, "/console/bench/"):
        anna.get(path)
        assert "&lt;img" in anna.html
        assert "<img src=x" not in anna.html


def test_one_question_twice_and_too_many_are_refused_with_a_way_on(person: MakePerson, searched: Knowledge) -> None:
    first = save_question(searched)
    for number in range(29):
        last = save_question(searched, Asked(text=f"Kita {number}", language="de"))
    anna = person("anna")
    anna.get(PAGE)
    assert anna.post(PAGE, **_sent(text="Noch eine Frage nach einer Kita")).status_code == 422
    assert "Löschen Sie zuerst eine" in anna.text
    assert 'value="Noch eine Frage nach einer Kita"' in anna.html
    assert anna.post(f"/console/bench/{last}", **_sent(text=KITA.text, language="de", do="save")).status_code == 422
    assert "Diese Frage hat das Angebot schon" in anna.text
    assert anna.post(f"/console/bench/{first}", do="delete").location.endswith("/questions?said=question_deleted")
    assert searched.saved_questions.one(first) is None


def test_suggestions_come_in_ten_languages_with_their_place_and_are_picked(
    person: MakePerson, searched: Knowledge
) -> None:
    anna = person("anna")
    anna.get(PAGE)
    assert anna.html.count('name="pick"') == len(LANGUAGES)
    assert anna.html.count("✓ Platz 1") >= 8
    anna.post(PAGE, do="pick", pick=["tr", "fa", "xx"])
    assert [one.asked.language for one in searched.saved_questions.all()] == ["tr", "fa"]
    anna.get(PAGE)
    assert anna.html.count('name="pick"') == len(LANGUAGES) - 2
    assert anna.post(PAGE, do="pick").location.endswith("said=questions_none_picked")


@pytest.mark.parametrize("way", WAYS)
def test_suggestions_name_need_and_place_and_are_read_in_their_language(searched: Knowledge, way: str) -> None:
    offering = searched.store.offering("kita-sonne")
    assert offering
    for place, city in (("Köthen", "Köthen (Anhalt)"), ("06366", None)):
        offered = suggestions(searched, offering.model_copy(update={"city": city}), way)
        assert [one.language for one in offered] == list(LANGUAGES)
        assert all(place in one.text and "(Anhalt)" not in one.text for one in offered)
    read = [searched.identifier.identify(one.text, default="de") for one in offered]
    assert read == list(LANGUAGES)
    online = suggestions(searched, offering.model_copy(update={"format": "online"}), way)
    assert not any("Köthen" in one.text or "06366" in one.text for one in online)


def test_a_childs_age_is_written_as_the_language_writes_it(searched: Knowledge) -> None:
    kita = Offering(id="k", alliance="koethen", title="Kita", categories=("daycare",), city="Köthen", age_min=3)
    texts = {one.language: one.text for one in suggestions(searched, kita, "need")}
    assert texts["de"].endswith("in Köthen für unser Kind (3 Jahre)?")
    assert texts["pl"].endswith("dla naszego dziecka (3 lata)?")
    assert texts["ru"].endswith("для нашего ребёнка (3 года)?")


def test_every_language_has_every_frame_with_its_blanks() -> None:
    blanks = {kind: sorted(re.findall(r"\{\w+\}", frame)) for kind, frame in frames()["de"].items()}
    assert set(frames()) == set(LANGUAGES)
    for language, own in frames().items():
        assert {kind: sorted(re.findall(r"\{\w+\}", frame)) for kind, frame in own.items()} == blanks, language


def test_a_draft_is_asked_as_if_it_were_published_and_nothing_is_noted(person: MakePerson, searched: Knowledge) -> None:
    helga = person("helga")
    helga.get("/console/offerings/new")
    id_ = helga.post("/console/offerings/new", **FIELDS, do="draft").location.split("/")[3].partition("?")[0]
    one = save_question(searched, Asked(text="Elterncafé in Köthen", language="de"), offering=id_)
    helga.get(f"/console/offerings/{id_}/questions")
    assert "als wäre er schon veröffentlicht" in helga.text
    assert "✓ Platz 1" in helga.text
    noted = searched.saved_questions.one(one)
    assert noted
    assert noted.last.state == "new"
    helga.get("/console/bench/")
    assert "– ruht" in helga.text


def test_the_overview_shows_ones_own_alliances_with_how_each_went(person: MakePerson, searched: Knowledge) -> None:
    save_question(searched)
    save_question(searched, Asked(text="Hort in Halle", language="de"), offering="kita-fremd", alliance="halle")
    save_question(searched, Asked(text="Deutschkurs in München", language="de"))
    anna, office = person("anna"), person("office")
    anna.get("/console/bench/")
    assert "1 gefunden, 1 nicht gefunden, 0 ruhen" in anna.text
    assert "Hort in Halle" not in anna.text
    assert anna.text.index("Deutschkurs in München") < anna.text.index("Kita in Köthen"), "failures come first"
    anna.get("/console/bench/?state=passed")
    assert "Kita in Köthen" in anna.text
    assert "Deutschkurs" not in anna.text
    office.get("/console/bench/?alliance=halle")
    assert "Hort in Halle" in office.text
    assert "Kita in Köthen" not in office.text
    assert anna.post("/console/bench/run").location.endswith("said=questions_asked")


def test_a_reader_looks_and_changes_nothing(person: MakePerson, searched: Knowledge) -> None:
    id_ = save_question(searched)
    rita = person("rita")
    for path in (PAGE, "/console/bench/"):
        assert rita.get(path).status_code == 200
        assert "Ändern" not in rita.text
        assert 'name="pick"' not in rita.html
    for path in (PAGE, "/console/bench/run", f"/console/bench/{id_}"):
        assert rita.post(path, **_sent()).status_code == 403


def test_files_hold_what_the_filter_shows_and_no_formulas(person: MakePerson, searched: Knowledge) -> None:
    save_question(searched, Asked(text='=HYPERLINK("x")', language="de", near="06366"))
    save_question(searched, Asked(text="مرحبا", language="ar"))
    anna = person("anna")
    anna.get("/console/bench/")
    rows = list(
        csv.reader(
            anna.get("/console/bench/questions.csv?language=de").get_data(as_text=True).splitlines(), delimiter=";"
        )
    )
    assert rows[0][0] == "\ufeffFrage"
    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [('\'=HYPERLINK("x")', "06366", "Kita Sonne")]
    lines = anna.get("/console/bench/questions.jsonl").get_data(as_text=True).splitlines()
    assert [json.loads(line)["relevant"] for line in lines] == [[{"id": "kita-sonne", "grade": 2}]] * 2


def test_without_an_index_every_page_says_so(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    for path in (PAGE, "/console/bench/"):
        assert anna.get(path).status_code == 200
        assert "Die Suche wird gerade vorbereitet" in anna.text
    assert anna.post("/console/bench/run").location.endswith("said=questions_no_index")
    anna.get("/console/offerings/kita-sonne")
    assert "said=state_withdrawn" in anna.post("/console/offerings/kita-sonne/withdraw", version="1").location


def test_a_question_of_an_offering_that_is_gone_can_still_be_deleted(person: MakePerson, searched: Knowledge) -> None:
    id_ = save_question(searched, offering="nie-da")
    anna = person("anna")
    anna.get("/console/bench/")
    assert "Das Angebot gibt es nicht mehr" in anna.text
    anna.get(f"/console/bench/{id_}")
    assert anna.post(f"/console/bench/{id_}", do="delete").location == "/console/bench/?said=question_deleted"
