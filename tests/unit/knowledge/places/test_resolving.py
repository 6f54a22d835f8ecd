"""Texts that are a place, and answers to the question for it."""

import pytest

from knowledge.places import Places
from knowledge.values import Place
from tests.unit.knowledge.places.test_sentences import shown


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("06366", "06366 Köthen"),
        ("Köthen", "Köthen"),
        ("KÖTHEN", "Köthen"),
        ("koethen", "Köthen"),
        ("Köthen (Anhalt)", "Köthen"),
        ("Кассель", "Kassel"),
        ("04315 Leipzig", "04315 Leipzig"),
        ("Leipzig 04315", "04315 Leipzig"),
        ("06108 Halle", "06108 Halle (Saale)"),
        ("Hamburg-Altona", "Hamburg-Altona"),
        ("Altona (Hamburg)", "Hamburg-Altona"),
        ("in Pasing", "München-Pasing"),
        ("essen", "Essen"),
        ("Hof", "Hof"),
        ("Haale", "Haale"),
        ("ich wohne in essen", "Essen"),
        ("lepzig", "~Leipzig"),
        ("bad schmideberg", "~Bad Schmiedeberg"),
        ("Saarbrükkn", "~Saarbrücken"),
        ("Halle (bei Petershagen)", "Halle (bei Petershagen)"),
        ("Halle Westfalen", "Halle (Westf.)"),
        ("Frankfurt/Oder", "Frankfurt (Oder)"),
        ("Frankfurt a.M.", "Frankfurt am Main"),
        ("Fürth", "Fürth (Bayern), Fürth (Hessen)"),
        ("Kleinkleckersdorf", "? Kleinkleckersdorf"),
        ("Viyana", "? Wien"),
        ("egal", "? egal"),
        ("", "-"),
    ],
)
def test_a_text_that_is_a_place(places: Places, text: str, place: str) -> None:
    assert shown(places.resolve(text)) == place


def test_coordinates_are_a_position_named_after_the_nearest_town(places: Places) -> None:
    reading = places.resolve("51.75, 11.97")
    assert reading.place == Place(
        name="Köthen", latitude=51.75, longitude=11.97, kind="position", region="Sachsen-Anhalt"
    )


def test_coordinates_far_from_germany_are_an_unknown_place(places: Places) -> None:
    assert places.resolve("48.85,2.35").unknown == "48.85,2.35"


def test_the_shown_name_of_every_option_means_that_option(places: Places) -> None:
    for name in ("Neustadt", "Halle", "Mülheim", "Frankfurt", "Freiberg", "Burg"):
        options = places.resolve(name).options
        assert len({place.label for place in options}) == len(options) > 1
        assert [places.resolve(place.label).place for place in options] == list(options)


def test_names_are_german_and_tell_their_state(places: Places) -> None:
    munich, nuremberg = places.resolve("Munich").place, places.resolve("Nuremberg").place
    assert munich is not None
    assert (munich.name, munich.region, munich.kind) == ("München", "Bayern", "town")
    assert nuremberg is not None
    assert nuremberg.name == "Nürnberg"


@pytest.mark.parametrize(
    ("language", "answer", "place"),
    [
        ("de", "cottbuss", "~Cottbus"),
        ("de", "egal wo", "-"),
        ("de", "weiß nicht", "-"),
        ("de", "Hallo", "-"),
        ("de", "Kita", "-"),
        ("de", "Hinterdupfingen", "? Hinterdupfingen"),
        ("tr", "leipzig'de", "Leipzig"),
        ("tr", "fark etmez", "-"),
        ("ru", "касель", "Kassel"),
        ("uk", "не знаю", "-"),
        ("ar", "في كاسل", "Kassel"),
        ("ar", "لا أعرف", "-"),
        ("fa", "کلن", "Köln"),
        ("pl", "lipsk", "Leipzig"),
        ("ro", "nu știu", "-"),
        ("fr", "cologne", "Köln"),
        ("fr", "peu importe", "-"),
        ("en", "munich please", "München"),
        ("en", "I don't know", "-"),
    ],
)
def test_an_answer_to_the_question_for_the_place(places: Places, language: str, answer: str, place: str) -> None:
    assert shown(places.read(answer, language=language, place_expected=True)) == place


def test_a_bare_small_word_is_no_place_unless_it_was_asked_for(places: Places) -> None:
    assert shown(places.read("essen", language="de")) == "-"
    assert shown(places.read("essen", language="de", place_expected=True)) == "Essen"
