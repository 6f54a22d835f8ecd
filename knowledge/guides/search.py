"""From a question to the sections of guides that answer it, in the parent's language where one does."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.guides.quoting import quote
from knowledge.guides.sections import Section
from knowledge.guides.shelf import Shelf
from knowledge.ranking import best_first, distances_km, standardised
from knowledge.store import Store
from knowledge.taxonomy import UNRELATED
from knowledge.understanding import Reader
from knowledge.values import Place

# Weights of the z-scores, and what another language or another town costs; coarse steps, chosen on the development guides.
_NEED, _MEANING, _WORDS = 0.5, 1.0, 0.5
_OWN_LANGUAGE, _GERMAN = 1.5, 1.0
_OF_ANOTHER_TOWN = -2.0
_FAR_KM = 50.0
_UNRELATED = 0.5


@dataclass(frozen=True, kw_only=True)
class FoundSection:
    """A section with the sentences that answer (word for word).

    Attributes:
        score: By which the sections are ordered; higher is better.
        similarity: Cosine of the section and the question.
    """

    section: Section
    quote: str
    score: float
    similarity: float


@dataclass(frozen=True, kw_only=True)
class GuideAnswer:
    """The sections, best first, at most as many as wished; `no_good_answer` when the question is none for a family guide."""

    sections: tuple[FoundSection, ...]
    total: int
    no_good_answer: bool


@dataclass(frozen=True, kw_only=True)
class _Present:
    """A shelf and where each section's alliance is, shape (n, 2) in degrees."""

    shelf: Shelf
    positions: NDArray[np.float32]


@dataclass(kw_only=True)
class GuideSearch:
    """Answers questions from the guides. Its shelf is made at the first question and whenever the store has changed."""

    store: Store
    encoder: Encoder
    reader: Reader
    _present: _Present | None = field(default=None, init=False)
    _making: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __call__(
        self,
        text: str,
        *,
        language: str,
        near: Place | None = None,
        limit: int = 5,
        least_similarity: float = -1.0,
        among: Collection[str] | None = None,
    ) -> GuideAnswer:
        """Return the sections that answer a question, best first.

        Args:
            language: The parent's (ISO 639-1): a section in it comes first, then the German one.
            near: Where the parent lives; guides of alliances far from there come last.
            limit: Most sections to return.
            least_similarity: Of the best ones, those less like the question (cosine) are left out.
            among: Ids of the guides to answer from; None: all.
        """
        present = self._current()
        shelf = present.shelf
        if not shelf.sections or not text.strip():
            shown = [FoundSection(section=s, quote=s.text, score=0.0, similarity=0.0) for s in shelf.sections[:limit]]
            return GuideAnswer(sections=tuple(shown), total=len(shelf.sections), no_good_answer=bool(text.strip()))
        asked = self.reader.classifier.probabilities([text])[0]
        question = self.encoder.encode_queries([text])[0]
        bare = shelf.bare @ question
        points = (
            _NEED * standardised(np.log(_same_need(shelf.needs, asked) + 1e-2))
            + _MEANING * (standardised(shelf.titled @ question) + standardised(bare))
            + _WORDS * standardised(shelf.words.scores(text))
            + _language_bonus(shelf, language)
            + _distance_cost(present.positions, near)
        )
        order = best_first(points.astype(np.float32), np.arange(len(points)))
        wanted = [row for row in order if among is None or shelf.sections[row].guide.id in among][:limit]
        labels = self.reader.classifier.model.labels
        unrelated = float(asked[labels.index(UNRELATED)]) if UNRELATED in labels else 0.0
        return GuideAnswer(
            sections=tuple(
                FoundSection(
                    section=shelf.sections[row],
                    quote=quote(shelf.sections[row].text, question, self.encoder),
                    score=float(points[row]),
                    similarity=float(bare[row]),
                )
                for row in wanted
                if bare[row] >= least_similarity
            ),
            total=len(shelf.sections),
            no_good_answer=unrelated > _UNRELATED,
        )

    def _current(self) -> _Present:
        """Return the shelf of what the store holds now; questions meanwhile are answered from the one before."""
        generation, present = self.store.generation(), self._present
        if present is not None and present.shelf.generation == generation:
            return present
        if self._making.acquire(blocking=present is None):
            try:
                if self._present is None or self._present.shelf.generation != generation:
                    shelf = Shelf.of(
                        self.store.guides(), generation=generation, encoder=self.encoder,
                        classifier=self.reader.classifier, before=present.shelf if present else None,
                    )  # fmt: skip
                    self._present = _Present(shelf=shelf, positions=self._positions_of(shelf))
            finally:
                self._making.release()
        assert self._present is not None
        return self._present

    def _positions_of(self, shelf: Shelf) -> NDArray[np.float32]:
        """Return where each section's alliance is, shape (n, 2); NaN for guides that hold everywhere."""
        homes = {
            alliance.id: self.reader.places.resolve(alliance.postal_code or alliance.city or "", language="de").place
            for alliance in self.store.alliances()
        }
        found = [homes.get(section.guide.alliance or "") for section in shelf.sections]
        points = [(home.latitude, home.longitude) if home else (np.nan, np.nan) for home in found]
        return np.array(points, np.float32).reshape(-1, 2)


def _distance_cost(positions: NDArray[np.float32], near: Place | None) -> NDArray[np.float32]:
    if near is None:
        return np.zeros(len(positions), np.float32)
    away = distances_km(near.latitude, near.longitude, positions[:, 0], positions[:, 1])
    return np.where(np.nan_to_num(away, nan=0.0) > _FAR_KM, _OF_ANOTHER_TOWN, 0.0).astype(np.float32)


def _same_need(needs: NDArray[np.float32], asked: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far two distributions over the needs agree (squared Bhattacharyya coefficient), shape (n,)."""
    return np.asarray(np.square(np.sqrt(needs) @ np.sqrt(asked)), dtype=np.float32)


def _language_bonus(shelf: Shelf, language: str) -> NDArray[np.float32]:
    bonus = {language: _OWN_LANGUAGE} if language == "de" else {"de": _GERMAN, language: _OWN_LANGUAGE}
    return np.array([bonus.get(section.guide.language, 0.0) for section in shelf.sections], np.float32)
