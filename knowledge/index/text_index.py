"""The text index: BM25 (Robertson and Zaragoza 2009) over folded words.

The counts are kept, not the scores: after an edit only the changed texts are split into words again, and what depends on all
texts (how rare a word is, how long a text is beside the others) is computed when a question is asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix, vstack

from knowledge.errors import IndexMissingError
from knowledge.text import words

_PREFIX = 6
_K1 = 1.2
_B = 0.5
_MOST = 255  # a count fits into one byte; BM25 hardly tells 20 from 255
_FILES = ("starts", "rows", "counts", "lengths")


class TextIndex:
    """Texts by row number. A word counts whole and by its first letters, so that inflected forms still meet."""

    def __init__(self, vocabulary: dict[str, int], counts: csc_matrix, lengths: NDArray[np.int32]) -> None:
        self._vocabulary = vocabulary  # term -> column of `counts`; of texts that are gone, too
        self._counts = counts  # uint8, shape (texts, terms)
        self._lengths = lengths  # terms in each text, shape (texts,)
        mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
        self._damping = (_K1 * (1.0 - _B + _B * lengths / mean)).astype(np.float32)

    @classmethod
    def of(cls, texts: Sequence[str]) -> TextIndex:
        """Return an index of texts."""
        vocabulary: dict[str, int] = {}
        return cls(vocabulary, *_counted(texts, vocabulary))

    def changed(self, kept: NDArray[np.int64], new: Sequence[str], order: NDArray[np.int64]) -> TextIndex:
        """Return an index of some of the present rows and of new texts behind them, all put into another order.

        Args:
            kept: Rows of this index that stay, shape (k,).
            order: Which of the k + len(new) stands in each row of the result.
        """
        vocabulary = dict(self._vocabulary)
        counts, lengths = _counted(new, vocabulary)
        before = csr_matrix(self._counts)
        before.resize(before.shape[0], len(vocabulary))
        rows = np.concatenate([kept, len(self._lengths) + np.arange(len(new))])[order]
        together = vstack([before, csr_matrix(counts)], format="csr", dtype=np.uint8)[rows]
        return TextIndex(vocabulary, csc_matrix(together), np.concatenate([self._lengths, lengths])[rows])

    @classmethod
    def load(cls, folder: Path, size: int) -> TextIndex:
        """Read an index of `size` texts.

        Raises:
            IndexMissingError: A file is missing or damaged.
        """
        try:
            terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
            starts, rows, counts, lengths = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES)
            if len(lengths) != size:
                raise ValueError(f"{len(lengths)} texts instead of {size}")
            matrix = csc_matrix((counts, rows, starts), shape=(size, len(terms)), copy=False)
        except (OSError, ValueError, TypeError, EOFError) as error:
            raise IndexMissingError(f"{folder.name} cannot be read; it is built again from the store") from error
        return cls({term: column for column, term in enumerate(terms)}, matrix, lengths)

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        folder.mkdir()
        (folder / "terms.json").write_text(json.dumps(list(self._vocabulary), ensure_ascii=False), encoding="utf-8")
        arrays = (self._counts.indptr, self._counts.indices, self._counts.data, self._lengths)
        for name, array in zip(_FILES, arrays, strict=True):
            np.save(folder / f"{name}.npy", array)

    def scores(self, text: str, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Return the BM25 score of some texts for a question, by default of all; 0.0 where no word meets.

        Args:
            text: The question.
            rows: The texts wanted, each once, shape (k,); None for all n.

        Returns:
            Shape (k,) or (n,), in the order of `rows`.
        """
        size = len(self._lengths)
        wanted = size if rows is None else len(rows)
        met = [column for term in dict.fromkeys(terms(text)) if (column := self._vocabulary.get(term)) is not None]
        if not met:
            return np.zeros(wanted, np.float32)
        starts, ends = self._counts.indptr[met], self._counts.indptr[1:][met]
        texts_with = ends - starts
        rarity = np.log(1.0 + (size - texts_with + 0.5) / (texts_with + 0.5)).astype(np.float32)
        found = np.concatenate([self._counts.indices[start:end] for start, end in zip(starts, ends, strict=True)])
        counts = np.concatenate([self._counts.data[start:end] for start, end in zip(starts, ends, strict=True)])
        rarities, places = np.repeat(rarity, texts_with), found
        if rows is not None:
            place_of = np.full(size, -1, np.int32)
            place_of[rows] = np.arange(wanted, dtype=np.int32)
            among = np.flatnonzero(place_of[found] >= 0)
            found, counts, rarities = found[among], counts[among], rarities[among]
            places = place_of[found]
        often = counts.astype(np.float32)
        return np.bincount(places, rarities * often / (often + self._damping[found]), wanted).astype(np.float32)


def terms(text: str) -> list[str]:
    """Return the index terms of a text: its folded words, and the beginnings of the long ones."""
    found = []
    for word in words(text):
        if len(word) > 1:
            found.append(word)
            if len(word) > _PREFIX:
                found.append(word[:_PREFIX] + "*")
    return found


def _counted(texts: Sequence[str], vocabulary: dict[str, int]) -> tuple[csc_matrix, NDArray[np.int32]]:
    """Return how often each text has each term, uint8, shape (texts, terms), and the texts' lengths; adds new terms."""
    columns: list[int] = []
    counts: list[int] = []
    starts, lengths = [0], []
    for text in texts:
        found = Counter(terms(text))
        columns += [vocabulary.setdefault(term, len(vocabulary)) for term in found]
        counts += [min(count, _MOST) for count in found.values()]
        starts.append(len(columns))
        lengths.append(found.total())
    matrix = csr_matrix(
        (np.array(counts, np.uint8), np.array(columns, np.int32), np.array(starts, np.int64)),
        shape=(len(texts), len(vocabulary)),
    )
    return csc_matrix(matrix), np.array(lengths, np.int32)
