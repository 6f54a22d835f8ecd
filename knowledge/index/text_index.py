"""The text index: BM25 (Robertson and Zaragoza 2009) over folded words, through bm25s."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexMissingError
from knowledge.text import words

_PREFIX = 6


class TextIndex:
    """Texts by row number. A word counts whole and by its first letters, so that inflected forms still meet."""

    def __init__(self, scorer: bm25s.BM25, size: int) -> None:
        self._scorer = scorer
        self._size = size

    @classmethod
    def of(cls, texts: Sequence[str]) -> "TextIndex":
        """Return an index of texts."""
        scorer = bm25s.BM25(k1=1.2, b=0.5)
        # One word that no question has keeps the vocabulary from being empty.
        scorer.index([terms(text) or ["\x00"] for text in texts] or [["\x00"]], show_progress=False)
        return cls(scorer, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> "TextIndex":
        """Read an index of `size` texts.

        Raises:
            IndexMissingError: A file is missing or damaged.
        """
        try:
            return cls(bm25s.BM25.load(str(folder), mmap=True), size)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise IndexMissingError(f"{folder.name} cannot be read; it is built again from the store") from error

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        self._scorer.save(str(folder), show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the BM25 score of each text for a question, shape (n,); 0.0 where no word meets."""
        known = [term for term in dict.fromkeys(terms(text)) if term in self._scorer.vocab_dict]
        if not known or not self._size:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._scorer.get_scores(known), dtype=np.float32)


def terms(text: str) -> list[str]:
    """Return the index terms of a text: its folded words, and the beginnings of the long ones."""
    found = []
    for word in words(text):
        if len(word) > 1:
            found.append(word)
            if len(word) > _PREFIX:
                found.append(word[:_PREFIX] + "*")
    return found
