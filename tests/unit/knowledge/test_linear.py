from pathlib import Path

import numpy as np
import pytest

from knowledge.linear import LinearModel, train
from knowledge.ngrams import features

TEXTS = ["kita gesucht", "kindergarten platz", "eine kita", "deutschkurs", "deutsch lernen", "kurs für deutsch"]
LABELS = ["daycare"] * 3 + ["course"] * 3


def test_it_tells_what_it_was_taught_apart_also_misspelt() -> None:
    model = train(TEXTS, LABELS, epochs=30, rate=5.0, rarest=1)
    assert next(iter(model.probabilities("Kindergarden"))) == "daycare"
    assert next(iter(model.probabilities("deutschkurse"))) == "course"


def test_the_same_seed_gives_the_same_model() -> None:
    first, second = train(TEXTS, LABELS, rarest=1), train(TEXTS, LABELS, rarest=1)
    assert np.array_equal(first.weights, second.weights)


def test_a_sentence_vector_counts_where_no_word_is_known() -> None:
    vectors = np.array([[1, 0]] * 3 + [[0, 1]] * 3, np.float32)
    model = train(TEXTS, LABELS, vectors=vectors, epochs=30, rate=5.0, rarest=1)
    assert next(iter(model.probabilities("zzz", np.array([1, 0], np.float32)))) == "daycare"
    assert next(iter(model.probabilities("zzz", np.array([0, 1], np.float32)))) == "course"


def test_it_reads_back_as_it_was_written(tmp_path: Path) -> None:
    model = train(TEXTS, LABELS, rarest=1)
    model.save(tmp_path / "m.npz")
    again = LinearModel.load(tmp_path / "m.npz")
    assert np.array_equal(again.logits("eine kita"), model.logits("eine kita"))


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    train(TEXTS, LABELS, rarest=1).save(path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises((OSError, ValueError, KeyError)):
        LinearModel.load(path)


def test_labels_and_texts_must_match() -> None:
    with pytest.raises(ValueError, match="one label a text"):
        train(TEXTS, LABELS[:-1])


def test_features_have_unit_length_and_ignore_case_diacritics_and_punctuation() -> None:
    buckets, weights = features("Müller-Straße, ÇOCUK")
    assert np.linalg.norm(weights) == pytest.approx(1.0)
    assert np.array_equal(buckets, features("muller strasse cocuk")[0])
    assert len(features("!?")[0]) == 0
