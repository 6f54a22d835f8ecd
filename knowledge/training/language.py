"""Trains the language model on our own questions and names: ten languages, also in Latin letters and without diacritics.

And on messages in other languages, `other_languages/<code>.txt`, which are one class together.
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.language import OTHER
from knowledge.linear import LinearModel, train
from knowledge.taxonomy import Taxonomy
from knowledge.training.noise import carelessly
from knowledge.training.questions import ChatLine, Question, names_as_questions

OTHER_LANGUAGES = Path(__file__).resolve().parent / "other_languages"
_PIECE_WORDS = 4
# There are few of them beside the questions.
_OTHERS_REPEATED = 4


def train_language_model(
    questions: list[Question],
    taxonomy: Taxonomy,
    chat_lines: Sequence[ChatLine] = (),
    others: Sequence[str] = (),
    *,
    seed: int = 7,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LinearModel:
    """Train on questions, on short pieces of them (messages in a chat are short), on careless copies, and on chat lines.

    Args:
        others: Messages in none of the ten languages.
    """
    rng = random.Random(seed)
    examples: list[tuple[str, str]] = []
    for question in questions:
        examples.append((question.text, question.language))
        examples += [(piece, question.language) for piece in _piece(question.text, 1, rng)]
        if rng.random() < 0.5:
            examples.append((carelessly(question.text, question.language, rng), question.language))
    examples += [(name.text, name.language) for name in names_as_questions(taxonomy)]
    examples += [(line.text, line.language) for line in chat_lines]
    for text in others:
        examples += [(one, OTHER) for _ in range(_OTHERS_REPEATED) for one in (text, *_piece(text, 3, rng))]
    texts, labels = zip(*examples, strict=True)
    return train(texts, labels, epochs=6, rate=5.0, rarest=3, seed=seed, progress=progress)


def read_other_languages() -> list[str]:
    """Return the messages in none of the ten languages, in a fixed order."""
    return [
        line.strip()
        for path in sorted(OTHER_LANGUAGES.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _piece(text: str, shortest: int, rng: random.Random) -> list[str]:
    """Return a run of `shortest` to four words of a longer text."""
    tokens = text.split()
    if len(tokens) <= _PIECE_WORDS:
        return []
    at = rng.randrange(len(tokens) - _PIECE_WORDS + 1)
    return [" ".join(tokens[at : at + rng.randint(shortest, _PIECE_WORDS)])]
