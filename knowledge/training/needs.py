"""Trains the need model on the authored questions and the taxonomy's names."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from knowledge.encoder import Encoder
from knowledge.linear import LinearModel, train
from knowledge.taxonomy import UNRELATED, Taxonomy
from knowledge.training.noise import carelessly
from knowledge.training.questions import ChatLine, Question, names_as_questions, without_repeats

_UNRELATED_WEIGHT = 2.0
# Small talk is easily told from needs; at full weight its many lines would cost needs that are told in few words. With half as many
# lines again at 0.3, 7 % of the answerable questions were declined; at 0.2 and at 0.12 it is 6 %.
_SMALL_TALK_WEIGHT = 0.2
_COPIES_OF_OWN = 3
# The encoder has learnt from these questions too, so its vectors look surer here than on new ones; they count less.
_VECTOR_SHARE = np.float32(0.25)


def train_need_model(
    questions: list[Question],
    taxonomy: Taxonomy,
    encoder: Encoder,
    chat_lines: Sequence[ChatLine] = (),
    *,
    seed: int = 7,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LinearModel:
    """Train on questions, on one careless copy of each, on the taxonomy's names, and on chat lines that tell of no need."""
    rng = random.Random(seed)
    examples = without_repeats([*questions, *names_as_questions(taxonomy)])
    texts = [q.text for q in examples]
    labels = [q.need for q in examples]
    for q in examples:
        if q.style not in {"keyword", "transliterated"}:
            texts.append(carelessly(q.text, q.language, rng))
            labels.append(q.need)
    asked = {q.need for q in questions}
    for q in examples:
        if q.need not in asked:  # an alliance's own need, told by nothing but its names: rare n-grams are not kept
            texts += [carelessly(q.text, q.language, rng) for _ in range(_COPIES_OF_OWN)]
            labels += [q.need] * _COPIES_OF_OWN
    weights = [_UNRELATED_WEIGHT if label == UNRELATED else 1.0 for label in labels]
    small_talk = [line.text for line in chat_lines if line.tells_no_need]
    texts += small_talk
    labels += [UNRELATED] * len(small_talk)
    weights += [_SMALL_TALK_WEIGHT] * len(small_talk)
    model = train(
        texts, labels, vectors=_VECTOR_SHARE * encoder.encode_queries(texts), sample_weights=np.array(weights, np.float32),
        epochs=12, rate=10.0, rarest=3, seed=seed, progress=progress,
    )  # fmt: skip
    return replace(model, dense=_VECTOR_SHARE * model.dense)
