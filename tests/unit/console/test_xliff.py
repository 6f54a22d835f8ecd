"""XLIFF out, read by another program, and back in: what is taken, and what is refused."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from translate.storage.xliff import xlifffile

from knowledge import Knowledge, Offering
from knowledge.translation import Translation
from knowledge.xliff import ToTranslate, XliffError, read_xliff, write_xliff
from knowledge.xliff.writing import NAMESPACE
from tests.unit.console.conftest import Indexed, Person

MakePerson = Callable[..., Person]
MakeOffering = Callable[..., Offering]
FILES = "/console/translations/files/"
OPEN = f"{FILES}download?language=tr"


def _exported(*offerings: Offering, language: str = "tr", outdated: bool = False) -> bytes:
    out = io.BytesIO()
    write_xliff([ToTranslate(offering=one, outdated=outdated) for one in offerings], language, out)
    return out.getvalue()


def _translated(content: bytes, texts: dict[str, str]) -> bytes:
    """Return a file as another program writes it, with the texts of units put in."""
    store = xlifffile.parsestring(content)
    for unit in store.units:
        if unit.xmlelement.get("id") in texts:
            unit.target = texts[unit.xmlelement.get("id")]
            unit.markapproved()
    return bytes(store)


def _post(one: Person, content: bytes, **fields: Any) -> int:
    one.get(FILES)
    answer = one.post(FILES, file=(io.BytesIO(content), "angebote.xlf"), **fields)
    return answer.status_code


def _taken(one: Person) -> None:
    packed = one.html.partition('name="packed" value="')[2].partition('"')[0]
    assert packed, one.text
    assert one.post(FILES, packed=packed, do="take").status_code == 200


def _of(knowledge: Knowledge, language: str = "tr", id_: str = "kita-sonne") -> Translation | None:
    offering = knowledge.store.offering(id_)
    assert offering
    return offering.translations.get(language)


def test_another_program_reads_what_we_write(make_offering: MakeOffering) -> None:
    text = 'Zeile eins\n\nZeile <zwei> &\x0b"drei"'
    offering = make_offering(
        description=text, translations={"tr": {"title": "Güneş"}, "ar": {"title": "شمس", "machine": True}}
    )
    store = xlifffile.parsestring(_exported(offering))
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("de", "tr")
    units = {unit.xmlelement.get("id"): unit for unit in store.units}
    assert list(units) == ["kita-sonne.title", "kita-sonne.description"]
    assert units["kita-sonne.title"].source == "Kita Sonne"
    assert units["kita-sonne.title"].target == "Güneş"
    assert units["kita-sonne.description"].source == text.replace("\x0b", " ")
    states = [unit.get_state_n() for unit in store.units]
    assert states[0] > states[1], "what is translated stands higher than what is new"
    assert units["kita-sonne.title"].istranslated()
    assert not units["kita-sonne.description"].istranslated()
    arabic = xlifffile.parsestring(_exported(offering, language="ar"))
    assert 'state="needs-review-translation" state-qualifier="mt-suggestion"' in bytes(arabic).decode()


def test_what_another_program_writes_back_is_read(make_offering: MakeOffering) -> None:
    content = _translated(_exported(make_offering(description="Spiel")), {"kita-sonne.title": "Güneş <1> & 2"})
    file = read_xliff(content)
    assert file.language == "tr"
    [title, description] = file.units
    assert (title.offering_id, title.part, title.source, title.target) == (
        "kita-sonne", "title", "Kita Sonne", "Güneş <1> & 2",
    )  # fmt: skip
    assert (title.looked_at, title.waits) == (True, False)
    assert (description.target, description.waits) == ("", True)


def test_marks_inside_a_text_are_read_as_text(make_offering: MakeOffering) -> None:
    content = _exported(make_offering()).decode()
    marked = content.replace(
        '<target state="new" />', '<target><mrk mid="0" mtype="seg">Güneş</mrk> <g id="1">Kreşi</g></target>'
    )
    assert read_xliff(marked.encode()).units[0].target == "Güneş Kreşi"


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><xliff xmlns="urn:oasis:names:tc:xliff:document:1.2">&a;</xliff>'


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text[: len(text) // 2], "xml"),
        (lambda text: BOMB, "xml"),
        (lambda text: "PK\x03\x04", "xml"),
        (lambda text: "<html/>", "xliff"),
        (lambda text: text.replace("document:1.2", "document:2.0"), "version"),
        (lambda text: text.replace('source-language="de"', 'source-language="en"'), "source"),
        (lambda text: text.replace('target-language="tr"', ""), "target"),
        (lambda text: text.replace("trans-unit", "unit"), "empty"),
        (lambda text: text + " " * 10_000_000, "large"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_by_its_cause(
    make_offering: MakeOffering, change: Callable[[str], str], fault: str
) -> None:
    with pytest.raises(XliffError) as caught:
        read_xliff(change(_exported(make_offering()).decode()).encode())
    assert caught.value.fault == fault


def test_a_file_goes_out_is_translated_looked_at_and_taken(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed
) -> None:
    anna = person("anna")
    answer = anna.get(OPEN)
    assert answer.headers["Content-Disposition"].endswith("angebote-tr.xlf")
    assert answer.content_type == "application/xliff+xml; charset=utf-8"
    assert [unit.offering_id for unit in read_xliff(answer.data).units] == ["kita-sonne"]
    assert _post(anna, _translated(answer.data, {"kita-sonne.title": "Güneş"})) == 200
    assert "neue Übersetzung: 1" in anna.text
    assert _of(knowledge) is None
    _taken(anna)
    assert "Übernommen (Türkisch)" in anna.text
    assert _of(knowledge) == Translation(title="Güneş")
    assert indexed.times == 1
    assert anna.get(OPEN).location.endswith("said=xliff_nothing")
    # Taken once more, nothing changes.
    _post(anna, _translated(answer.data, {"kita-sonne.title": "Güneş"}))
    assert "unverändert: 1" in anna.text
    assert "Hier ist nichts zu übernehmen" in anna.text


def test_chosen_offerings_go_out_though_they_are_done_and_foreign_ones_do_not(
    person: MakePerson, knowledge: Knowledge
) -> None:
    knowledge.store.put([_kita(knowledge, translations={"tr": {"title": "Güneş"}})], editor="import")
    answer = person("anna").get(f"{OPEN}&offering=kita-sonne&offering=kita-fremd")
    assert [(unit.offering_id, unit.target) for unit in read_xliff(answer.data).units] == [("kita-sonne", "Güneş")]


def test_a_helpers_file_waits_for_review(person: MakePerson, knowledge: Knowledge) -> None:
    helga = person("helga")
    _post(helga, _translated(helga.get(OPEN).data, {"kita-sonne.title": "Güneş"}))
    _taken(helga)
    assert _of(knowledge) is None
    edition = knowledge.editions.one("kita-sonne")
    assert edition
    assert (edition.state, edition.offering.translations["tr"].title) == ("review", "Güneş")


def test_what_was_translated_from_another_text_is_taken_and_out_of_date(
    person: MakePerson, knowledge: Knowledge
) -> None:
    anna = person("anna")
    file = _translated(anna.get(OPEN).data, {"kita-sonne.title": "Güneş"})
    knowledge.store.put([_kita(knowledge, title="Kita Mond")], editor="import")
    _post(anna, file)
    assert "sie gilt danach als veraltet: 1" in anna.text
    _taken(anna)
    assert _of(knowledge) == Translation(title="Güneş")
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert knowledge.translations.outdated([offering]) == {"kita-sonne": frozenset({"tr"})}
    assert knowledge.translations.made_from(offering, "tr") == ("Kita Sonne", "")


def test_a_translation_that_only_one_part_of_was_renewed_stays_out_of_date(
    person: MakePerson, knowledge: Knowledge
) -> None:
    turkish = {"tr": {"title": "Güneş", "description": "Oyun"}}
    knowledge.store.put([_kita(knowledge, description="Spiel", translations=turkish)], editor="import")
    knowledge.store.put([_kita(knowledge, title="Kita Mond", description="Ruhe")], editor="import")
    anna = person("anna")
    content = anna.get(OPEN).data
    assert b'state="needs-review-translation"' in content
    # A program that gives back what it got has finished nothing.
    _post(anna, content)
    assert "noch nicht übersetzt: 1" in anna.text
    _post(anna, _translated(content, {"kita-sonne.title": "Ay"}))
    _taken(anna)
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert offering.translations["tr"] == Translation(title="Ay", description="Oyun")
    assert knowledge.translations.outdated([offering]) == {"kita-sonne": frozenset({"tr"})}
    _post(anna, _translated(content, {"kita-sonne.title": "Ay", "kita-sonne.description": "Oyun"}))
    assert "vorhandene Übersetzung bestätigt: 1" in anna.text
    _taken(anna)
    assert knowledge.translations.outdated([offering]) == {}


def test_what_was_done_before_the_german_text_changed_confirms_nothing(
    person: MakePerson, knowledge: Knowledge
) -> None:
    knowledge.store.put([_kita(knowledge, translations={"tr": {"title": "Güneş"}})], editor="import")
    anna = person("anna")
    done = anna.get(f"{OPEN}&offering=kita-sonne").data
    assert b'approved="yes"' in done
    knowledge.store.put([_kita(knowledge, title="Kita Mond")], editor="import")
    _post(anna, done)
    assert "noch nicht übersetzt: 1" in anna.text
    assert 'value="take"' not in anna.html


def test_a_machines_text_stays_one_unless_somebody_finished_it(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    file = anna.get(OPEN).data.decode()
    by_machine = file.replace(
        '<target state="new" />',
        '<target state="needs-review-translation" state-qualifier="leveraged-mt">Güneş</target>',
    )
    _post(anna, by_machine.encode())
    assert "maschinelle Übersetzung" in anna.text
    _taken(anna)
    assert _of(knowledge) == Translation(title="Güneş", machine=True)
    _post(anna, file.replace('<target state="new" />', '<target state="final">Güneş</target>').encode())
    _taken(anna)
    assert _of(knowledge) == Translation(title="Güneş")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kita-sonne", "kita-fremd", "gehört nicht zu Ihren Bündnissen"),
        ("kita-sonne", "nowhere", "gehört nicht zu Ihren Bündnissen"),
        ("kita-sonne.title", "kita-sonne.phone", "Text, den wir nicht kennen"),
        ("Güneş", "x" * 501, "zu lang"),
        ("kita-sonne.title", "kita-sonne.description", "Titel ist nicht übersetzt"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_written(
    person: MakePerson, knowledge: Knowledge, old: str, new: str, said: str
) -> None:
    anna = person("anna")
    file = _translated(anna.get(OPEN).data, {"kita-sonne.title": "Güneş"}).decode()
    _post(anna, file.replace(old, new).encode())
    assert said in anna.text
    assert "Hier ist nichts zu übernehmen" in anna.text
    # Nor by sending the second form outright.
    anna.post(FILES, file=(io.BytesIO(file.replace(old, new).encode()), "a.xlf"), do="take")
    assert _of(knowledge) is None
    assert _of(knowledge, id_="kita-fremd") is None


def test_a_withdrawn_offering_and_a_unit_given_twice_are_named(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    file = _translated(anna.get(OPEN).data, {"kita-sonne.title": "Güneş"}).decode()
    begin, end = file.index("<trans-unit"), file.index("</trans-unit>") + len("</trans-unit>")
    _post(anna, (file[:end] + file[begin:end] + file[end:]).encode())
    assert "steht zweimal" in anna.text
    knowledge.store.withdraw("kita-sonne", editor="import")
    _post(anna, file.encode())
    assert "Dieses Angebot ist zurückgezogen" in anna.text


def test_a_faulty_file_is_said_at_its_field(person: MakePerson, tmp_path: Path) -> None:
    anna = person("anna")
    anna.get(FILES)
    assert anna.post(FILES).status_code == 422
    assert "Wählen Sie eine Datei" in anna.text
    for packed in ("???", "AAAA", "eJwDAAAAAAE="):
        assert anna.post(FILES, packed=packed, do="take").status_code == 422
    assert _post(anna, b"<html/>") == 422
    assert 'id="file-fault"' in anna.html
    assert "keine XLIFF-Datei" in anna.text
    assert _post(anna, b"x" * 21_000_000) == 413


def _kita(knowledge: Knowledge, **fields: Any) -> Offering:
    present = knowledge.store.offering("kita-sonne")
    assert present
    return Offering.model_validate({**present.model_dump(), **fields})


@pytest.mark.parametrize("tag", ["<trans-unit/>", "<a>", "<a></a>"])
def test_a_file_of_hundreds_of_thousands_of_tags_is_refused_before_they_are_built(tag: str) -> None:
    began = time.process_time()
    with pytest.raises(XliffError) as raised:
        read_xliff(f'<xliff xmlns="{NAMESPACE}" version="1.2">{tag * 400_000}</xliff>'.encode())
    assert raised.value.fault == "many"
    assert time.process_time() - began < 1  # building them takes several seconds
