"""What families looked for in vain: who sees what, and what can be done about it."""

from collections.abc import Callable

import pytest

from knowledge import Conversation, Knowledge, Query
from knowledge.store import AskedInVain
from tests.unit.console.conftest import Person

MakePerson = Callable[..., Person]
AddQuestions = Callable[..., list[int]]


@pytest.fixture
def asked(knowledge: Knowledge) -> AddQuestions:
    """Return how to record questions, each of a conversation of its own; returns their ids."""

    def record(*texts: str | None, need: str | None = None, language: str = "de", alliance: str | None = "koethen",
               place: str | None = "Köthen (Anhalt)") -> list[int]:  # fmt: skip
        ids = []
        for text in texts:
            number = len(knowledge.in_vain.all(None))
            conversation = f"conversation-{number}"
            knowledge.conversations.keep(Conversation(id=conversation, language=language, turns=1))
            question = AskedInVain(
                language=language, need=need, place=place, latitude=51.75, longitude=11.97, alliance=alliance, text=text
            )
            knowledge.in_vain.record(question, conversation=conversation)
            ids.append(knowledge.in_vain.all(None)[-1].id)
        return ids

    return record


def test_languages_and_towns_of_one_need_stand_together(asked: AddQuestions, person: MakePerson) -> None:
    first, _ = asked("abends", "nachts", need="off_hours_care")
    asked("gece kreş var mı", need="off_hours_care", language="tr", place="Zerbst")
    anna = person("anna")
    anna.get("/console/in-vain/")
    assert "3 mal" in anna.text
    assert "<bdi>Köthen (Anhalt)</bdi>, <bdi>Zerbst</bdi>" in anna.html
    assert "Deutsch 2, Türkisch 1" in anna.text
    anna.get(f"/console/in-vain/{first}")
    assert "abends" in anna.text
    assert '<q class="wide" lang="tr" dir="ltr">gece kreş var mı</q>' in anna.html


def test_of_too_few_families_no_words_are_shown(asked: AddQuestions, person: MakePerson) -> None:
    first, _ = asked("abends", "nachts", need="off_hours_care")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    assert "2 mal" in anna.text
    assert "abends" not in anna.text
    assert "mindestens 3 verschiedene Familien" in anna.text
    anna.get(f"/console/in-vain/{first}/again")
    assert "abends" not in anna.text
    anna.get(f"/console/in-vain/{first}/name")
    assert "abends" not in anna.html


def test_a_rare_word_is_masked_until_three_families_use_it(asked: AddQuestions, person: MakePerson) -> None:
    first = asked("Märchenjurte für Xaver", "Märchenjurte gesucht")[0]
    asked("Gibt es eine Märchenjurte?")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    assert "Märchenjurte für …" in anna.text
    assert "Xaver" not in anna.html
    assert "Noch nicht verstanden: Märchenjurte" in anna.text


def test_single_questions_that_nobody_understood_wait_for_others(asked: AddQuestions, person: MakePerson) -> None:
    asked("Märchenjurte", "Wetter heute")
    anna = person("anna")
    anna.get("/console/in-vain/")
    assert "die noch niemand verstanden hat: 2. " in anna.text
    assert "Noch nicht verstanden" not in anna.text
    asked("Märchenjurte", "Märchenjurte")
    anna.get("/console/in-vain/")
    assert "die noch niemand verstanden hat: 1. " in anna.text
    assert "Noch nicht verstanden: Märchenjurte" in anna.text


def test_arabic_words_stand_from_right_to_left(asked: AddQuestions, person: MakePerson) -> None:
    first = asked(*["هل توجد حضانة؟"] * 3, need="daycare", language="ar")[0]
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    assert 'lang="ar" dir="rtl">هل توجد حضانة؟' in anna.html


def test_each_sees_the_questions_of_their_own_area_and_the_office_all(asked: AddQuestions, person: MakePerson) -> None:
    asked("in Halle", need="daycare", alliance="halle", place="Halle (Saale)")
    (nobodys,) = asked("in Flensburg", need="daycare", alliance=None, place="Flensburg")
    anna, office = person("anna"), person("office")
    anna.get("/console/in-vain/")
    assert "Halle" not in anna.text
    assert "Flensburg" not in anna.text
    assert anna.get(f"/console/in-vain/{nobodys}").status_code == 404
    office.get("/console/in-vain/")
    assert "Flensburg" in office.text
    assert "in keinem Bündnis" in office.text
    assert office.get(f"/console/in-vain/{nobodys}").status_code == 200


def test_a_draft_begins_with_category_and_town(asked: AddQuestions, person: MakePerson) -> None:
    (first,) = asked("abends", need="off_hours_care.evening")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    assert "/console/offerings/new?categories=off_hours_care&amp;city=K%C3%B6then+(Anhalt)" in anna.html
    anna.get("/console/offerings/new?categories=off_hours_care&city=K%C3%B6then+(Anhalt)")
    assert 'value="Köthen (Anhalt)"' in anna.html
    assert 'value="off_hours_care" checked' in anna.html


