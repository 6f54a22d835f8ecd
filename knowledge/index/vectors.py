"""The VectorIndex seam, and its implementation over FAISS: exact inner products of unit vectors, that is cosine similarity.

FAISS is imported only here.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexMissingError

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]
# What each vector was made from, as hexadecimal digits: as an array, a third of what so many texts take.
Digests = NDArray[np.bytes_]
# Rows whose texts are to be embedded -> some of these rows at a time, with their unit vectors.
Embed = Callable[[Sequence[int]], Iterator[tuple[Sequence[int], Vectors]]]

_FILE = "vectors.faiss"

faiss.omp_set_num_threads(1)  # two threads on two busy cores turned 0.7 ms into 16-28 ms


class VectorIndex(Protocol):
    """Unit vectors of one snapshot's passages, by row; `digests` names what each was made from: encoder and text."""

    @property
    def digests(self) -> tuple[str, ...]: ...

    def similarities(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """Return the cosine similarity of a query, shape (dim,), with the passages of some rows, shape (len(rows),).

        Raises:
            IndexMissingError: The query has another dimension, or a vector is gone; the index is to be built again.
        """
        ...

    def save(self, folder: Path) -> None:
        """Write into a snapshot's folder what `VectorStorage.open` needs beside the digests."""
        ...


class VectorStorage(Protocol):
    """Where vectors stand between the builds: in the files of each snapshot, or in a table that machines share."""

    def make(self, digests: Sequence[str], embed: Embed, *, dim: int, before: VectorIndex | None) -> VectorIndex:
        """Return the index of these passages by row; only what is not there yet is embedded.

        Args:
            before: The index of the snapshot before, opened by this storage.
        """
        ...

    def open(self, folder: Path, digests: Sequence[str] | Digests) -> VectorIndex:
        """Return the index of a saved snapshot.

        Raises:
            IndexMissingError: Vectors are missing or damaged.
        """
        ...


class FaissFiles:
    """Vectors as one file in each snapshot's folder; a build takes over what the snapshot before has."""

    def make(self, digests: Sequence[str], embed: Embed, *, dim: int, before: VectorIndex | None) -> "FaissIndex":
        """See `VectorStorage`."""
        vectors = np.empty((len(digests), dim), np.float32)
        known = {digest: row for row, digest in enumerate(before.digests)} if isinstance(before, FaissIndex) else {}
        old = [row for row, digest in enumerate(digests) if digest in known]
        if isinstance(before, FaissIndex) and old:
            vectors[old] = before.vectors(np.array([known[digests[row]] for row in old], dtype=np.int64))
        for rows, made in embed([row for row, digest in enumerate(digests) if digest not in known]):
            vectors[rows] = made
        return FaissIndex.of(vectors, digests)

    def open(self, folder: Path, digests: Sequence[str] | Digests) -> "FaissIndex":
        """See `VectorStorage`."""
        try:
            # Mapped, not read: a page is in memory once a search near it came by, and once for all processes.
            index = faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexMissingError(f"{_FILE} cannot be read; it is built again from the store") from error
        if index.ntotal != len(digests):
            raise IndexMissingError(f"{_FILE} is damaged; it is built again from the store")
        return FaissIndex(index, digests)


class FaissIndex:
    """Unit vectors by row number, searched exactly."""

    def __init__(self, index: Any, digests: Sequence[str] | Digests) -> None:
        self._index = index
        self._digests: Digests = np.asarray(digests, dtype=np.bytes_)

    @classmethod
    def of(cls, vectors: Vectors, digests: Sequence[str]) -> "FaissIndex":
        """Return an index of unit vectors, shape (n, dim)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index, digests)

    @property
    def digests(self) -> tuple[str, ...]:
        return tuple(self._digests.astype(np.str_).tolist())

    def save(self, folder: Path) -> None:
        """See `VectorIndex`."""
        faiss.write_index(self._index, str(folder / _FILE))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        return int(self._index.d)

    def similarities(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """See `VectorIndex`."""
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


class Patched:
    """The vectors of another index with some that stand only in memory; it is never saved."""

    def __init__(self, before: VectorIndex, digests: Sequence[str], embed: Callable[[Sequence[int]], Vectors]) -> None:
        """Take over what `before` has of these passages by row.

        Args:
            embed: Rows that `before` does not have -> their unit vectors, shape (rows, dim).
        """
        known = {digest: row for row, digest in enumerate(before.digests)}
        self.digests = tuple(digests)
        self._before = before
        self._rows = np.array([known.get(digest, -1) for digest in digests], dtype=np.int64)
        added = np.flatnonzero(self._rows < 0)
        self._place = np.full(len(digests), -1, np.int64)
        self._place[added] = np.arange(len(added))
        self._added = embed(added.tolist()) if len(added) else None

    def similarities(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """See `VectorIndex`."""
        result = np.empty(len(rows), np.float32)
        old = self._rows[rows] >= 0
        result[old] = self._before.similarities(query, self._rows[rows[old]])
        if self._added is not None:
            result[~old] = self._added[self._place[rows[~old]]] @ query
        return result

    def save(self, folder: Path) -> None:
        """Refuse: what is only tried is never searched by parents."""
        raise NotImplementedError(f"vectors that were only tried are not written to {folder.name}")
