"""Writing, previewing, publishing, withdrawing and restoring offerings in the console."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from knowledge import Knowledge, Offering
from tests.unit.console.conftest import FIELDS, Indexed, Person

MakePerson = Callable[..., Person]


def _new(one: Person, **fields: Any) -> Any:
    one.get("/console/offerings/new")
    return one.post("/console/offerings/new", **{**FIELDS, **fields})


def test_an_offering_is_written_published_and_found_with_all_its_fields(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    anna = person("anna")
    answer = _new(anna, do="publish")
    assert answer.status_code == 302, anna.text
    id_ = answer.location.split("/")[3].partition("?")[0]
    offering = knowledge.store.offering(id_)
    assert offering is not None
    expected = {
        "alliance": "koethen", "title": "Eltern-Café", "categories": ("parenting_group", "family_counselling"), "age_min": 0.5,
        "age_max": 3.0, "languages": ("de", "tr", "ku"), "free": True, "wheelchair": False, "url": "https://www.example.org/cafe",
        "opening_hours": "Tu 09:00-11:00", "postal_code": "06366", "cost": None,
    }  # fmt: skip
    assert {name: getattr(offering, name) for name in expected} == expected
    assert offering.translations["tr"].title == "Ebeveyn kafesi"
    assert indexed.times == 1
    anna.get(answer.location)
    assert "Das Angebot ist veröffentlicht" in anna.text
    assert "Ebeveyn kafesi" in anna.text
    assert [(r.state, r.editor) for r in knowledge.editions.history(id_)] == [("published", "anna@example.org")]


def test_a_draft_is_seen_by_nobody_outside_and_asks_for_no_index(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    helga = person("helga")
    id_ = _new(helga, do="review").location.split("/")[3].partition("?")[0]
    assert knowledge.store.offering(id_) is None
    assert helga.client.get(f"/api/offerings/{id_}").status_code == 404
    assert indexed.times == 0
    anna = person("anna")
    anna.get("/console/offerings/?state=review")
    assert "Eltern-Café" in anna.text
    anna.get(f"/console/offerings/{id_}")
    anna.post(f"/console/offerings/{id_}/publish", version="1")
    assert anna.client.get(f"/api/offerings/{id_}").status_code == 200
    assert indexed.times == 1


def test_a_helper_can_not_publish_however_the_form_is_sent(person: MakePerson, knowledge: Knowledge) -> None:
    helga = person("helga")
    assert _new(helga, do="publish").status_code == 403
    helga.get("/console/offerings/kita-sonne/edit")
    fields = {**FIELDS, "title": "Kita Mond", "version": "1"}
    assert helga.post("/console/offerings/kita-sonne/edit", **fields, do="publish").status_code == 403
    assert (
        helga.post("/console/offerings/kita-sonne/restore", version="1", revision="1", do="publish").status_code == 403
    )
    assert helga.post("/console/offerings/kita-sonne/edit", **fields, do="draft").status_code == 302
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.title == "Kita Sonne"


def test_an_offering_is_not_written_into_a_foreign_alliance(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    assert _new(anna, do="publish", alliance="halle").status_code == 422
    assert [one.id for one in knowledge.store.offerings()] == ["kita-fremd", "kita-sonne"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Der Titel fehlt"),
        ("categories", [], "mindestens eine Kategorie"),
        ("postal_code", "636", "fünf Ziffern"),
        ("age_min", "ab drei", "kein Alter in Jahren"),
        ("age_min", "7", "Tauschen Sie die beiden"),
        ("age_max", "200", "kein Alter in Jahren"),
        ("email", "cafe(at)example", "keine E-Mail-Adresse"),
        ("url", "mein cafe", "keine Internetadresse"),
        ("other_languages", "Klingonisch", "Eine dieser Sprachen"),
        ("opening_hours", "immer dienstags", "Öffnungszeiten können wir nicht lesen"),
        ("checked_on", "31.02.2026", "kein Datum"),
        ("latitude", "51,75", "gehören zusammen"),
        ("description", "x" * 10_001, "zu lang"),
        ("title_tr", "", "fehlt der Titel in dieser Sprache"),
        ("title_tr", "x" * 501, "zu lang"),
        ("format", "elsewhere", "passt nicht in das Feld"),
    ],
)
def test_a_fault_is_named_at_its_field_and_nothing_typed_is_lost(
    person: MakePerson, knowledge: Knowledge, field: str, value: Any, said: str
) -> None:
    anna = person("anna")
    answer = _new(anna, do="publish", **{field: value})
    assert answer.status_code == 422
    assert said in anna.text
    at_field = "age_max" if said.startswith("Tauschen") else "longitude" if field == "latitude" else field
    assert f'id="{at_field}-fault"' in anna.html
    for kept in (
        "Kaffee und Rat." if field != "description" else "x" * 100,
        "Marktplatz 1",
        "Ebeveyn kafesi" if field != "title_tr" else "Kahve",
    ):
        assert kept in anna.html
    if isinstance(value, str) and value.strip() and field not in {"description", "format"}:
        assert f'value="{value}"' in anna.html
    assert len(knowledge.store.offerings()) == 2


def test_the_list_of_faults_follows_the_order_of_the_page(person: MakePerson) -> None:
    anna = person("anna")
    _new(anna, do="publish", title="", categories=[], postal_code="636", email="x", checked_on="31.02.2026")
    listed = anna.html.partition('class="fault-list"')[2].partition("</section>")[0]
    assert re.findall(r'href="#(\w+)"', listed) == ["title", "categories", "postal_code", "email", "checked_on"]


def test_valid_dates_in_the_wrong_order_are_named(person: MakePerson) -> None:
    anna = person("anna")
    _new(anna, do="publish", valid_from="2026-12-01", valid_to="2026-11-01")
    assert "Das Ende liegt vor dem Anfang" in anna.text


def test_the_preview_shows_the_card_in_every_language_and_saves_nothing(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    answer = _new(anna, do="preview")
    assert answer.status_code == 200
    assert "So sehen es Familien" in anna.text
    assert anna.html.count('<article class="card">') == 11
    assert 'lang="ar" dir="rtl"' in anna.html
    assert "ücretsiz" in anna.text
    assert "So verstehen wir die Öffnungszeiten" in anna.text
    assert re.search(r"Dienstag, \d\d\.\d\d\.\d{4} 09:00–11:00", anna.text)
    assert 'value="Eltern-Café"' in anna.html
    assert len(knowledge.editions.all()) == 2


def test_a_doubtful_place_is_asked_about_once_and_then_taken(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    answer = _new(anna, do="publish", city="Berlin")
    assert answer.status_code == 200
    assert "06366 ist die Postleitzahl von Köthen, aber als Ort steht Berlin da" in anna.text
    assert len(knowledge.store.offerings()) == 2
    seen = re.search(r'name="seen" value="(\w+)"', anna.html)
    assert seen
    answer = anna.post("/console/offerings/new", **{**FIELDS, "city": "Berlin", "seen": seen.group(1)}, do="publish")
    assert answer.status_code == 302
    assert len(knowledge.store.offerings()) == 3


def test_an_offering_that_may_be_there_already_is_named_while_creating(person: MakePerson) -> None:
    anna = person("anna")
    _new(anna, do="publish", phone="+49 3496 123456")
    assert "Gibt es das schon? „Kita Sonne“ (06366 Köthen)" in anna.text
    _new(anna, do="publish", title="KITA Sonne", phone="")
    assert "Gibt es das schon?" in anna.text


def test_drafts_of_other_alliances_are_not_told_as_duplicates(person: MakePerson) -> None:
    ben = person("ben")
    _new(ben, do="draft", alliance="halle", postal_code="06108", city="Halle", title="Geheim")
    anna = person("anna")
    _new(anna, do="draft", title="Geheim", postal_code="06108", city="Halle (Saale)", phone="", url="")
    assert "Gibt es das schon?" not in anna.text


def test_the_form_shows_what_is_stored_and_changes_nothing_by_itself(person: MakePerson, knowledge: Knowledge) -> None:
    rich = Offering(
        id="reich", alliance="koethen", title='Kita "A" & <b>', categories=("daycare",), age_min=0.25, free=False, city="Köthen",
        postal_code="06366", latitude=51.7519, longitude=11.9735, languages=("de", "es"),
        translations={"es": {"title": "Guardería"}, "ar": {"title": "حضانة"}},
    )  # type: ignore[arg-type]  # fmt: skip
    knowledge.store.put([rich], editor="import")
    anna = person("anna")
    anna.get("/console/offerings/reich/edit")
    assert "<b>" not in anna.html.partition("<form method")[2]
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'<input id="[^"]*" name="(\w+)" type="\w+" value="([^"]*)"', anna.html):
        sent[name] = value.replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)" checked', anna.html):
        sent.setdefault(name, []).append(value)
    sent["free"] = "no"
    assert anna.post("/console/offerings/reich/edit", **sent, version="1", do="publish").status_code == 302, anna.text
    assert knowledge.store.offering("reich") == rich


def test_the_list_is_searched_and_shows_ones_own_alliances_alone(person: MakePerson) -> None:
    anna, office = person("anna"), person("office")
    anna.get("/console/offerings/")
    assert "Kita Sonne" in anna.text
    assert "Kita Fremd" not in anna.text
    office.get("/console/offerings/?q=hal+FREMD")
    assert "1 Angebote" in office.text
    assert "Kita Fremd" in office.text
    office.get("/console/offerings/?q=nirgends")
    assert "Dazu gibt es kein Angebot" in office.text


def test_markup_stays_text_everywhere(person: MakePerson) -> None:
    anna = person("anna")
    evil = "<img src=x onerror=alert(1)>"
    answer = _new(anna, do="draft", title=evil, provider=evil, description=evil, schedule=evil, title_tr=evil)
    for path in (
        answer.location,
        answer.location.partition("?")[0] + "/history",
        "/console/offerings/",
        answer.location.partition("?")[0] + "/edit",
    ):
        anna.get(path)
        assert "&lt;img" in anna.html, path
        assert "<img src=x" not in anna.html, path


def test_long_descriptions_in_ten_languages_are_taken(person: MakePerson, knowledge: Knowledge) -> None:
    long = {
        f"{part}_{code}": "я" * 400 if part == "title" else "я" * 9_000
        for part in ("title", "description")
        for code in ("uk", "ru", "ar", "fa", "pl")
    }
    assert _new(person("anna"), do="publish", **long).status_code == 302
    assert any(len(one.translations.get("ru", one).description) == 9_000 for one in knowledge.store.offerings())
