"""Reads the sentences of sentences.txt: which place is named, and by which of its words."""

import re
from pathlib import Path

import pytest

from knowledge.places import Places
from knowledge.values import LANGUAGES, PlaceReading

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE.parents[3] / "knowledge" / "training" / "questions"
_LINE = re.compile(r"(\w\w): (.*) => (.*?)(?: <(.*)>)?$")
SENTENCES = [
    match.groups() for line in (HERE / "sentences.txt").read_text("utf-8").splitlines() if (match := _LINE.match(line))
]


def shown(reading: PlaceReading) -> str:
    if reading.place:
        return ("~" if reading.corrected else "") + reading.place.label
    if reading.options:
        return ", ".join(place.label for place in reading.options)
    return f"? {reading.unknown}" if reading.unknown else "-"


@pytest.mark.parametrize(("language", "sentence", "place", "written"), SENTENCES)
def test_a_sentence_names_this_place_and_no_other(
    places: Places, language: str, sentence: str, place: str, written: str | None
) -> None:
    reading = places.read(sentence, language=language)
    assert (shown(reading), reading.written) == (place, written)
    assert reading.written is None or reading.written in sentence


def test_there_are_enough_sentences_with_and_without_a_place() -> None:
    without = [line for line in SENTENCES if line[2] == "-"]
    assert len(SENTENCES) - len(without) >= 250
    assert len(without) >= 90
    assert {line[0] for line in SENTENCES} == {line[0] for line in without} == set(LANGUAGES)


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.txt")), ids=lambda path: path.stem)
def test_parents_questions_are_hardly_ever_taken_for_a_misspelt_or_unknown_place(places: Places, path: Path) -> None:
    lines = [line.split("|", 1)[1].strip() for line in path.read_text("utf-8").splitlines() if "|" in line][::5]
    readings = [places.read(line, language=path.stem) for line in lines]
    guessed = [reading for reading in readings if reading.corrected or reading.unknown]
    assert len(guessed) <= 0.005 * len(lines) + 1
