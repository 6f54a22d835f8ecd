"""What happens to an offering after it was written: other editors, withdrawing, checking, history."""

import re
from collections.abc import Callable

from knowledge import Knowledge
from tests.unit.console.conftest import FIELDS, Indexed, Person

MakePerson = Callable[..., Person]


def _version(one: Person) -> str:
    found = re.search(r'name="version" value="(\d+)"', one.html)
    assert found, one.html
    return found.group(1)


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna, office = person("anna"), person("office")
    fields = {**FIELDS, "version": "1", "do": "publish"}
    anna.get("/console/offerings/kita-sonne/edit")
    assert _version(anna) == "1"
    office.get("/console/offerings/kita-sonne/edit")
    assert office.post("/console/offerings/kita-sonne/edit", **{**fields, "title": "Kita vom Amt"}).status_code == 302
    answer = anna.post("/console/offerings/kita-sonne/edit", **{**fields, "title": "Kita von Anna"})
    assert answer.status_code == 409
    assert "Office hat am" in anna.text
    assert "Kita vom Amt" in anna.text
    assert 'value="Kita von Anna"' in anna.html
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.title == "Kita vom Amt"
    assert _version(anna) == "2"
    again = {**fields, "title": "Kita von beiden", "version": "2"}
    assert anna.post("/console/offerings/kita-sonne/edit", **again).status_code == 302


def test_withdrawing_and_publishing_again(person: MakePerson, knowledge: Knowledge, indexed: Indexed) -> None:
    anna = person("anna")
    anna.get("/console/offerings/kita-sonne")
    anna.post("/console/offerings/kita-sonne/withdraw", version="1")
    assert knowledge.store.offering("kita-sonne") is None
    assert anna.post("/console/offerings/kita-sonne/publish", version="1").status_code == 409
    anna.post("/console/offerings/kita-sonne/publish", version="2")
    assert knowledge.store.offering("kita-sonne") is not None
    assert indexed.times == 2


def test_a_draft_is_thrown_away(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    id_ = anna.post("/console/offerings/new", **FIELDS, do="draft").location.split("/")[3].partition("?")[0]
    anna.get(f"/console/offerings/{id_}")
    assert anna.post(f"/console/offerings/{id_}/discard", version="1").status_code == 302
    assert knowledge.editions.one(id_) is None
    assert anna.post("/console/offerings/kita-sonne/discard", version="1").status_code == 404
    again = anna.post("/console/offerings/new", **FIELDS, do="draft").location.split("/")[3].partition("?")[0]
    assert again == f"{id_}-2"


def test_checking_notes_the_day(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    anna.get("/console/offerings/?unchecked=yes")
    assert "Kita Sonne" in anna.text
    anna.post("/console/offerings/kita-sonne/checked", version="1")
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.checked_on == knowledge.settings.current_date()
    anna.get("/console/offerings/?unchecked=yes")
    assert "Kita Sonne" not in anna.text


def test_the_history_names_each_field_and_an_old_version_comes_back_as_a_new_one(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    anna.get("/console/offerings/kita-sonne/edit")
    fields = {**FIELDS, "title": "Kita Mond", "categories": ["daycare"], "phone": "03496 123456", "version": "1"}
    anna.post("/console/offerings/kita-sonne/edit", **fields, do="publish")
    anna.get("/console/offerings/kita-sonne/history")
    assert "Titel Kita Sonne Kita Mond" in anna.text
    assert "Kostenlos? ja" in anna.text
    assert "Titel (tr) Ebeveyn kafesi" in anna.text
    assert "Telefon 03496" not in anna.text.partition("Fassung 1:")[0]
    anna.post("/console/offerings/kita-sonne/restore", version="2", revision="1", do="draft")
    edition = knowledge.editions.one("kita-sonne")
    assert edition is not None
    assert (edition.offering.title, edition.state, edition.public and edition.public.title) == (
        "Kita Sonne",
        "draft",
        "Kita Mond",
    )
    anna.post("/console/offerings/kita-sonne/restore", version="3", revision="1", do="publish")
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.title == "Kita Sonne"
    assert [r.version for r in knowledge.editions.history("kita-sonne")] == [1, 2, 3, 4]


def test_the_history_reads_as_a_person_writes(anna: Person, knowledge: Knowledge) -> None:
    offering = knowledge.store.offering("kita-sonne")
    assert offering is not None
    knowledge.store.put([offering.model_copy(update={"age_min": 0.5, "age_max": 14.0})], editor="import")
    anna.get("/console/offerings/kita-sonne/history")
    assert "Import auf dem Server" in anna.text
    assert "Alter von 0,5" in anna.text
    assert "Alter bis 14 " in anna.text
    assert "14.0" not in anna.text
