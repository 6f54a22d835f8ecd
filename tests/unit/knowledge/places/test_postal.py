"""Postal codes, and numbers that only look like one."""

import pytest

from knowledge.places import Places
from tests.unit.knowledge.places.test_sentences import shown


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kita 06366", "06366 Köthen"),
        ("D-06366 Köthen, Krippe", "06366 Köthen"),
        ("Köthen, 06366: Wer betreut nachts?", "06366 Köthen"),
        ("wohne in ٠٦٣٦٦", "06366 Köthen"),
        ("PLZ 06365", "06365 Köthen"),
        ("34117, 2 Kinder", "34117 Kassel"),
        ("81241 Pasing", "81241 München-Pasing"),
    ],
)
def test_a_postal_code_is_a_place(places: Places, text: str, place: str) -> None:
    reading = places.read(text, language="de")
    assert shown(reading) == place
    assert reading.place is not None
    assert reading.place.kind == "postal_code"


@pytest.mark.parametrize(
    "text",
    [
        "Das kostet 34117 € im Jahr",
        "Das kostet 34117 Euro im Jahr",
        "Tel. 0345 34117",
        "Telefon 34117",
        "030/34117 ist unsere Nummer",
        "Rufen Sie 0561 34117 104 an",
        "Aktenzeichen 341170",
        "Rechnung 12.34117",
        "Die Stadt hat 34117 Einwohner",
        "99999 Gründe",
    ],
)
def test_other_numbers_are_no_postal_codes(places: Places, text: str) -> None:
    assert shown(places.read(text, language="de")) == "-"


def test_code_and_town_together_are_one_place_and_one_piece_of_text(places: Places) -> None:
    reading = places.read("Wir wohnen in 06366 Köthen und suchen Hilfe", language="de")
    assert reading.written == "06366 Köthen"
    assert reading.place is not None
    assert (reading.place.postal_code, reading.place.name, reading.place.region) == (
        "06366",
        "Köthen",
        "Sachsen-Anhalt",
    )


def test_the_code_wins_over_a_town_that_is_far_from_it(places: Places) -> None:
    assert shown(places.read("06366, früher München", language="de")) == "06366 Köthen"
