from pathlib import Path

import bm25s
import numpy as np
import pytest

from knowledge.errors import IndexMissingError
from knowledge.index import TextIndex
from knowledge.index.text_index import terms

TEXTS = [
    "Krabbelgruppe für Eltern mit Babys",
    "Deutschkurs mit Kinderbetreuung, Kurs für Mütter",
    "Ferienbetreuung in den Herbstferien",
    "Kurs Kurs Kurs",
    "",
    "Elternkurs: Eltern werden, Eltern sein",
]


@pytest.mark.parametrize("question", ["kurs für eltern", "krabbelgruppen", "Betreuung in den Ferien", "xyz", ""])
def test_scores_are_those_of_bm25s(question: str) -> None:
    other = bm25s.BM25(k1=1.2, b=0.5)
    other.index([terms(text) or ["-"] for text in TEXTS], show_progress=False)
    known = [term for term in dict.fromkeys(terms(question)) if term in other.vocab_dict]
    expected = other.get_scores(known) if known else np.zeros(len(TEXTS))
    # bm25s counts one word in the empty text, which it cannot hold without.
    assert TextIndex.of(TEXTS).scores(question) == pytest.approx(expected, abs=0.05)


def test_the_text_with_the_rarest_shared_word_is_first() -> None:
    scores = TextIndex.of(TEXTS).scores("Kurs für Mütter")
    assert scores.argmax() == 1
    assert scores[4] == 0.0


def test_an_inflected_form_meets_by_its_beginning() -> None:
    assert TextIndex.of(TEXTS).scores("Krabbelgruppen").argmax() == 0


def test_changed_texts_score_as_in_an_index_of_their_own(tmp_path: Path) -> None:
    changed = TextIndex.of(TEXTS).changed(np.array([5, 0, 2]), ["Vätertreff", "Kurs"], np.array([3, 0, 4, 1, 2]))
    own = TextIndex.of(["Vätertreff", TEXTS[5], "Kurs", TEXTS[0], TEXTS[2]])
    changed.save(tmp_path / "text")
    for question in ("Vätertreff", "Eltern und Kurs", "Deutschkurs"):
        assert np.allclose(changed.scores(question), own.scores(question))
        assert np.allclose(TextIndex.load(tmp_path / "text", 5).scores(question), own.scores(question))


def test_texts_that_are_wanted_score_as_among_all() -> None:
    index = TextIndex.of(TEXTS)
    for question in ("kurs für eltern", "krabbelgruppen", "xyz"):
        assert list(index.scores(question, np.array([5, 1, 4]))) == list(index.scores(question)[[5, 1, 4]])
    assert index.scores("kurs", np.empty(0, np.int64)).shape == (0,)


def test_an_index_of_nothing_answers() -> None:
    assert list(TextIndex.of([]).scores("Kita")) == []
    assert TextIndex.of([]).changed(np.empty(0, np.int64), ["Kita"], np.array([0])).scores("Kita")[0] > 0


def test_a_cut_off_file_is_said_to_be_so(tmp_path: Path) -> None:
    TextIndex.of(TEXTS).save(tmp_path / "text")
    whole = (tmp_path / "text" / "rows.npy").read_bytes()
    (tmp_path / "text" / "rows.npy").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexMissingError, match="built again"):
        TextIndex.load(tmp_path / "text", len(TEXTS))
