"""Vectors that are only tried lie over those of either storage, and change nothing there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.index import VectorStorage
from knowledge.index.vectors import Patched

A, B = np.eye(2, 3, dtype=np.float32)
QUERY = np.array([0.6, 0.8, 0.0], np.float32)


def test_old_and_tried_vectors_are_compared_together(storage: VectorStorage, tmp_path: Path) -> None:
    def embed(rows: Sequence[int]) -> Iterator[tuple[Sequence[int], NDArray[np.float32]]]:
        yield rows, np.stack([A, B])[list(rows)]

    before = storage.make(["aa", "bb"], embed, dim=3, before=None)
    before.save(tmp_path)
    asked: list[Sequence[int]] = []

    def embed_new(rows: Sequence[int]) -> NDArray[np.float32]:
        asked.append(rows)
        return np.stack([QUERY])

    tried = Patched(before, ["bb", "cc", "aa"], embed_new)
    assert asked == [[1]]
    assert (
        tried.similarities(QUERY, np.array([0, 1, 2])).round(5).tolist()
        == np.array([0.8, 1.0, 0.6], np.float32).tolist()
    )
    assert tried.similarities(QUERY, np.array([1])).round(5).tolist() == [1.0]
    assert tried.similarities(QUERY, np.array([], np.int64)).tolist() == []
    assert (
        storage.open(tmp_path, ["aa", "bb"]).similarities(QUERY, np.array([0])).round(5).tolist()
        == np.array([0.6], np.float32).tolist()
    )
