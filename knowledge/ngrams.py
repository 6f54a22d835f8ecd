"""Hashed character and word n-grams of a text, as sparse rows for the linear models.

Light: numpy only, also imported inside Rasa's environment (Python 3.10).
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.text import words

BUCKETS = 1 << 20
_CHARS = (2, 3, 4, 5)
_WORD_SALT = np.uint64(0x9E3779B97F4A7C15)
_PRIME = 0x100000001B3
_MULTIPLIER = np.uint64(_PRIME)

Buckets = NDArray[np.int64]
Weights = NDArray[np.float32]


@lru_cache(maxsize=512)  # several models read one message; nobody changes the arrays
def features(text: str) -> tuple[Buckets, Weights]:
    """Return the n-gram buckets of a text and their weights.

    Character 2- to 5-grams run over word boundaries of the folded text; words and word pairs are added. A weight is
    1 + ln(count), and each of the two groups has unit length, so that a long story weighs as much as a keyword.

    Returns:
        Bucket numbers below `BUCKETS`, sorted and distinct, shape (n,); weights, shape (n,), of L2 norm 1 (or empty).
    """
    tokens = words(text)
    if not tokens:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    codes = np.array([ord(c) for c in " " + " ".join(tokens) + " "], dtype=np.uint64)
    chars = np.concatenate([_rolling(codes, n) for n in _CHARS if len(codes) >= n])
    single = np.array([_string(token) for token in tokens], dtype=np.uint64)
    pairs = single[:-1] * _MULTIPLIER + single[1:]
    return _joined(_weighed(chars), _weighed(np.concatenate([single, pairs]) ^ _WORD_SALT))


def _rolling(codes: NDArray[np.uint64], n: int) -> NDArray[np.uint64]:
    """Return one hash for each run of n characters."""
    length = len(codes) - n + 1
    value = np.full(length, n, dtype=np.uint64)
    for offset in range(n):
        value = value * _MULTIPLIER ^ codes[offset : offset + length]
    return value


def _string(token: str) -> int:
    value = len(token)
    for char in token:
        value = (value * _PRIME ^ ord(char)) & 0xFFFFFFFFFFFFFFFF
    return value


def _weighed(hashes: NDArray[np.uint64]) -> tuple[Buckets, Weights]:
    mixed = hashes ^ (hashes >> np.uint64(29))
    mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
    buckets, counts = np.unique((mixed >> np.uint64(32)) % np.uint64(BUCKETS), return_counts=True)
    weights = (1.0 + np.log(counts)).astype(np.float32)
    return buckets.astype(np.int64), weights / np.linalg.norm(weights)


def _joined(a: tuple[Buckets, Weights], b: tuple[Buckets, Weights]) -> tuple[Buckets, Weights]:
    buckets, places = np.unique(np.concatenate([a[0], b[0]]), return_inverse=True)
    weights = np.zeros(len(buckets), np.float32)
    np.add.at(weights, places, np.concatenate([a[1], b[1]]))
    return buckets, weights / np.linalg.norm(weights)
