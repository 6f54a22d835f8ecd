"""From a question to matches, as a list of steps: understand, gather candidates, score them, rank, give reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from knowledge import reasons
from knowledge.encoder import Encoder
from knowledge.fitting import (
    audience_fits,
    cost_fit,
    fits_age,
    format_fits,
    language_bonus,
    need_scores,
    runs_on,
    unlikely_age,
)
from knowledge.gathering import Candidates, gather
from knowledge.german_time import german_now, german_today
from knowledge.index import Library, Snapshot
from knowledge.language import LanguageIdentifier
from knowledge.needs import categories_of
from knowledge.opening_hours import open_now
from knowledge.ranking import Signals, Weights, best_first, parts, total
from knowledge.store import Store
from knowledge.taxonomy import UNRELATED
from knowledge.understanding import Reader
from knowledge.values import Answer, Match, Place, Query, Understanding, written_language

# Below this share of the likeliest category's probability, a match is of another need. On 900 held-back questions it declines
# 10 % of those that can be answered, and 77 % of those whose category was taken away; 0.4 would 11 % and 79 %.
_SHARE_OF_NEED = 0.3
_UNRELATED = 0.5
# Why nothing found does what was asked.
Declined = Literal["nothing", "no_need", "other_need", "other_age", "other_format"]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search weighed, before any offering is read from the store.

    Attributes:
        parts: What each signal gives each candidate; `points` is their sum.
        ranked: Positions of candidates, best first: all of them, or at least as many as were wanted.
        declined: Why nothing found does what was asked; None where something does.
    """

    snapshot: Snapshot
    today: date
    radius_km: float
    understood: Understanding
    candidates: Candidates
    parts: Mapping[str, NDArray[Any]]
    points: NDArray[np.float32]
    ranked: NDArray[np.int64]
    declined: Declined | None


