"""Which needs a message tells: a linear model over n-grams and the sentence's vector, clause by clause for long stories."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.linear import LinearModel, softmax
from knowledge.taxonomy import UNRELATED, broader

_CLAUSE = re.compile(r"[.!?;:…\n،؛؟,]+\s+|\s+[–—-]\s+")
_SHORTEST_CLAUSE = 18
_CLAUSE_WEIGHT = 0.5


@dataclass(frozen=True)
class NeedClassifier:
    """Gives each need of the taxonomy its probability for a message.

    Attributes:
        model: Trained on authored questions; its labels are needs, and `unrelated`.
        encoder: The encoder whose vectors the model was trained with.
        temperature: Divides the log-probabilities, so that they are calibrated (held-back questions: expected calibration
            error over categories 0.03 at 0.8, 0.07 at 1.0, 0.16 at 1.2).
    """

    model: LinearModel
    encoder: Encoder
    temperature: float = 0.8

    @cached_property
    def id(self) -> str:
        """A text that changes with the model's answers; two trainings never end in the same biases."""
        parts = (self.model.labels, self.model.bias.tobytes(), self.model.scale.tobytes(), self.temperature)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def needs(self, text: str) -> dict[str, float]:
        """Return need -> probability, likeliest first; `unrelated` is among them."""
        p = self.probabilities([text])[0]
        order = np.argsort(-p, kind="stable")
        return dict(zip([self.model.labels[i] for i in order.tolist()], p[order].tolist(), strict=True))

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the probabilities of all labels, shape (len(texts), labels)."""
        return softmax(np.stack([self._recent(text) for text in texts]) / np.float32(self.temperature))

    @cached_property
    def _recent(self) -> Callable[[str], NDArray[np.float32]]:
        """The logits of a text; those of the latest are kept, since search and guides ask for the same."""
        return lru_cache(maxsize=256)(self._logits)

    def _logits(self, text: str) -> NDArray[np.float32]:
        parts = clauses(text)
        texts = [text, *parts] if len(parts) > 1 else [text]
        logits = self.model.logits_of(texts, self.encoder.encode_queries(texts))
        whole: NDArray[np.float32] = logits[0]
        if len(parts) < 2:
            return whole
        strongest = np.log(np.mean(softmax(logits[1:]), axis=0) + 1e-6)
        return np.asarray(whole + _CLAUSE_WEIGHT * strongest, dtype=np.float32)


def categories_of(needs: Mapping[str, float]) -> dict[str, float]:
    """Return category -> probability summed over its finer needs, likeliest first; `unrelated` is left out."""
    sums: dict[str, float] = {}
    for need, probability in needs.items():
        if need != UNRELATED:
            sums[broader(need)] = sums.get(broader(need), 0.0) + probability
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def clauses(text: str) -> list[str]:
    """Return the clauses of a long text; short ones stay with the clause before them."""
    found: list[str] = []
    for part in (p.strip() for p in _CLAUSE.split(text)):
        if found and (len(part) < _SHORTEST_CLAUSE or len(found[-1]) < _SHORTEST_CLAUSE):
            found[-1] += ", " + part
        elif part:
            found.append(part)
    return found
