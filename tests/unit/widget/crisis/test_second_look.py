"""The model helps where the patterns find nothing; without it, or with a broken one, the patterns go on alone."""

import logging
from pathlib import Path

import pytest

from knowledge.linear import train
from knowledge.models import KeyedModel
from tests.fakes import WordEncoder
from widget.crisis import KINDS, SecondLook
from widget.crisis.learned import read_examples

HINT = "zeltplatz zeltplatz zeltplatz zeltplatz zeltplatz"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    texts = ["zeltplatz zeltplatz", "zeltplatz", "kita hort", "kita", "hort", "ferien kurs"] * 5
    kinds = ["homeless_tonight", "homeless_tonight", "ordinary", "ordinary", "ordinary", "ordinary"] * 5
    path = tmp_path / "crisis.npz"
    KeyedModel(path).save(train(texts, kinds, vectors=WordEncoder().encode_queries(texts), epochs=30, rate=5.0), "key")
    return path


def test_the_model_names_what_no_pattern_knows(model: Path) -> None:
    look = SecondLook(model, WordEncoder)
    found = look(HINT, "de-simple")
    assert found is not None
    assert (found.kind, found.language) == ("homeless_tonight", "de")
    assert look("kita hort", "de") is None


def test_the_patterns_come_first(model: Path) -> None:
    found = SecondLook(model, WordEncoder)("Mein Mann schlägt mich", "de")
    assert found is not None
    assert found.kind == "violence"


def test_without_a_model_the_patterns_go_on_and_it_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    look = SecondLook(tmp_path / "none.npz", WordEncoder)
    with caplog.at_level(logging.WARNING):
        assert look(HINT, "de") is None
        assert look(HINT, "de") is None
        assert look("Ich will nicht mehr leben", "de") is not None
    assert len(caplog.records) == 1
    assert "lotse prepare" in caplog.text
    assert HINT not in caplog.text


def test_a_few_words_are_left_to_the_patterns(model: Path) -> None:
    assert SecondLook(model, WordEncoder)("zeltplatz zeltplatz", "de") is None


def test_buttons_are_no_messages(model: Path) -> None:
    assert SecondLook(model, WordEncoder)(f"/{HINT}", "de") is None


def test_there_are_examples_of_every_kind_in_every_language() -> None:
    examples = read_examples()
    for language in {example.language for example in examples}:
        for kind in (*KINDS, "ordinary"):
            assert sum((one.kind, one.language) == (kind, language) for one in examples) >= 20, (kind, language)