@dataclass(frozen=True, kw_only=True)
class Search:
    """Answers questions over the knowledge base; its parts are wired once by the application."""

    store: Store
    library: Library
    reader: Reader
    encoder: Encoder
    identifier: LanguageIdentifier
    weights: Weights
    radius_km: float
    today: date | None = None

    def __call__(self, query: Query) -> Answer:
        """Return the offerings that answer a question best.

        Raises:
            IndexMissingError: There is no index to search.
        """
        return self.answer(query, self.find(query, first=query.offset + query.limit))

    def find(
        self,
        query: Query,
        *,
        snapshot: Snapshot | None = None,
        understood: Understanding | None = None,
        first: int | None = None,
    ) -> Found:
        """Return what a search weighs and the order that comes of it.

        Args:
            snapshot: The index to search, by default the present one.
            understood: What the question says, where it has been understood already.
            first: How many of the best are wanted; None for all.

        Raises:
            IndexMissingError: There is no index to search.
        """
        snapshot = snapshot or self.library.snapshot()
        today = self.today or german_today()
        understood = understood or self.understand(query, snapshot, today)
        radius_km = query.radius_km or self.radius_km
        candidates = gather(snapshot, query, understood.where.place, today, radius_km)
        signals = self._signals(snapshot, query, understood, candidates)
        found = parts(signals, self.weights, radius_km=candidates.radius_km)
        points = total(found)
        ranked = rank(points, candidates, snapshot, first=first)
        return Found(
            snapshot=snapshot, today=today, radius_km=radius_km, understood=understood, candidates=candidates, parts=found,
            points=points, ranked=ranked, declined=_declined(query, understood, signals, ranked),
        )  # fmt: skip

    def understand(self, query: Query, snapshot: Snapshot, today: date) -> Understanding:
        """Return what the question says, with what the query states outright put in its place."""
        written_in = self.identifier.identify(query.text, default=written_language(query.language or "de"))
        home = self.home(snapshot)
        said = self.reader.read(query.text, language=written_in, today=today, home=home)
        where = said.where
        if isinstance(query.near, Place):
            where = replace(where, place=query.near, options=(), unknown=None)
        elif query.near:
            where = self.reader.places.resolve(query.near, language=written_in, home=home)
        return replace(
            said,
            where=where,
            ages=query.ages or said.ages,
            service_language=query.service_language or said.service_language,
            free=said.free if query.free is None else query.free,
            online=said.online if query.online is None else query.online,
            on=query.on or said.on,
            until=said.until if query.on is None else query.on,
        )

    def home(self, snapshot: Snapshot) -> tuple[Place, ...]:
        """Return where the alliances are that this server knows; an ambiguous name means the place near one of them."""
        return self.reader.places.homes(self.store.alliances, snapshot.generation)

    def _signals(self, snapshot: Snapshot, query: Query, understood: Understanding, candidates: Candidates) -> Signals:
        rows = candidates.rows
        return Signals(
            need=need_scores(snapshot, understood, rows),
            meaning=self._meaning(snapshot, query.text, rows),
            words=snapshot.text.scores(query.text, rows),
            distance_km=candidates.distance_km,
            online=snapshot.columns.online[rows],
            age_fits=fits_age(snapshot, rows, understood.ages),
            unlikely_age=unlikely_age(snapshot, rows, understood),
            language_bonus=language_bonus(snapshot, rows, understood.service_language, self.weights),
            cost_fit=cost_fit(snapshot, rows, understood.free, self.weights),
            format_fits=format_fits(snapshot, rows, understood.online),
            day_fits=runs_on(snapshot, rows, understood),
            audience_fits=audience_fits(snapshot, rows, query, understood),
        )

    def _meaning(self, snapshot: Snapshot, text: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return each row's cosine with the question: that of its closest passage, shape (len(rows),)."""
        if not text.strip() or not len(rows):
            return np.full(len(rows), -1.0, np.float32)
        passages, counts = snapshot.passages(rows)
        close = snapshot.vectors.similarities(self.encoder.encode_queries([text])[0], passages)
        return np.maximum.reduceat(close, np.cumsum(counts) - counts)

    def answer(self, query: Query, found: Found) -> Answer:
        """Return the matches that a query wants to see of what was found, with their reasons."""
        snapshot, understood, today = found.snapshot, found.understood, found.today
        shown = found.ranked[query.offset : query.offset + query.limit]
        rows = found.candidates.rows[shown]
        stored = {offering.id: offering for offering in self.store.offerings([snapshot.ids[row] for row in rows])}
        now = datetime.combine(today, german_now().time()) if self.today else german_now()
        matches = []
        for at, row in zip(shown, rows, strict=True):
            offering = stored.get(snapshot.ids[row])
            if offering is None:
                continue  # withdrawn since the index was built
            km = float(found.candidates.distance_km[at])
            distance = None if np.isnan(km) or offering.format == "online" else round(km, 1)
            matches.append(
                Match(
                    offering=offering,
                    score=float(found.points[at]),
                    distance_km=distance,
                    reasons=reasons.of(offering, understood, distance, found.radius_km),
                    open_now=open_now(offering.opening_hours, now),
                )
            )
        return Answer(
            understood=understood,
            matches=tuple(matches),
            total=len(found.candidates.rows),
            no_good_answer=found.declined is not None,
            place=understood.where.place,
        )


def rank(
    points: NDArray[np.float32], candidates: Candidates, snapshot: Snapshot, *, first: int | None
) -> NDArray[np.int64]:
    """Return the positions of at least the first so many candidates (None: of all), best first; ties go to what was checked last."""
    return best_first(points, -snapshot.columns.checked_on[candidates.rows].astype(np.int64), first=first)


def _declined(query: Query, understood: Understanding, signals: Signals, ranked: NDArray[np.int64]) -> Declined | None:
    """Return why nothing found does what was asked, or None.

    So it is when no need was understood, or when the best match is of a much less likely category than the likeliest one
    (nobody near meets the need), for another age, or not in the wished form.
    """
    if not len(ranked):
        return "nothing"
    if query.categories or not query.text.strip():
        return None
    likeliest = max(categories_of(understood.needs).values(), default=0.0)
    if not likeliest or understood.needs.get(UNRELATED, 0.0) > _UNRELATED:
        return "no_need"
    best = ranked[0]
    if signals.need[best] < _SHARE_OF_NEED * likeliest:
        return "other_need"
    if not signals.age_fits[best]:
        return "other_age"
    return None if signals.format_fits[best] else "other_format"
