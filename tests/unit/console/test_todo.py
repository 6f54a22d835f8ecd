"""What is to be done first: order, reasons, and what each role may do about it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from console.freshness.due import Reviewed
from console.freshness.urgency import urgency
from console.todo import Found, Line, to_do
from knowledge import Account, Figure, Knowledge, Offering, SavedQuestion
from knowledge.german_time import GERMANY
from knowledge.reviewing import review_of
from knowledge.store import Asked, LinkCheck, Lying, Note, Published
from knowledge.store.tables import RevisionRow
from knowledge.values import Guide
from tests.unit.console.conftest import FIELDS, Indexed, Person

MakePerson = Callable[..., Person]
MakeOffering = Callable[..., Offering]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
ANNA = Account(
    id=1, email="anna@example.org", name="Anna", role="coordinator", alliances=("koethen",), language="de", created_at=NOW
)  # fmt: skip
URL = "https://kita.example.org/"


@pytest.fixture
def reviewed(make_offering: MakeOffering) -> Callable[..., Reviewed]:
    def make(id_: str, **fields: Any) -> Reviewed:
        given = {"checked_on": TODAY, "phone": "03496 123456", **fields}
        content = make_offering(id_, title=id_, **given).model_dump(mode="json")
        one = Published(id=id_, alliance="koethen", version=1, content=content, edited_at=NOW)
        return Reviewed(published=one, review=review_of(content, edited_on=TODAY))

    return make


def _lines(account: Account = ANNA, **found: Any) -> list[Line]:
    return to_do(Found(**found), account, today=TODAY, now=NOW)


def _reasons(line: Line) -> list[str]:
    return [reason() for reason in line.reasons]


def test_what_is_true_and_reachable_needs_nothing(reviewed: Callable[..., Reviewed]) -> None:
    assert _lines(reviewed=[reviewed("gut")]) == []


def test_what_is_shown_often_and_long_overdue_comes_first(reviewed: Callable[..., Reviewed]) -> None:
    all_ = [
        reviewed("lange", checked_on=date(2024, 11, 22)), reviewed("oft", checked_on=date(2025, 11, 21)),
        reviewed("kaum", checked_on=date(2025, 11, 21)), reviewed("beides", checked_on=date(2024, 11, 22)),
    ]  # fmt: skip
    lines = _lines(reviewed=all_, shown={"oft": 40, "beides": 40})
    assert [line.id for line in lines] == ["beides", "oft", "lange", "kaum"]
    assert _reasons(lines[1]) == [
        "Bei solchen Angeboten sollte alle 12 Monate jemand nachsehen. Zuletzt geprüft am 21.11.2025.",
        "In den letzten drei Monaten mindestens 40-mal gezeigt.",
    ]
    assert urgency(overdue_days=-5, shown=100) == 0


def test_broken_links_faulty_contacts_and_notes_are_told_in_one_line_an_offering(
    reviewed: Callable[..., Reviewed],
) -> None:
    broken = LinkCheck(url=URL, result="broken", failures=3, failing_since=date(2026, 11, 1))
    notes = [
        Note(id=1, offering="b", version=1, author="ben@example.org", text="Die Nummer ist neu. " * 20, written_at=NOW),
    ]
    lines = _lines(
        reviewed=[reviewed("a", url=URL), reviewed("b", phone="siehe Aushang"), reviewed("c", phone=None), reviewed("d")],
        notes=notes, broken={URL: broken},
    )  # fmt: skip
    assert [line.id for line in lines] == ["b", "a", "c"]
    quoted, number = _reasons(lines[0])
    assert quoted.startswith("Hinweis von ben@example.org: „Die Nummer")
    assert quoted.endswith(" …“")
    assert number == "Die Telefonnummer „siehe Aushang“ lässt sich nicht anrufen."
    assert _reasons(lines[1]) == [
        "Die Internetseite ist seit dem 01.11.2026 nicht zu erreichen. Stimmt die Adresse noch?"
    ]
    assert _reasons(lines[2]) == ["Es fehlt ein Kontakt: weder Telefon noch E-Mail-Adresse noch Internetseite."]
    assert [line.due for line in lines] == [False, False, False]


def test_a_guide_whose_address_is_dead_is_told_to_those_it_belongs_to(person: MakePerson, knowledge: Knowledge) -> None:
    guides = [
        Guide(id="g", alliance="koethen", language="tr", title="Aile rehberi", url=URL, text="T"),
        Guide(id="h", alliance="halle", language="tr", title="Rehber Halle", url=URL, text="T"),
    ]
    knowledge.store.put(guides, editor="import")
    knowledge.link_checks.follow({URL}, now=NOW)
    for days in range(3):
        knowledge.link_checks.note(URL, "broken", now=NOW + timedelta(days=days))
    anna = person("anna")
    anna.get("/console/")
    assert "Aile rehberi Die Internetseite ist seit dem 22.11.2026 nicht zu erreichen." in anna.text
    assert "Rehber Halle" not in anna.text
    assert "/console/offerings/g" not in anna.html


def test_drafts_are_told_when_they_wait_for_review_or_lie_for_a_month(reviewed: Callable[..., Reviewed]) -> None:
    def draft(id_: str, state: str, days: int) -> Lying:
        return Lying(id=id_, alliance="koethen", state=state, title=id_, written_at=NOW - timedelta(days=days))

    drafts = [draft("neu", "draft", 30), draft("liegt", "draft", 31), draft("wartet", "review", 2)]
    lines = _lines(reviewed=[], drafts=drafts)
    assert [(line.id, _reasons(line), line.version) for line in lines] == [
        ("wartet", ["Der Entwurf wartet seit 2 Tagen auf Ihre Durchsicht."], None),
        ("liegt", ["Am Entwurf hat seit 31 Tagen niemand weitergeschrieben."], None),
    ]
    helper = Account(**{**ANNA.__dict__, "role": "helper"})
    assert [line.id for line in _lines(helper, reviewed=[], drafts=drafts)] == ["liegt"]


def test_an_overdue_offering_is_confirmed_on_the_first_page(
    person: MakePerson, knowledge: Knowledge, indexed: Indexed, app: Flask
) -> None:
    _check(knowledge, date(2020, 1, 1))
    anna = person("anna")
    anna.get("/console/")
    assert "Kita Sonne" in anna.text
    assert "Kita Fremd" not in anna.text
    asked_at = next(one.asked_at for one in knowledge.questions.all() if one.alliance == "koethen").astimezone(GERMANY)
    assert f"Offene Fragen: 1. Die älteste wartet seit dem {asked_at:%d.%m.%Y} auf eine Antwort." in anna.text
    assert 'name="version" value="2"' in anna.html
    answer = anna.post("/console/offerings/kita-sonne/still-true", version="2", page="3")
    assert answer.location == "/console/?page=3&said=still_true"
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    assert (offering.checked_on, indexed.times) == (knowledge.settings.current_date(), 1)
    assert anna.post("/console/offerings/kita-sonne/still-true", version="2").status_code == 409
    assert knowledge.editions.history("kita-sonne")[-1].editor == "anna@example.org"


def test_who_may_not_publish_is_shown_no_button_for_it(person: MakePerson, knowledge: Knowledge) -> None:
    _check(knowledge, date(2020, 1, 1))
    helga, rita = person("helga"), person("rita")
    helga.get("/console/")
    assert "Kita Sonne" in helga.text
    assert ("Heute geprüft" in helga.text, "Bearbeiten" in helga.text) == (False, True)
    rita.get("/console/")
    assert "Kita Sonne" in rita.text
    assert ("Heute geprüft" in rita.text, "Bearbeiten" in rita.text) == (False, False)
    assert "Offene Fragen" not in rita.text


def test_how_often_an_offering_was_shown_is_told_without_small_numbers(
    person: MakePerson, knowledge: Knowledge
) -> None:
    _check(knowledge, date(2020, 1, 1))
    anna, today = person("anna"), knowledge.settings.current_date()
    for more, said in ((4, False), (3, True)):
        knowledge.figures.add({Figure(today, "koethen", "offering", "kita-sonne"): more})
        anna.get("/console/")
        assert ("mindestens 5-mal gezeigt" in anna.text) is said


def test_a_saved_question_that_fails_is_told_at_its_offering(reviewed: Callable[..., Reviewed]) -> None:
    question = SavedQuestion(
        id=1, alliance="koethen", offering="gut", asked=Asked(text="Wer hütet mein Baby?", language="de")
    )
    [line] = _lines(reviewed=[reviewed("gut"), reviewed("besser")], failing=[question])
    assert (line.id, _reasons(line)) == (
        "gut",
        ["Die Testfrage „Wer hütet mein Baby?“ führt nicht mehr zu diesem Angebot."],
    )


def test_drafts_and_reviews_of_ones_own_alliance_are_counted(person: MakePerson, knowledge: Knowledge) -> None:
    helga = person("helga")
    helga.post("/console/offerings/new", **FIELDS, do="review")
    with knowledge._engine.begin() as connection:
        old = update(RevisionRow).where(RevisionRow.state == "review")
        connection.execute(old.values(edited_at=datetime.now(UTC) - timedelta(days=9)))
    anna, ben = person("anna"), person("ben")
    anna.get("/console/")
    assert "Angebote zur Durchsicht: 1" in anna.text
    assert "Eltern-Café" in anna.text
    assert "Der Entwurf wartet seit 9 Tagen auf Ihre Durchsicht." in anna.text
    ben.get("/console/")
    assert "Angebote zur Durchsicht: 0" in ben.text
    assert "Eltern-Café" not in ben.text


def test_a_day_of_ones_own_is_set_shown_and_given_back(person: MakePerson, knowledge: Knowledge) -> None:
    anna, path = person("anna"), "/console/offerings/kita-sonne/review-date"
    for wrong, fault in (
        ("bald", "Das ist kein Datum"),
        ("2020-01-01", "in der Zukunft"),
        ("2099-01-01", "in der Zukunft"),
    ):
        assert anna.post(path, review_on=wrong).status_code == 422
        assert fault in anna.text
        assert f'value="{wrong}"' in anna.html
        assert 'aria-describedby="review_on-help review_on-fault"' in anna.html
    day = knowledge.settings.current_date() + timedelta(days=40)
    assert anna.post(path, review_on=day.isoformat()).location.endswith("?said=review_date")
    anna.get("/console/offerings/kita-sonne")
    assert f"Bitte sehen Sie am {day:%d.%m.%Y} wieder nach. Für den {day:%d.%m.%Y} ist es" in anna.text
    assert f'value="{day}"' in anna.html
    anna.post(path, review_on="")
    found = knowledge.reviews.one("kita-sonne")
    assert found
    assert found.own is None


@pytest.mark.parametrize(
    ("looks", "text"),
    [
        ([], "noch nicht angesehen"), (["ok"], "Die Internetseite antwortet."),
        (["broken"], "antwortet seit dem 22.11.2026 nicht richtig"), (["broken"] * 3, "seit dem 22.11.2026 nicht zu erreichen"),
        (["moved"], "ist umgezogen nach https://neu.example.org/?a=<b>"),
    ],
)  # fmt: skip
def test_what_became_of_the_website_stands_on_the_offerings_page(
    person: MakePerson, knowledge: Knowledge, looks: list[Any], text: str
) -> None:
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    knowledge.store.put([offering.model_copy(update={"url": URL})], editor="import")
    knowledge.link_checks.follow({URL}, now=NOW)
    for days, result in enumerate(looks):
        moved = "https://neu.example.org/?a=<b>" if result == "moved" else None
        knowledge.link_checks.note(URL, result, now=NOW + timedelta(days=days), moved_to=moved)
    anna = person("anna")
    anna.get("/console/offerings/kita-sonne")
    assert text in anna.text


def _check(knowledge: Knowledge, day: date) -> None:
    offering = knowledge.store.offering("kita-sonne")
    assert offering
    knowledge.store.put([offering.model_copy(update={"checked_on": day})], editor="import")
