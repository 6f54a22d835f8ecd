"""Before something is published or withdrawn: which saved questions would lose their answer."""

import re
from collections.abc import Callable
from typing import Any

from knowledge import Knowledge
from knowledge.store import Asked
from tests.unit.console.conftest import Indexed, Person, save_question

MakePerson = Callable[..., Person]


def _form(**fields: Any) -> dict[str, Any]:
    kita = {
        "title": "Kita Sonne",
        "categories": ["daycare"],
        "city": "Köthen",
        "postal_code": "06366",
        "format": "on_site",
    }
    return {**kita, "version": "1", "do": "publish", **fields}


def test_publishing_what_loses_a_question_asks_once_and_then_saves(
    person: MakePerson, searched: Knowledge, indexed: Indexed
) -> None:
    save_question(searched)
    anna = person("anna")
    path = "/console/offerings/kita-sonne/edit"
    anna.get(path)
    moved = _form(city="München", postal_code="80331")
    assert anna.post(path, **moved).status_code == 200
    assert (
        "„\u2068Kita in Köthen\u2069“ findet dieses Angebot dann nicht mehr wie gewünscht. Es liegt zu weit weg"
        in anna.text
    )
    assert 'href="#postal_code"' in anna.html
    assert 'value="München"' in anna.html
    assert indexed.times == 0
    seen = re.search(r'name="seen" value="(\w+)"', anna.html)
    assert seen
    assert anna.post(path, **moved, seen=seen.group(1)).status_code == 302
    offering = searched.store.offering("kita-sonne")
    assert offering
    assert offering.city == "München"


def test_an_edit_that_keeps_the_answers_and_a_draft_are_not_asked_about(
    person: MakePerson, searched: Knowledge
) -> None:
    save_question(searched)
    anna = person("anna")
    path = "/console/offerings/kita-sonne/edit"
    anna.get(path)
    assert anna.post(path, **_form(phone="03496 77")).status_code == 302
    assert anna.post(path, **_form(version="2", city="München", postal_code="80331", do="draft")).status_code == 302


def test_another_alliances_questions_are_not_told(person: MakePerson, searched: Knowledge) -> None:
    save_question(searched, Asked(text="Geheime Kita in Köthen", language="de", near="06366"), alliance="halle")
    anna = person("anna")
    anna.get("/console/offerings/kita-sonne")
    anna.post("/console/offerings/kita-sonne/withdraw", version="1")
    assert "Geheim" not in anna.text
    assert searched.store.offering("kita-sonne") is None


def test_withdrawing_says_which_questions_lose_their_answer(person: MakePerson, searched: Knowledge) -> None:
    save_question(searched)
    anna = person("anna")
    anna.get("/console/offerings/kita-sonne")
    assert anna.post("/console/offerings/kita-sonne/withdraw", version="1").status_code == 200
    assert "„\u2068Kita in Köthen\u2069“: Familien sehen dann zuerst „Kita Fremd“" in anna.text
    assert searched.store.offering("kita-sonne")
    sent = dict(re.findall(r'<input type="hidden" name="(version|seen)" value="(\w+)"', anna.html))
    answer = anna.post("/console/offerings/kita-sonne/withdraw", **sent)
    assert "said=state_withdrawn" in answer.location
    assert searched.store.offering("kita-sonne") is None


def test_publishing_a_draft_and_an_old_version_ask_too(person: MakePerson, searched: Knowledge) -> None:
    save_question(searched)
    anna = person("anna")
    path = "/console/offerings/kita-sonne"
    anna.get(f"{path}/edit")
    anna.post(f"{path}/edit", **_form(city="München", postal_code="80331", do="draft"))
    for do, fields in (("publish", {"version": "2"}), ("restore", {"version": "2", "revision": "2", "do": "publish"})):
        anna.get(path)
        assert anna.post(f"{path}/{do}", **fields).status_code == 200
        assert "Trotzdem veröffentlichen" in anna.text
        kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', anna.html))
        assert {name: kept[name] for name in fields} == fields
    offering = searched.store.offering("kita-sonne")
    assert offering
    assert offering.city == "Köthen"
