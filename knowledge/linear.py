"""Multinomial logistic regression on hashed n-grams and sentence vectors: small, fast, and the same in both environments.

It serves the need classifier (knowledge), the language identification (knowledge) and the intent classifier (bot).
Light: numpy only, also imported inside Rasa's environment (Python 3.10). No pickles: a model file is an .npz of arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge.ngrams import BUCKETS, features, features_of

Vectors = NDArray[np.float32]

_Row = tuple[NDArray[np.int64], NDArray[np.float32]]
_FORMAT = 2
_CHUNK = 500  # so many texts' n-grams are extracted at once


@dataclass(frozen=True)
class LinearModel:
    """A trained model.

    Attributes:
        labels: Class names, in the order of the columns.
        row_of: Bucket -> row of `weights`, -1 where the bucket was too rare, shape (BUCKETS,), int32.
        weights: One row a kept bucket, shape (rows, classes), int8, to be multiplied by `scale`.
        scale: Per class, shape (classes,), float32.
        dense: Weights of the sentence vector, shape (dim, classes), float32; dim 0 when trained without.
        bias: Shape (classes,), float32.
    """

    labels: tuple[str, ...]
    row_of: NDArray[np.int32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    dense: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, text: str, vector: Optional[Vectors] = None) -> NDArray[np.float32]:
        """Return the unnormalised log-probabilities of a text, shape (classes,); `vector` has shape (dim,)."""
        only: NDArray[np.float32] = self.logits_of([text], None if vector is None else vector[None])[0]
        return only

    def logits_of(self, texts: Sequence[str], vectors: Optional[Vectors] = None) -> NDArray[np.float32]:
        """Return the logits of several texts, shape (len(texts), classes); `vectors` has shape (len(texts), dim)."""
        # The first is the message whole, which other models have read, too.
        found = [features(texts[0]), *(features_of(texts[1:]) if len(texts) > 1 else ())]
        owner = np.repeat(np.arange(len(texts)), [len(buckets) for buckets, _ in found])
        rows = self.row_of[np.concatenate([buckets for buckets, _ in found])]
        values = np.concatenate([weights for _, weights in found])
        known = rows >= 0
        used, place = np.unique(rows[known], return_inverse=True)
        each = np.zeros((len(texts), len(used)), np.float32)
        each[owner[known], place] = values[known]
        result = each @ self.weights[used].astype(np.float32) * self.scale + self.bias
        if self.dense.shape[0] and vectors is not None:
            result = result + vectors @ self.dense
        return np.asarray(result, dtype=np.float32)

    def probabilities(self, text: str, vector: Optional[Vectors] = None) -> dict[str, float]:
        """Return label -> probability, likeliest first."""
        p = softmax(self.logits(text, vector))
        order = np.argsort(-p, kind="stable")
        return {self.labels[i]: float(p[i]) for i in order}

    def save(self, path: Path) -> None:
        """Write the model; an interrupted write leaves the old file."""
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            np.savez(
                file, format=_FORMAT, labels=np.array(self.labels), row_of=self.row_of, weights=self.weights,
                scale=self.scale, dense=self.dense, bias=self.bias,
            )  # fmt: skip
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model.

        Raises:
            OSError, ValueError, KeyError: The file is missing, damaged, or of another format.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                if int(file["format"]) != _FORMAT:
                    raise ValueError(f"{path} has another format")
                return cls(
                    labels=tuple(str(label) for label in file["labels"]), row_of=file["row_of"], weights=file["weights"],
                    scale=file["scale"], dense=file["dense"], bias=file["bias"],
                )  # fmt: skip
        except BadZipFile as error:
            raise ValueError(f"{path} is damaged: {error}") from error


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    vectors: Optional[Vectors] = None,
    sample_weights: Optional[NDArray[np.float32]] = None,
    epochs: int = 12,
    rate: float = 0.5,
    dropout: float = 0.3,
    smoothing: float = 0.05,
    rarest: int = 2,
    seed: int = 7,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LinearModel:
    """Train on labelled texts by AdaGrad on the cross-entropy (Duchi et al. 2011), with n-gram dropout.

    Args:
        vectors: Unit sentence vectors, shape (len(texts), dim), or None.
        sample_weights: Weight of each text in the loss, shape (len(texts),); 1.0 by default.
        dropout: Share of a text's n-grams hidden in each epoch.
        smoothing: Share of the target spread over all classes.
        rarest: Buckets in fewer texts are not kept.

    Raises:
        ValueError: Texts and labels differ in number, or there are none.
    """
    if not texts or len(texts) != len(labels):
        raise ValueError(f"want one label a text, got {len(texts)} texts and {len(labels)} labels")
    rng = np.random.default_rng(seed)
    names = tuple(sorted(set(labels)))
    targets = np.array([names.index(label) for label in labels])
    rows, row_of = _kept(texts, rarest)
    kept = int(row_of.max()) + 1
    dim = 0 if vectors is None else vectors.shape[1]
    w, w_seen = np.zeros((kept, len(names)), np.float32), np.full((kept, 1), 1e-3, np.float32)
    d, d_seen = np.zeros((dim, len(names)), np.float32), np.full((dim, 1), 1e-3, np.float32)
    b = np.zeros(len(names), np.float32)
    batch = 384
    for epoch in range(epochs):
        order = rng.permutation(len(texts))
        step = rate * (1.0 - epoch / epochs)
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            columns, local = _batch(rows, chosen, dropout, rng)
            hidden = local @ w[columns] + b
            if vectors is not None:
                hidden = hidden + vectors[chosen] @ d
            error = softmax(hidden)
            error -= smoothing / len(names)
            error[np.arange(len(chosen)), targets[chosen]] -= 1.0 - smoothing
            if sample_weights is not None:
                error *= sample_weights[chosen, None]
            error /= batch
            gradient = local.T @ error
            w_seen[columns] += np.square(gradient).mean(axis=1, keepdims=True)
            w[columns] -= step * gradient / np.sqrt(w_seen[columns])
            if vectors is not None:
                gradient = vectors[chosen].T @ error
                d_seen += np.square(gradient).mean(axis=1, keepdims=True)
                d -= step * gradient / np.sqrt(d_seen)
            b -= 0.1 * step * error.sum(axis=0)
        progress(epoch + 1, epochs)
    scale = np.maximum(np.abs(w).max(axis=0), 1e-9) / 127.0
    return LinearModel(names, row_of, np.round(w / scale).astype(np.int8), scale.astype(np.float32), d, b)


def _kept(texts: Sequence[str], rarest: int) -> tuple[list[_Row], NDArray[np.int32]]:
    """Return each text's (rows, values) over the buckets that at least `rarest` texts have."""
    chunks = (texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK))
    extracted = [one for chunk in chunks for one in features_of(chunk)]
    counts = np.bincount(np.concatenate([buckets for buckets, _ in extracted]), minlength=BUCKETS)
    row_of = np.full(BUCKETS, -1, np.int32)
    common = np.flatnonzero(counts >= rarest)
    row_of[common] = np.arange(len(common), dtype=np.int32)
    result = []
    for buckets, values in extracted:
        rows = row_of[buckets]
        result.append((rows[rows >= 0].astype(np.int64), values[rows >= 0]))
    return result, row_of


def _batch(rows: list[_Row], chosen: NDArray[np.int64], dropout: float, rng: np.random.Generator) -> Any:
    """Return the rows in use and the batch as a sparse matrix over them."""
    from scipy.sparse import csr_matrix

    columns = np.concatenate([rows[i][0] for i in chosen])
    values = np.concatenate([rows[i][1] for i in chosen])
    lengths = np.array([len(rows[i][0]) for i in chosen])
    at = np.repeat(np.arange(len(chosen)), lengths)
    if dropout:
        keep = rng.random(len(columns)) >= dropout
        columns, values, at = columns[keep], values[keep] / (1.0 - dropout), at[keep]
    used, local = np.unique(columns, return_inverse=True)
    matrix = csr_matrix((values.astype(np.float32), (at, local)), shape=(len(chosen), len(used)))
    return used, matrix
