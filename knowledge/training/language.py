"""Trains the language model on our own questions and names: ten languages, also in Latin letters and without diacritics."""

import random
from collections.abc import Callable, Sequence

from knowledge.linear import LinearModel, train
from knowledge.taxonomy import Taxonomy
from knowledge.training.noise import carelessly
from knowledge.training.questions import ChatLine, Question, names_as_questions

_PIECE_WORDS = 4


def train_language_model(
    questions: list[Question],
    taxonomy: Taxonomy,
    chat_lines: Sequence[ChatLine] = (),
    *,
    seed: int = 7,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LinearModel:
    """Train on questions, on short pieces of them (messages in a chat are short), on careless copies, and on chat lines."""
    rng = random.Random(seed)
    examples: list[tuple[str, str]] = []
    for question in questions:
        examples.append((question.text, question.language))
        tokens = question.text.split()
        if len(tokens) > _PIECE_WORDS:
            at = rng.randrange(len(tokens) - _PIECE_WORDS + 1)
            examples.append((" ".join(tokens[at : at + rng.randint(1, _PIECE_WORDS)]), question.language))
        if rng.random() < 0.5:
            examples.append((carelessly(question.text, question.language, rng), question.language))
    examples += [(name.text, name.language) for name in names_as_questions(taxonomy)]
    examples += [(line.text, line.language) for line in chat_lines]
    texts, labels = zip(*examples, strict=True)
    return train(texts, labels, epochs=6, rate=5.0, rarest=3, seed=seed, progress=progress)
