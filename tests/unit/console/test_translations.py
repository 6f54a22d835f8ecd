"""Translations in the console: what lacks, the two texts side by side, saving by the rules of drafts."""

import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from console.translations.marking import marked
from console.translations.standing import Wish, entries, listed
from knowledge import Edition, Knowledge, Offering
from knowledge.translation import Translation
from tests.unit.console.conftest import Indexed, Person

MakePerson = Callable[..., Person]
MakeOffering = Callable[..., Offering]
KITA = "/console/translations/kita-sonne"
TURKISH = Translation(title="Güneş Kreşi", description="Oyun ve bakım.")


@pytest.fixture
def kita(knowledge: Knowledge) -> Callable[..., Offering]:
    """Write the Kita's next version, as an import does."""

    def written(**fields: Any) -> Offering:
        present = knowledge.store.offering("kita-sonne")
        assert present
        offering = Offering.model_validate({**present.model_dump(), **fields})
        knowledge.store.put([offering], editor="import")
        return offering

    return written


def _saved(knowledge: Knowledge, language: str = "tr") -> Translation | None:
    edition = knowledge.editions.one("kita-sonne")
    assert edition
    return edition.offering.translations.get(language)


def _form(knowledge: Knowledge, **fields: Any) -> dict[str, Any]:
    edition = knowledge.editions.one("kita-sonne")
    assert edition
    return {"language": "tr", "version": str(edition.version), "title": "Güneş", "description": "Oyun.", **fields}


def test_what_is_needed_most_comes_first(make_offering: MakeOffering) -> None:
    def edition(id_: str, *, state: Any = "published", public: bool = True, **fields: Any) -> Edition:
        offering = make_offering(id_, **{"title": id_, **fields})
        return Edition(offering=offering, state=state, version=1, public=offering if public else None)

    editions = [
        edition("done", translations={"tr": {"title": "T"}}),
        edition("machine", translations={"tr": {"title": "T", "machine": True}}),
        edition("missing"),
        edition("missing-speaks", languages=("tr",)),
        edition("missing-draft", state="draft", public=False),
        edition("half", description="Text", translations={"tr": {"title": "T"}}),
        edition("old", translations={"tr": {"title": "T"}}),
        edition("over", valid_to=date(2026, 1, 1)),
        edition("gone", state="withdrawn", public=False),
    ]
    found = entries(editions, {"old": frozenset({"tr"})}, today=date(2026, 11, 22), language="tr")
    assert [(one.offering.id, one.standing) for one in found] == [
        ("old", "outdated"), ("missing-speaks", "missing"), ("half", "missing"), ("missing", "missing"),
        ("missing-draft", "missing"), ("machine", "machine"), ("done", "done"),
    ]  # fmt: skip
    assert [one.offering.id for one in listed(found, Wish(standing="machine"))] == ["machine"]
    assert "done" not in {one.offering.id for one in listed(found, Wish())}
    assert len(listed(found, Wish(standing=""))) == 7
    assert [one.offering.id for one in listed(found, Wish(q="SPEAKS"))] == ["missing-speaks"]
    assert listed(found, Wish(alliance="elsewhere")) == []


def test_marks_name_what_is_new_and_what_is_gone() -> None:
    pieces = marked("Kita bis 16 Uhr, mit Essen", "Kita bis 18 Uhr, mit Essen")
    assert [(one.kind, one.text) for one in pieces] == [
        ("same", "Kita bis "), ("gone", "16"), ("new", "18"), ("same", " Uhr, mit Essen"),
    ]  # fmt: skip
    assert marked("", "") == []


def test_a_text_of_the_same_words_over_and_over_is_shown_whole_at_once() -> None:
    before, after = "die " * 2500, "das die " * 1250
    began = time.process_time()
    pieces = marked(before, after)
    assert time.process_time() - began < 5  # comparing takes hours
    assert [(one.kind, one.text) for one in pieces] == [("gone", before[:-5]), ("new", after[:-5]), ("same", " die ")]
    assert [one.kind for one in marked(before, before)] == ["same"]


