"""Guides in the console: read from files, written, tried, replaced, withdrawn and brought back."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from console.guides.apart import guide_apart
from knowledge import Knowledge
from knowledge.importing.guide_files import GuideFileError
from knowledge.values import Guide
from tests.unit.console.conftest import GUIDE, Indexed, Person
from tests.unit.knowledge.importing.test_guide_files import LINES, PAGE, pdf

MakePerson = Callable[..., Person]
NEW = "/console/guides/new"
MINE = "/console/guides/weg-koethen"
FIELDS = {"alliance": "koethen", "language": "de", "title": "Neu", "url": "", "text": "## Oma\nOmas helfen gern."}


def _guide(knowledge: Knowledge, id_: str = "weg-koethen") -> Guide | None:
    return next((one for one in knowledge.store.guides() if one.id == id_), None)


def _upload(one: Person, path: str, name: str, content: bytes, **fields: Any) -> int:
    one.get(path)
    version = re.search(r'name="version" value="(\d+)"', one.html)
    assert version
    sent = {
        "version": version[1],
        **dict.fromkeys(("title", "url", "text", "language"), ""),
        "alliance": "koethen",
        **fields,
    }
    return one.post(path, file=(io.BytesIO(content), name), do="read", **sent).status_code


def test_each_sees_the_guides_of_ones_own_alliances_and_the_office_all(person: MakePerson) -> None:
    anna = person("anna")
    anna.get("/console/guides/")
    assert "Wegweiser Köthen" in anna.text
    assert "Wegweiser Halle" not in anna.text
    assert "Wegweiser Deutschland" not in anna.text
    assert anna.get("/console/guides/weg-ueberall").status_code == 404
    assert anna.post("/console/guides/weg-ueberall/edit", **FIELDS, version="1").status_code == 404
    office = person("office")
    office.get("/console/guides/")
    assert "Wegweiser Deutschland Deutsch alle Bündnisse veröffentlicht" in office.text
    assert office.get("/console/guides/weg-ueberall").status_code == 200
    assert person("helga").get("/console/guides/").status_code == 403


def test_the_sections_are_shown_as_the_search_has_them(person: MakePerson) -> None:
    anna = person("anna")
    anna.get(MINE)
    assert "Abschnitte: 2" in anna.text
    assert [re.sub("<[^>]+>", "", one) for one in re.findall(r"<summary.*?</summary>", anna.html)] == [
        "Elterngeld",
        "Kita",
    ]


def test_a_question_is_answered_from_ones_own_guides_in_the_guides_words(person: MakePerson) -> None:
    anna = person("anna")
    anna.get("/console/guides/?q=Wie bekomme ich einen Kitaplatz?")
    quotes = re.findall(r"<blockquote>(.*?)</blockquote>", anna.html)
    assert quotes[0] == "Den Platz in der Kita merken Sie neun Monate vorher im Portal der Stadt vor."
    assert "In Halle." not in anna.text
    anna.get(f"{MINE}?q=doğumdan sonra ebeveyn parası Elterngeld başvurusu")
    assert "Elterngeld beantragen Sie" in re.findall(r"<blockquote>(.*?)</blockquote>", anna.html)[0]
    anna.get("/console/guides/?q=<script>")
    assert "<script>" not in anna.html


@pytest.mark.parametrize(
    ("name", "content", "title", "text"),
    [
        ("w.pdf", pdf(LINES), "", "Den Platz merken Sie neun Monate vorher"),
        ("w.html", PAGE.encode(), "Wegweiser Köthen", "höchstens drei Monate"),
        (
            "w.md",
            b"# Rat f\xc3\xbcr Eltern\n\n## Geld\nElterngeld beantragen Sie nach der Geburt.",
            "Rat für Eltern",
            "Elterngeld",
        ),
    ],
)
def test_a_file_is_read_into_the_form_and_saved_only_then(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed, name: str, content: bytes, title: str, text: str
) -> None:
    anna = person("anna")
    assert _upload(anna, NEW, name, content) == 200
    assert "Eingelesen, noch nicht gespeichert" in anna.text
    assert f'name="title" type="text" value="{title}"' in anna.html
    assert text in anna.text
    assert '<option value="de" selected>' in anna.html
    assert len(knowledge.store.guides()) == 3
    assert indexed.times == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("locked.pdf", pdf(LINES, password="geheim"), "mit einem Passwort geschützt"),
        ("pictures.pdf", pdf(""), "Texterkennung"),
        ("torn.pdf", pdf(LINES)[:300], "ist beschädigt"),
        ("list.xlsx", b"PK", "Diese Art von Datei"),
        ("large.md", b"x" * (20 * 1024 * 1024 + 1), "größer als 20 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_its_field_and_nothing_typed_is_lost(
    person: MakePerson, name: str, content: bytes, said: str
) -> None:
    anna = person("anna")
    assert _upload(anna, NEW, name, content, title="Mein Titel", text="Mein Text") == 422
    assert said in anna.text
    assert 'id="file-fault"' in anna.html
    assert 'value="Mein Titel"' in anna.html
    assert "Mein Text" in anna.html


def test_what_is_far_too_large_is_refused_with_the_next_step(person: MakePerson) -> None:
    anna = person("anna")
    assert _upload(anna, NEW, "w.pdf", b"x" * 33 * 1024 * 1024) == 413
    assert "kleinere Datei" in anna.text


def test_a_pasted_guide_is_saved_and_found(person: MakePerson, knowledge: Knowledge, indexed: Indexed) -> None:
    anna = person("anna")
    anna.get(NEW)
    assert anna.post(NEW, **FIELDS, do="look", version="0").status_code == 200
    assert "Abschnitte: 1" in anna.text
    answer = anna.post(NEW, **{**FIELDS, "url": "www.example.org/oma"}, version="0")
    assert answer.location == "/console/guides/koethen-neu-de?said=guide_saved"
    assert _guide(knowledge, "koethen-neu-de") == Guide(
        id="koethen-neu-de", alliance="koethen", language="de", title="Neu", url="https://www.example.org/oma",
        text="## Oma\nOmas helfen gern.",
    )  # fmt: skip
    assert indexed.times == 1
    assert knowledge.guides("Oma", language="de", limit=1).sections[0].section.guide.id == "koethen-neu-de"
    assert anna.post(NEW, **FIELDS, version="0").location.startswith("/console/guides/koethen-neu-de-2")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("alliance", "halle", "Wählen Sie mindestens ein Bündnis"),
        ("alliance", "*", "Wählen Sie mindestens ein Bündnis"),
        ("alliance", "", "Wählen Sie mindestens ein Bündnis"),
        ("language", "xx", "Wählen Sie die Sprache"),
        ("title", " ", "Der Titel fehlt"),
        ("url", "mein weg", "keine Internetadresse"),
        ("url", "javascript:alert(1)//://", "keine Internetadresse"),
        ("text", "## Nur Überschrift", "Der Text fehlt"),
        ("text", "x" * 2_000_001, "2 Millionen"),
    ],
)
def test_a_fault_stands_at_its_field(
    person: MakePerson, knowledge: Knowledge, field: str, value: str, said: str
) -> None:
    anna = person("anna")
    anna.get(NEW)
    assert anna.post(NEW, **{**FIELDS, field: value}, version="0").status_code == 422
    assert said in anna.text
    assert len(knowledge.store.guides()) == 3


def test_the_office_writes_guides_that_hold_everywhere(person: MakePerson, knowledge: Knowledge) -> None:
    office = person("office")
    office.get(NEW)
    assert "alle Bündnisse" in office.text
    answer = office.post(NEW, **{**FIELDS, "alliance": "*"}, version="0")
    assert answer.location == "/console/guides/neu-de?said=guide_saved"
    found = _guide(knowledge, "neu-de")
    assert found
    assert found.alliance is None


def test_a_new_edition_takes_the_place_of_the_old_one_which_comes_back_from_the_history(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    assert _upload(anna, f"{MINE}/edit", "neu.md", b"## Elterngeld\n" + "Jetzt gibt es das Elterngeld ganz anders als früher.".encode(),
                   title="Wegweiser Köthen", language="de") == 200  # fmt: skip
    text = "## Elterngeld\nJetzt gibt es das Elterngeld ganz anders als früher."
    anna.post(f"{MINE}/edit", **{**FIELDS, "title": "Wegweiser 2027", "text": text}, version="1")
    found = _guide(knowledge)
    assert found
    assert (found.title, found.text) == ("Wegweiser 2027", text)
    anna.get(f"{MINE}/history")
    assert "Text: 1 Abschnitte neu, 2 entfallen, jetzt 1" in anna.text
    assert "Titel: Wegweiser Köthen Wegweiser 2027" in anna.text
    assert anna.post(f"{MINE}/restore", version="2", revision="1").status_code == 302
    found = _guide(knowledge)
    assert found
    assert (found.title, found.text) == ("Wegweiser Köthen", GUIDE)
    assert [one.editor for one in knowledge.guide_editions.history("weg-koethen")] == [
        "import", "anna@example.org", "anna@example.org",
    ]  # fmt: skip


def test_a_withdrawn_guide_is_quoted_no_more_and_can_be_brought_back(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    anna = person("anna")
    anna.get(MINE)
    assert anna.post(f"{MINE}/withdraw", version="1").location == f"{MINE}?said=guide_withdrawn"
    assert _guide(knowledge) is None
    assert indexed.times == 1
    assert anna.post(f"{MINE}/withdraw", version="2").status_code == 409
    anna.get(f"{MINE}?q=Elterngeld")
    assert "Dieser Wegweiser ist zurückgezogen" in anna.text
    assert "blockquote" not in anna.html
    anna.get(f"{MINE}/history")
    anna.post(f"{MINE}/restore", version="2", revision="2")
    found = _guide(knowledge)
    assert found
    assert found.text == GUIDE


def test_nobody_overwrites_what_was_written_meanwhile(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    anna.get(f"{MINE}/edit")
    present = _guide(knowledge)
    assert present
    knowledge.store.put([present.model_copy(update={"text": "Vom Import."})], editor="import")
    assert anna.post(f"{MINE}/edit", **FIELDS, version="1").status_code == 409
    assert "inzwischen geändert" in anna.text
    assert "Omas helfen gern." in anna.html
    kept = _guide(knowledge)
    assert kept
    assert kept.text == "Vom Import."
    assert anna.post(f"{MINE}/edit", **FIELDS, version="2").status_code == 302


def test_an_edition_of_somebody_elses_time_is_not_brought_back(person: MakePerson, knowledge: Knowledge) -> None:
    present = _guide(knowledge)
    assert present
    knowledge.store.put([present.model_copy(update={"alliance": "halle"})], editor="import")
    ben = person("ben")
    ben.get(f"{MINE}/history")
    assert ben.post(f"{MINE}/restore", version="2", revision="1").status_code == 403
    assert person("anna").get(MINE).status_code == 404


def test_a_file_that_takes_too_long_to_read_ends_with_its_process() -> None:
    with pytest.raises(GuideFileError) as raised:
        guide_apart("w.pdf", pdf(LINES), longest_s=0.01)
    assert raised.value.fault == "slow"
