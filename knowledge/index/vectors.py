"""The vector index over FAISS: exact inner products of unit vectors, that is cosine similarity. FAISS is imported only here."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexMissingError

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

faiss.omp_set_num_threads(1)  # two threads on two busy cores turned 0.7 ms into 16-28 ms


class FaissIndex:
    """Unit vectors by row number, searched exactly."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> "FaissIndex":
        """Return an index of unit vectors, shape (n, dim)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "FaissIndex":
        """Read an index.

        Raises:
            IndexMissingError: The file is missing, cut off, or no such index.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexMissingError(f"{path.name} cannot be read; it is built again from the store") from error

    def save(self, path: Path) -> None:
        """Write the index to a new file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        return int(self._index.d)

    def similarities(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """Return the cosine similarity of a query, shape (dim,), with the passages of some rows, shape (len(rows),)."""
        if self.dim != query.shape[0]:
            raise IndexMissingError(
                f"the index has {self.dim} dimensions, the encoder {query.shape[0]}; build it again"
            )
        result = np.empty(len(rows), np.float32)
        if len(rows):
            labels = np.ascontiguousarray(rows, dtype=np.int64)
            self._index.compute_distance_subset(
                1,
                faiss.swig_ptr(np.ascontiguousarray(query)),
                len(rows),
                faiss.swig_ptr(result),
                faiss.swig_ptr(labels),
            )
        return result

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors of some rows, shape (len(rows), dim)."""
        if not len(rows):
            return np.empty((0, self.dim), np.float32)
        return np.asarray(self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64)))