def test_the_overview_counts_and_shows_only_what_is_ones_own(person: MakePerson, kita: Callable[..., Offering]) -> None:
    kita(translations={"tr": TURKISH, "ar": {"title": "شمس", "machine": True}})
    kita(title="Kita Mond")
    anna = person("anna")
    anna.get("/console/translations/")
    assert "Kita Fremd" not in anna.text
    assert "Kita Mond" in anna.text
    rows = re.findall(r"<tr>.*?</tr>", anna.html, re.DOTALL)
    turkish = next(" ".join(re.sub("<[^>]+>", " ", row).split()) for row in rows if "Türkisch" in row)
    assert turkish.startswith("Türkisch veraltet: 1 Türkisch fehlt: 0 maschinell, ungeprüft: 0 fertig: 0")
    anna.get("/console/translations/?language=fr&standing=missing")
    assert "1 Übersetzungen" in anna.text
    anna.get("/console/translations/?language=fr&standing=done")
    assert "Hier ist nichts zu tun" in anna.text
    assert person("rita").get("/console/translations/").status_code == 200


def test_a_coordinators_translation_is_public_at_once(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    assert 'lang="tr" dir="ltr"' in anna.html
    answer = anna.post(KITA, **_form(knowledge))
    assert answer.location == "/console/translations/?language=tr&said=translation_published"
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.translations["tr"] == Translation(title="Güneş", description="Oyun.")
    assert indexed.times == 1
    assert knowledge.editions.history("kita-sonne")[-1].editor == "anna@example.org"
    assert person().client.get("/api/offerings/kita-sonne?language=tr").get_json()["title"] == "Güneş"
    anna.get(answer.location)
    assert "gespeichert und veröffentlicht" in anna.text


def test_a_helpers_translation_waits_for_review_and_the_next_one_joins_it(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    helga = person("helga")
    helga.get(f"{KITA}?language=tr")
    assert helga.post(KITA, **_form(knowledge)).location.endswith("said=translation_review")
    assert helga.post(KITA, **_form(knowledge, language="ar", title="شمس")).location.endswith("translation_review")
    edition = knowledge.editions.one("kita-sonne")
    assert edition
    assert (edition.state, sorted(edition.offering.translations)) == ("review", ["ar", "tr"])
    assert edition.public
    assert dict(edition.public.translations) == {}
    assert indexed.times == 0


def test_a_translation_of_a_draft_publishes_no_draft(person: MakePerson, knowledge: Knowledge) -> None:
    present = knowledge.editions.one("kita-sonne")
    assert present
    draft = present.offering.model_copy(update={"title": "Kita Entwurf"})
    knowledge.editions.save(draft, state="draft", editor="anna", read_version=present.version)
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    assert "Kita Entwurf" in anna.text
    assert anna.post(KITA, **_form(knowledge)).location.endswith("said=translation_draft")
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert (offering.title, dict(offering.translations)) == ("Kita Sonne", {})


def test_what_changed_in_german_is_marked_and_saving_as_it_is_says_it_still_fits(
    person: MakePerson, knowledge: Knowledge, kita: Callable[..., Offering]
) -> None:
    kita(description="Offen bis 16 Uhr.", translations={"tr": TURKISH})
    kita(description="Offen bis 18 Uhr.")
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    assert "Offen bis <del>16</del><ins>18</ins> Uhr." in anna.html
    assert "veraltet" in anna.text
    before = len(knowledge.editions.history("kita-sonne"))
    anna.post(KITA, **_form(knowledge, title=TURKISH.title, description=TURKISH.description))
    assert len(knowledge.editions.history("kita-sonne")) == before
    anna.get(f"{KITA}?language=tr")
    assert "veraltet" not in anna.text
    assert "fertig" in anna.text


def test_a_machines_text_says_so_to_parents_until_a_person_saves_it(
    person: MakePerson, knowledge: Knowledge, kita: Callable[..., Offering]
) -> None:
    kita(translations={"tr": {"title": "Güneş", "description": "Oyun.", "machine": True}})
    anna = person("anna")
    parent = person()
    parent.get("/offerings/kita-sonne?lang=tr")
    assert "Makine çevirisi" in parent.text
    assert parent.client.get("/api/offerings/kita-sonne?language=tr").get_json()["machine_translated"] is True
    assert parent.client.get("/api/offerings/kita-sonne?language=de").get_json()["machine_translated"] is False
    # Editing something else in the offering's form vouches for nothing.
    anna.get("/console/offerings/kita-sonne/edit")
    fields = {"alliance": "koethen", "title": "Kita Sonne", "categories": "daycare", "postal_code": "06366", "city": "Köthen",
              "format": "on_site", "title_tr": "Güneş", "description_tr": "Oyun.", "phone": "1", "version": "2"}  # fmt: skip
    assert anna.post("/console/offerings/kita-sonne/edit", **fields, do="publish").status_code == 302
    kept = _saved(knowledge)
    assert kept
    assert kept.machine
    anna.get(f"{KITA}?language=tr")
    assert "Das hat eine Maschine übersetzt" in anna.text
    anna.post(KITA, **_form(knowledge))
    parent.get("/offerings/kita-sonne?lang=tr")
    assert "Makine çevirisi" not in parent.text
    anna.get("/console/offerings/kita-sonne/history")
    assert "Maschinell übersetzt (tr)" in anna.text


def test_nobody_overwrites_what_was_written_meanwhile(
    person: MakePerson, knowledge: Knowledge, kita: Callable[..., Offering]
) -> None:
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    form = _form(knowledge, title="Meine Sonne <b>")
    kita(title="Kita Mond", translations={"tr": TURKISH})
    assert anna.post(KITA, **form).status_code == 409
    assert "Jemand anderes hat dieses Angebot inzwischen geändert" in anna.text
    assert 'value="Meine Sonne &lt;b&gt;"' in anna.html
    assert "Güneş Kreşi" in anna.text
    assert "Kita <del>Sonne</del><ins>Mond</ins>" in anna.html
    assert _saved(knowledge) == TURKISH
    version = re.search(r'name="version" value="(\d+)"', anna.html)
    assert version
    assert anna.post(KITA, **{**form, "version": version[1]}).status_code == 302
    saved = _saved(knowledge)
    assert saved
    assert saved.title == "Meine Sonne <b>"


@pytest.mark.parametrize(
    ("fields", "at", "said"),
    [
        ({"title": "", "description": ""}, "title", "Schreiben Sie die Übersetzung"),
        ({"title": ""}, "title", "fehlt der Titel"),
        ({"title": "x" * 501}, "title", "zu lang"),
        ({"description": "x" * 10_001}, "description", "zu lang"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    person: MakePerson, knowledge: Knowledge, fields: dict[str, str], at: str, said: str
) -> None:
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    form = _form(knowledge, **fields)
    assert anna.post(KITA, **form).status_code == 422
    assert said in anna.text
    assert f'id="{at}-fault"' in anna.html
    assert form["title"] in anna.html
    assert form["description"] in anna.html
    assert _saved(knowledge) is None


def test_a_translation_can_be_taken_away(
    person: MakePerson, knowledge: Knowledge, kita: Callable[..., Offering]
) -> None:
    kita(translations={"tr": TURKISH, "ar": {"title": "شمس"}})
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    anna.post(KITA, **_form(knowledge, do="remove", title="", description=""))
    assert _saved(knowledge) is None
    assert _saved(knowledge, "ar")


def test_saving_can_lead_to_the_next_one_that_waits(person: MakePerson, knowledge: Knowledge) -> None:
    office = person("office")
    office.get(f"{KITA}?language=tr")
    answer = office.post(KITA, **_form(knowledge, do="next"))
    assert answer.location.startswith("/console/translations/kita-fremd?language=tr")
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    assert anna.post(KITA, **_form(knowledge, do="next")).location.startswith("/console/translations/?language=tr")


def test_the_page_of_an_unknown_language_leads_back(person: MakePerson) -> None:
    anna = person("anna")
    for language in ("de", "xx", "", "de-simple"):
        assert anna.get(f"{KITA}?language={language}").location == "/console/translations/"


def test_right_to_left_languages_are_written_so(person: MakePerson) -> None:
    anna = person("anna")
    anna.get(f"{KITA}?language=fa")
    assert re.search(r'<textarea[^>]* lang="fa" dir="rtl"', anna.html)


def test_without_a_server_no_machine_is_offered(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    anna.get("/console/translations/?language=tr")
    assert "aschinelle Übersetzung" not in anna.text
    anna.get(f"{KITA}?language=tr")
    assert "Maschinell übersetzen" not in anna.text
    assert anna.post(KITA, **_form(knowledge, do="machine")).status_code == 404
