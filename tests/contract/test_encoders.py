"""One suite over every encoder: the shipped one, one through sentence-transformers, and the tests' own."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from knowledge.encoder import Encoder, HubEncoder, StaticEncoder, load_encoder
from knowledge.errors import EncoderError
from knowledge.settings import SHIPPED_ENCODER
from knowledge.training.encoder import write_model
from knowledge.training.tokenizer import train_tokenizer
from tests.fakes import WordEncoder


def _tokenizer() -> Tokenizer:
    return train_tokenizer(["kita platz für kinder", "deutsch lernen im kurs", "kreş arıyorum"] * 20, size=60)


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small-model")
    tokenizer = _tokenizer()
    weights = np.random.default_rng(7).standard_normal((tokenizer.get_vocab_size(), 16)).astype(np.float32)
    write_model(folder, tokenizer, weights)
    return folder


ENCODERS: dict[str, Callable[[Path], Encoder]] = {
    "shipped": lambda _: load_encoder(str(SHIPPED_ENCODER)),
    "static": StaticEncoder,
    "sentence-transformers": lambda folder: HubEncoder(str(folder)),
    "fake": lambda _: WordEncoder(),
}


@pytest.fixture(params=list(ENCODERS))
def encoder(request: pytest.FixtureRequest, small_model: Path) -> Encoder:
    return ENCODERS[request.param](small_model)


def test_vectors_have_unit_length_and_the_stated_shape(encoder: Encoder) -> None:
    vectors = encoder.encode_queries(["Kita in Köthen", "çocuk bakımı", "🙂"])
    assert vectors.shape == (3, encoder.dim)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:2], axis=1) == pytest.approx([1.0, 1.0], abs=1e-4)
    assert np.isfinite(vectors).all()


def test_nothing_gives_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape[0] == 0
    assert encoder.encode_passages([]).shape[0] == 0


def test_a_text_gets_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    alone = encoder.encode_passages(["Deutsch lernen"])[0]
    among = encoder.encode_passages(["Kita", "Deutsch lernen", "ein viel längerer Satz als die anderen beiden"])[1]
    assert np.allclose(alone, among, atol=1e-5)


def test_both_ways_of_loading_a_model_give_the_same_vectors(small_model: Path) -> None:
    texts = ["kita platz", "deutsch lernen im kurs"]
    light = StaticEncoder(small_model).encode_queries(texts)
    heavy = HubEncoder(str(small_model)).encode_queries(texts)
    assert np.allclose(light, heavy, atol=1e-4)


def test_the_shipped_encoder_is_small_and_puts_translations_close_together() -> None:
    size = sum(path.stat().st_size for path in SHIPPED_ENCODER.iterdir())
    assert size <= 25_000_000
    texts = ["Ich suche einen Kindergarten", "Çocuğum için kreş arıyorum", "Ich brauche Hilfe bei Schulden"]
    german, turkish, other = load_encoder(str(SHIPPED_ENCODER)).encode_queries(texts)
    assert german @ turkish > german @ other + 0.2


def test_an_encoder_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="leave the setting out"):
        load_encoder(str(tmp_path / "nowhere"))


def test_e5_models_get_their_prefixes(small_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "e5-small"
    folder.symlink_to(small_model)
    encoder = HubEncoder(str(folder))
    plain = HubEncoder(str(small_model))
    assert np.allclose(encoder.encode_queries(["kita"]), plain.encode_queries(["query: kita"]), atol=1e-5)
    assert np.allclose(encoder.encode_passages(["kita"]), plain.encode_queries(["passage: kita"]), atol=1e-5)
