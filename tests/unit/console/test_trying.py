"""The page to try a question: what was understood, what families get and why, and where one's own offering is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from console.bench.trying import in_words
from knowledge import Knowledge, Offering
from knowledge.store import Asked
from tests.unit.console.conftest import Person

MakePerson = Callable[..., Person]
TRY = "/console/try/"


@pytest.fixture
def searched(knowledge: Knowledge) -> Knowledge:
    """A store with enough offerings that some stand behind others, and an index."""
    kita: dict[str, Any] = {"alliance": "koethen", "categories": ("daycare",), "city": "Köthen", "postal_code": "06366"}
    knowledge.store.put(
        [
            *(Offering(id=f"kita-{n}", title=f"Kita {n}", **kita) for n in range(4)),
            Offering(id="kurs", title="Deutschkurs am Abend", **{**kita, "categories": ("language_course",)}),
            Offering(id="fern", title="Kita Isar", **{**kita, "city": "München", "postal_code": "80331"}),
            Offering(id="vorbei", title="Kita Alt", valid_to=date(2020, 1, 1), **kita),
        ],
        editor="import",
    )  # fmt: skip
    knowledge.index()
    return knowledge


def _ask(one: Person, **fields: str) -> str:
    one.get(TRY)
    sent = {"text": "Kita in Köthen für mein Kind, 2 Jahre alt, kostenlos", "near": "", "language": "", **fields}
    answer = one.post(TRY, **sent)
    assert answer.status_code == 200, one.text
    return one.text


def test_what_is_understood_stands_there_in_plain_words(person: MakePerson, searched: Knowledge) -> None:
    said = _ask(person("anna"))
    assert "Sprache Deutsch" in said
    assert "(wahrscheinlich)" in said
    assert "Ort Köthen" in said
    assert "Alter der Kinder in Jahren 2" in said
    assert "Wünsche kostenlos" in said


def test_families_cards_stand_there_in_the_language_of_the_question(person: MakePerson, searched: Knowledge) -> None:
    anna = person("anna")
    said = _ask(anna, text="Köthen'de çocuğum için anaokulu arıyorum")
    assert "Sprache Türkisch" in said
    assert '<div lang="tr" dir="ltr">' in anna.html
    assert "çok yakında" in said
    assert "Warum Platz 1?" in said
    assert anna.html.count('<article class="card">') == 5


@pytest.mark.parametrize(
    ("offering", "said"),
    [
        ("kurs", "Ihr Angebot hat die Kategorien: Deutschkurse"),
        ("fern", "Kilometer von Köthen entfernt; so weit schauen wir nicht"),
        ("vorbei", "Sein letzter Tag ist vorbei"),
    ],
)
def test_an_offering_that_is_not_there_has_its_cause(
    person: MakePerson, searched: Knowledge, offering: str, said: str
) -> None:
    text = _ask(person("anna"), offering=offering)
    assert "Wo ist „" in text
    assert said in text


def test_an_offering_not_published_says_so_and_a_new_one_is_there_in_a_moment(
    person: MakePerson, searched: Knowledge
) -> None:
    anna = person("anna")
    withdrawn = searched.store.offering("kita-0")
    assert withdrawn
    searched.editions.save(withdrawn, state="withdrawn", editor="anna", read_version=1)
    assert "Das Angebot ist zurückgezogen" in _ask(anna, offering="kita-0")
    draft = withdrawn.model_copy(update={"id": "neu"})
    searched.editions.save(draft, state="draft", editor="anna", read_version=0)
    assert "noch ein Entwurf" in _ask(anna, offering="neu")
    searched.editions.save(draft, state="published", editor="anna", read_version=1)
    assert "gerade erst veröffentlicht worden" in _ask(anna, offering="neu")


def test_what_nothing_fits_says_what_families_read(person: MakePerson, searched: Knowledge) -> None:
    anna = person("anna")
    assert "Wir verstehen nicht, welche Hilfe gesucht wird" in _ask(anna, text="Wie wird das Wetter morgen in Köthen?")
    assert "bietet hier niemand an" in _ask(anna, text="Ich brauche einen Babysitter für die Nacht in München")


def test_another_alliances_offering_is_neither_offered_nor_explained(person: MakePerson, searched: Knowledge) -> None:
    anna, office = person("anna"), person("office")
    _ask(anna, offering="kita-fremd")
    assert "Wo ist „" not in anna.text
    assert 'value="kita-fremd"' not in anna.html
    assert "Wo ist „Kita Fremd“?" in _ask(office, offering="kita-fremd")


def test_nothing_typed_is_lost_and_faults_stand_at_the_field(person: MakePerson, searched: Knowledge) -> None:
    anna = person("anna")
    anna.get(TRY)
    assert anna.post(TRY, text="Wo?", near="Nirgendwoheim", language="fr", offering="kurs").status_code == 422
    assert 'id="near-fault"' in anna.html
    for kept in (
        'value="Wo?"',
        'value="Nirgendwoheim"',
        '<option value="fr" selected>',
        '<option value="kurs" selected>',
    ):
        assert kept in anna.html


def test_words_of_an_emergency_are_told_to_be_one(app: Flask, person: MakePerson, searched: Knowledge) -> None:
    anna = person("anna")
    assert "klingt nach einer Notlage" not in _ask(anna)
    object.__setattr__(app.extensions["gateway"], "check_crisis", lambda text, language: object())
    assert "klingt nach einer Notlage" in _ask(anna)


def test_a_saved_question_opens_with_its_offering(person: MakePerson, searched: Knowledge) -> None:
    one = searched.saved_questions.add(
        Asked(text="Kita", language="tr", near="06366"), offering="kurs", alliance="koethen"
    )
    anna = person("anna")
    anna.get(f"/console/try/saved/{one.id}")
    assert "Wo ist „Deutschkurs am Abend“?" in anna.text
    assert 'value="06366"' in anna.html


def test_without_an_index_the_page_says_so(person: MakePerson, knowledge: Knowledge) -> None:
    assert "Die Suche wird gerade vorbereitet" in _ask(person("anna"))


def test_parts_that_hardly_count_are_not_named_and_the_weightiest_come_first() -> None:
    parts = {"need": 0.4, "about": 0.29, "distance": -1.6, "age": 0.0, "language": 1.5}
    assert in_words(parts) == [
        ("part_distance", "part_much_against"),
        ("part_language", "part_much_for"),
        ("part_need", "part_for"),
    ]
