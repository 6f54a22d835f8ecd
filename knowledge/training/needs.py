"""Trains the need classifier on the authored questions and the taxonomy's names."""

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from knowledge.encoder import Encoder
from knowledge.linear import LinearModel, train
from knowledge.needs import NeedClassifier
from knowledge.taxonomy import UNRELATED, Taxonomy
from knowledge.training.noise import carelessly
from knowledge.training.questions import Question, names_as_questions, read_questions, without_repeats

_RECIPE = 1
_UNRELATED_WEIGHT = 2.0
_CARELESS_COPIES = 1


def ensure_need_classifier(
    folder: Path, encoder: Encoder, taxonomy: Taxonomy, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> NeedClassifier:
    """Return the classifier of the present questions, names and encoder, trained only if one of them changed."""
    questions = [q for q in read_questions() if not q.held_back]
    inputs = [encoder.id, str(_RECIPE), *(f"{q.need}|{q.text}" for q in questions), *map(str, names_as_questions(taxonomy))]
    key = hashlib.sha256("\n".join(inputs).encode()).hexdigest()[:16]
    model_path, key_path = folder / "needs.npz", folder / "needs.json"
    try:
        if json.loads(key_path.read_text(encoding="utf-8"))["key"] == key:
            return NeedClassifier(LinearModel.load(model_path), encoder)
    except (OSError, ValueError, KeyError):
        pass  # missing, damaged or of another format: it is trained again
    folder.mkdir(parents=True, exist_ok=True)
    classifier = train_need_classifier(questions, taxonomy, encoder, progress=progress)
    classifier.model.save(model_path)
    key_path.write_text(json.dumps({"key": key}), encoding="utf-8")
    return classifier


def train_need_classifier(
    questions: list[Question],
    taxonomy: Taxonomy,
    encoder: Encoder,
    *,
    seed: int = 7,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> NeedClassifier:
    """Train on questions, on careless copies, and on the taxonomy's names."""
    rng = random.Random(seed)
    examples = without_repeats([*questions, *names_as_questions(taxonomy)])
    texts = [q.text for q in examples]
    labels = [q.need for q in examples]
    for q in examples:
        if q.style not in {"keyword", "transliterated"}:
            texts += [carelessly(q.text, q.language, rng) for _ in range(_CARELESS_COPIES)]
            labels += [q.need] * _CARELESS_COPIES
    vectors = encoder.encode_queries(texts)
    weights = np.array([_UNRELATED_WEIGHT if label == UNRELATED else 1.0 for label in labels], np.float32)
    model = train(texts, labels, vectors=vectors, sample_weights=weights, epochs=12, rate=5.0, seed=seed, progress=progress)
    return NeedClassifier(model, encoder)