def test_settling_leaves_what_was_not_seen_open_and_can_be_undone(
    asked: AddQuestions, person: MakePerson, knowledge: Knowledge
) -> None:
    first, second = asked("abends", "nachts", need="off_hours_care")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    (third,) = asked("wochenends", need="off_hours_care")
    answer = anna.post(f"/console/in-vain/{first}/state", state="settled", seen=str(second))
    assert answer.headers["Location"].endswith("state=settled&said=in_vain_settled")
    states = {one.id: (one.state, one.changed_by) for one in knowledge.in_vain.all(("koethen",))}
    assert states[first] == states[second] == ("settled", "anna@example.org")
    assert states[third] == ("open", None)
    anna.get(answer.headers["Location"])
    assert "Hier können Sie es zurücknehmen" in anna.text
    anna.post(f"/console/in-vain/{first}/state", state="open", seen=str(second))
    assert {one.state for one in knowledge.in_vain.all(("koethen",))} == {"open"}


@pytest.mark.parametrize("fields", [{}, {"state": "gone"}, {"state": "settled", "seen": "x" * 50}])
def test_a_strange_form_settles_at_most_what_it_names(
    fields: dict[str, str], asked: AddQuestions, person: MakePerson, knowledge: Knowledge
) -> None:
    first, second = asked("abends", "nachts", need="off_hours_care")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    anna.post(f"/console/in-vain/{first}/state", **fields)
    question = knowledge.in_vain.one(second)
    assert question is not None
    assert question.state == "open"


def test_a_word_is_learnt_found_at_once_and_taken_back(
    asked: AddQuestions, person: MakePerson, knowledge: Knowledge
) -> None:
    first = asked(*["Märchenjurte gesucht"] * 3)[0]
    knowledge.index()
    assert knowledge.search(Query(text="Märchenjurte", near="06366")).no_good_answer
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}/name")
    assert 'value="Märchenjurte"' in anna.html
    answer = anna.post(f"/console/in-vain/{first}/name", name="Märchenjurte", language="de", code="daycare")
    assert answer.status_code == 302
    anna.get(answer.headers["Location"])
    assert "Das Wort ist gelernt" in anna.text
    assert "1 von 1 Fragen finden jetzt etwas Passendes" in anna.text
    assert "Kita Sonne" in anna.text
    (learnt,) = [one for one in knowledge.learnt_names.all() if one.code == "daycare"]
    assert (learnt.added_by, learnt.alliance, learnt.language) == ("anna@example.org", "koethen", "de")
    anna.get("/console/in-vain/names")
    assert "Märchenjurte" in anna.text
    anna.post(f"/console/in-vain/names/{learnt.id}/revoke")
    assert knowledge.search(Query(text="Märchenjurte", near="06366")).no_good_answer


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "ein bis vier Wörter"),
        ("eins zwei drei vier fünf", "ein bis vier Wörter"),
        ("Gruppe 7", "ein bis vier Wörter"),
        ("x" * 61, "ein bis vier Wörter"),
        ("Krippe", "Dieses Wort kennt die Suche dafür schon"),
        ("Ludothek", "bedeutet schon etwas anderes"),
        ("jurte koethen", "bedeutet schon etwas anderes"),
        ("Kassel", "So heißt ein Ort"),
        ("und", "auch in ganz anderen Fragen"),
        ("Nachmittag", "auch in ganz anderen Fragen"),
    ],
)
def test_a_word_that_means_something_else_is_not_learnt(
    name: str, fault: str, asked: AddQuestions, person: MakePerson, knowledge: Knowledge
) -> None:
    (first,) = asked("abends", need="daycare")
    before = len(knowledge.learnt_names.all())
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}/name")
    answer = anna.post(f"/console/in-vain/{first}/name", name=name, language="de", code="daycare")
    assert answer.status_code == 422
    assert fault in anna.text
    assert f'value="{name}"' in anna.html
    assert len(knowledge.learnt_names.all()) == before


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("code", "no_such_need"), ("code", "")])
def test_a_word_needs_a_language_and_a_meaning(field: str, value: str, asked: AddQuestions, person: MakePerson) -> None:
    (first,) = asked("abends", need="daycare")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}/name")
    fields = {"name": "Märchenjurte", "language": "de", "code": "daycare", field: value}
    assert anna.post(f"/console/in-vain/{first}/name", **fields).status_code == 422
    assert f'id="{field}-fault"' in anna.html


def test_who_may_not_publish_adds_no_words_and_settles_nothing(asked: AddQuestions, person: MakePerson) -> None:
    (first,) = asked("abends", need="daycare")
    for name in ("helga", "rita"):
        assert person(name).get(f"/console/in-vain/{first}").status_code == 403


def test_without_an_index_asking_again_says_so(asked: AddQuestions, person: MakePerson) -> None:
    (first,) = asked("abends", need="daycare")
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}/again")
    assert "Die Suche ist gerade nicht bereit" in anna.text


def test_markup_in_a_question_is_text(asked: AddQuestions, person: MakePerson) -> None:
    first = asked(*["Kita <b>bitte</b>"] * 3, need="daycare")[0]
    anna = person("anna")
    anna.get(f"/console/in-vain/{first}")
    assert "<b>" not in anna.html
