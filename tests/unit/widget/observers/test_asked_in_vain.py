"""What is recorded of questions without a good answer, and what never is."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge import (
    Alliance,
    Conversation,
    Knowledge,
    Place,
    PlaceReading,
    Understanding,
    open_knowledge,
    read_settings,
)
from widget.app import forget_what_is_old
from widget.conversation.observing import Turn
from widget.observers.asked_in_vain import InVainRecorder, is_in_vain, need_of, record

KOETHEN = Place(name="Köthen (Anhalt)", latitude=51.7513, longitude=11.9711, kind="town", population=25_000)
NIGHT = {"off_hours_care.evening": 0.7, "daycare.creche": 0.2}


def turn(**fields: object) -> Turn:
    return Turn(
        **{
            "conversation": "conversation-1", "is_first": True, "language": "de", "by": "rasa",
            "words": "Gibt es abends eine Betreuung in Köthen?", "request": "Gibt es abends eine Betreuung in Köthen?",
            "place": KOETHEN, "needs": NIGHT, "searched": True, "answered": False, **fields,
        }
    )  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def knowledge(tmp_path: Path, prepared: Path) -> Knowledge:
    for name in ("places.sqlite", "models"):
        (tmp_path / name).symlink_to(prepared / name)
    found = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path)}))
    found.store.put(
        [
            Alliance(id="koethen", name="Bündnis Köthen", city="Köthen (Anhalt)", covers=("063",)),
            Alliance(id="halle", name="Bündnis Halle", city="Halle (Saale)", postal_code="06108"),
        ],
        editor="import",
    )
    found.conversations.keep(Conversation(id="conversation-1", language="de", turns=1))
    return found


def test_a_question_is_recorded_with_need_town_and_redacted_words(knowledge: Knowledge) -> None:
    recorder = InVainRecorder(knowledge)
    words = "Gibt es abends eine Betreuung in Köthen? Mein Sohn Jonas, Tel 0176 555123"
    recorder(turn(words=words, request=words))
    recorder.wait()
    (one,) = knowledge.in_vain.all(None)
    assert (one.need, one.place, one.alliance, one.language) == (
        "off_hours_care.evening", "Köthen (Anhalt)", "koethen", "de",
    )  # fmt: skip
    assert one.text is not None
    assert one.text.startswith("Gibt es abends eine Betreuung in …?")
    assert not {"Jonas", "0176", "555123", "Köthen"} & set(one.text.replace("?", " ").split())


@pytest.mark.parametrize(
    "fields",
    [
        {"answered": True},
        {"by": "crisis", "words": "", "request": None, "searched": False, "answered": None},
        {"by": "failure", "searched": False, "answered": None},
        {"deletes": True},
        {"searched": False, "answered": None, "words": "", "request": None, "understood": None},
        {"searched": False, "answered": None, "request": None, "understood": Understanding(language="de", residue=("wetter",))},
    ],
)  # fmt: skip
def test_other_turns_are_not(fields: dict[str, object]) -> None:
    assert not is_in_vain(turn(**fields))


def test_words_with_a_place_that_nobody_understood_are_asked_in_vain(knowledge: Knowledge) -> None:
    said = Understanding(
        language="de", needs={"unrelated": 0.8}, where=PlaceReading(place=KOETHEN), residue=("marchenjurte",)
    )
    one = turn(searched=False, answered=None, request=None, needs={}, words="Märchenjurte in Köthen", understood=said)
    assert is_in_vain(one)
    record(knowledge, one)
    (kept,) = knowledge.in_vain.all(None)
    assert (kept.need, kept.text) == (None, "Märchenjurte in …")


def test_a_search_of_the_open_data_counts_without_words(knowledge: Knowledge) -> None:
    record(knowledge, turn(conversation=None, by="api"))
    (one,) = knowledge.in_vain.all(None)
    assert (one.need, one.text, one.conversation) == ("off_hours_care.evening", None, None)


def test_a_button_has_no_words(knowledge: Knowledge) -> None:
    record(knowledge, turn(words="", request="daycare"))
    (one,) = knowledge.in_vain.all(None)
    assert (one.need, one.text) == ("daycare", None)


def test_where_the_place_came_later_the_words_are_those_that_asked(knowledge: Knowledge) -> None:
    record(knowledge, turn(words="Köthen", request="Gibt es abends eine Betreuung?"))
    assert knowledge.in_vain.all(None)[0].text == "Gibt es abends eine Betreuung?"


def test_a_position_on_the_map_becomes_a_town(knowledge: Knowledge) -> None:
    record(knowledge, turn(place=knowledge.places.nearest(51.7534, 11.9688)))
    (one,) = knowledge.in_vain.all(None)
    assert (one.place, one.alliance) == ("Köthen", "koethen")
    town = knowledge.places.resolve("Köthen (Anhalt)").place
    assert town is not None
    assert (one.latitude, one.longitude) == (round(town.latitude, 2), round(town.longitude, 2))


def test_a_postal_code_becomes_a_town_and_finds_the_alliance_that_covers_it(knowledge: Knowledge) -> None:
    record(knowledge, turn(place=knowledge.places.postal_code("06366")))
    (one,) = knowledge.in_vain.all(None)
    assert (one.place, one.alliance) == ("Köthen", "koethen")


def test_a_place_far_from_every_alliance_is_nobodys(knowledge: Knowledge) -> None:
    record(knowledge, turn(place=knowledge.places.resolve("Flensburg").place))
    assert knowledge.in_vain.all(None)[0].alliance is None
    assert knowledge.in_vain.all(("koethen", "halle")) == []


def test_the_nearest_alliance_takes_a_place_that_none_covers(knowledge: Knowledge) -> None:
    record(knowledge, turn(place=knowledge.places.resolve("Merseburg").place))
    assert knowledge.in_vain.all(None)[0].alliance == "halle"


@pytest.mark.parametrize(
    ("needs", "need"),
    [
        (NIGHT, "off_hours_care.evening"),
        ({"daycare.creche": 0.3, "daycare.kindergarten": 0.3}, "daycare"),
        ({"unrelated": 0.8, "daycare.creche": 0.1}, None),
        ({"daycare.creche": 0.1, "carers.respite": 0.1}, None),
        ({}, None),
    ],
)
def test_a_need_is_named_where_it_is_clear(needs: dict[str, float], need: str | None) -> None:
    assert need_of(needs) == need


def test_a_store_that_is_down_costs_nothing(knowledge: Knowledge, caplog: pytest.LogCaptureFixture) -> None:
    class Down:
        def __getattr__(self, name: str) -> object:
            raise ConnectionError("Jonas 0176")

    recorder = InVainRecorder(Down())  # type: ignore[arg-type]
    recorder(turn())
    recorder.wait()
    assert caplog.messages == ["a question without a good answer was not counted: ConnectionError"]


def test_the_words_go_in_their_time(knowledge: Knowledge) -> None:
    record(knowledge, turn())
    forget_what_is_old(knowledge)
    assert knowledge.in_vain.all(None)[0].text is not None
    knowledge.in_vain.forget_words(timedelta(days=-1))
    assert knowledge.in_vain.all(None)[0].text is None


def test_a_learnt_name_is_understood_at_once(knowledge: Knowledge) -> None:
    def understood(text: str) -> str | None:
        return need_of(knowledge.reader.read(text, language="de", today=date(2026, 11, 22)).needs)

    before = understood("Märchenjurte in Köthen")
    knowledge.learnt_names.add("Märchenjurte", language="de", code="leisure", alliance="koethen", by="anna@example.org")
    assert before is None or not before.startswith("leisure")
    assert str(understood("Märchenjurte in Köthen")).startswith("leisure")
    assert str(understood("Gibt es bei euch auch Märchenjurten für Kinder?")).startswith("leisure")
