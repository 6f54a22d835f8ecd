"""The intent model: multinomial regression on n-grams and the shared encoder's vectors. Light, in both environments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.encoder import Encoder
from knowledge.linear import LinearModel, train

_TYPICAL_EXAMPLES = 150
_BALANCE = 0.6


@dataclass(frozen=True)
class IntentModel:
    """A trained model and the encoder whose vectors it was trained with."""

    model: LinearModel
    encoder: Encoder

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return all intents with their probabilities, likeliest first."""
        return list(self.model.probabilities(text, self.encoder.encode_queries([text])[0]).items())


def train_intents(lines: Sequence[tuple[str, str]], encoder: Encoder, *, seed: int = 7) -> LinearModel:
    """Train on (text, intent) pairs.

    Intents with many examples (`find_services` has thousands) weigh less in each of them, so that rare ones are heard.
    """
    texts = [text for text, _ in lines]
    counts = Counter(intent for _, intent in lines)
    weights = np.array([(_TYPICAL_EXAMPLES / counts[intent]) ** _BALANCE for _, intent in lines], np.float32)
    return train(
        texts, [intent for _, intent in lines], vectors=encoder.encode_queries(texts), sample_weights=weights,
        epochs=25, rate=20.0, dropout=0.5, seed=seed,
    )  # fmt: skip
