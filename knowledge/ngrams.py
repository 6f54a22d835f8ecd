"""Hashed character and word n-grams of a text, as sparse rows for the linear models.

Light: numpy only, also imported inside Rasa's environment (Python 3.10).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

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
    return features_of([text])[0]


def features_of(texts: Sequence[str]) -> list[tuple[Buckets, Weights]]:
    """Return the buckets and weights of several texts at once, as `features` does of one."""
    tokens = [words(text) for text in texts]
    spaced = [f" {' '.join(spoken)} " if spoken else "" for spoken in tokens]
    codes = np.frombuffer("".join(spaced).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(line) for line in spaced])
    chars = [_rolling(codes, owner, n) for n in _CHARS]
    single = np.array([_string(token) for spoken in tokens for token in spoken], dtype=np.uint64)
    speaker = np.repeat(np.arange(len(texts)), [len(spoken) for spoken in tokens])
    inside = speaker[:-1] == speaker[1:]
    pairs = (single[:-1] * _MULTIPLIER + single[1:])[inside]
    keys, weights = _joined(
        _weighed(np.concatenate([hashes for hashes, _ in chars]), np.concatenate([of for _, of in chars]), len(texts)),
        _weighed(
            np.concatenate([single, pairs]) ^ _WORD_SALT, np.concatenate([speaker, speaker[:-1][inside]]), len(texts)
        ),
        len(texts),
    )
    ends = np.searchsorted(keys, np.arange(1, len(texts)) * BUCKETS)
    return list(zip(np.split(keys % BUCKETS, ends), np.split(weights, ends), strict=True))


def _rolling(
    codes: NDArray[np.uint64], owner: NDArray[np.int64], n: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return one hash for each run of n characters of one text, and the text's number."""
    length = max(len(codes) - n + 1, 0)
    value = np.full(length, n, dtype=np.uint64)
    for offset in range(n):
        value = value * _MULTIPLIER ^ codes[offset : offset + length]
    inside = owner[:length] == owner[n - 1 : n - 1 + length]
    return value[inside], owner[:length][inside]


@lru_cache(maxsize=1 << 16)
def _string(token: str) -> int:
    value = len(token)
    for char in token:
        value = (value * _PRIME ^ ord(char)) & 0xFFFFFFFFFFFFFFFF
    return value


def _weighed(hashes: NDArray[np.uint64], owner: NDArray[np.int64], texts: int) -> tuple[Buckets, Weights]:
    """Return keys (text number x BUCKETS + bucket), sorted and distinct, with weights of norm 1 within each text."""
    mixed = hashes ^ (hashes >> np.uint64(29))
    mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
    buckets = ((mixed >> np.uint64(32)) % np.uint64(BUCKETS)).astype(np.int64)
    keys, counts = np.unique(owner * BUCKETS + buckets, return_counts=True)
    return keys, _unit(keys, 1.0 + np.log(counts), texts)


def _joined(a: tuple[Buckets, Weights], b: tuple[Buckets, Weights], texts: int) -> tuple[Buckets, Weights]:
    keys, places = np.unique(np.concatenate([a[0], b[0]]), return_inverse=True)
    weights = np.bincount(places, np.concatenate([a[1], b[1]]), len(keys))
    return keys, _unit(keys, weights, texts)


def _unit(keys: Buckets, weights: NDArray[Any], texts: int) -> Weights:
    owner = keys // BUCKETS
    norms = np.sqrt(np.bincount(owner, np.square(weights), texts))
    return (weights / norms[owner]).astype(np.float32)
