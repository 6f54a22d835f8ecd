"""All sections of all guides with what the search compares: their vectors, the needs they tell of, and their words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.guides.sections import Section, cut
from knowledge.index import TextIndex
from knowledge.needs import NeedClassifier
from knowledge.values import Guide


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The sections of one generation of the store.

    Attributes:
        titled: Unit vectors of the sections with title and heading, shape (n, dim); `bare` those with the heading alone.
        needs: How likely each label is for a section, shape (n, labels).
    """

    generation: int
    sections: tuple[Section, ...]
    digests: tuple[str, ...]
    titled: NDArray[np.float32]
    bare: NDArray[np.float32]
    needs: NDArray[np.float32]
    words: TextIndex

    @classmethod
    def of(
        cls,
        guides: Sequence[Guide],
        *,
        generation: int,
        encoder: Encoder,
        classifier: NeedClassifier,
        before: Shelf | None = None,
    ) -> Shelf:
        """Return the shelf of these guides; what the shelf before has of the same text is taken over."""
        sections = tuple(section for guide in guides for section in cut(guide))
        digests = tuple(hashlib.sha256(section.titled.encode()).hexdigest()[:24] for section in sections)
        known = {} if before is None else {digest: row for row, digest in enumerate(before.digests)}
        new = [row for row, digest in enumerate(digests) if digest not in known]
        made = _columns([sections[row] for row in new], encoder, classifier)
        had = _columns([], encoder, classifier) if before is None else (before.titled, before.bare, before.needs)
        # Rows of what was there, then of what is new, put in the order of the sections.
        at = np.array([known.get(digest, -1) for digest in digests], dtype=np.int64)
        at[new] = len(had[0]) + np.arange(len(new))
        titled, bare, needs = (np.concatenate(columns)[at] for columns in zip(had, made, strict=True))
        text = TextIndex.of([f"{section.titled} {section.heading}" for section in sections])
        return cls(
            generation=generation, sections=sections, digests=digests, titled=titled, bare=bare, needs=needs, words=text
        )


def _columns(
    sections: Sequence[Section], encoder: Encoder, classifier: NeedClassifier
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    if not sections:
        return (np.empty((0, encoder.dim), np.float32),) * 2 + (
            np.empty((0, len(classifier.model.labels)), np.float32),
        )
    return (
        encoder.encode_passages([section.titled for section in sections]),
        encoder.encode_passages([section.whole for section in sections]),
        classifier.probabilities([section.whole for section in sections]),
    )
