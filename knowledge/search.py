"""From a question to matches, as a list of steps: understand, gather candidates, score them, rank, give reasons."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from knowledge import reasons
from knowledge.encoder import Encoder
from knowledge.index import Library, Snapshot
from knowledge.language import LanguageIdentifier
from knowledge.needs import categories_of
from knowledge.opening_hours import open_now
from knowledge.ranking import Signals, Weights, best_first, distances_km, scores
from knowledge.store import Store
from knowledge.taxonomy import UNRELATED, broader
from knowledge.understanding import Reader
from knowledge.values import Answer, Match, Place, Query, Understanding, written_language

_WIDER_RADIUS_FACTOR = 2.5
_FEWEST_NEARBY = 3
_AGE_SLACK_YEARS = 0.25
_KM_A_DEGREE = 111.0  # of latitude; a little less than it is, so that the box is a little larger
_FOR_OTHERS = {"employer_services", "alliance_membership"}
# Below this share of the likeliest category's probability, a match is of another need. On 900 held-back questions it declines
# 10 % of those that can be answered, and 77 % of those whose category was taken away; 0.4 would 11 % and 79 %.
_SHARE_OF_NEED = 0.3
_UNRELATED = 0.5


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Offerings that may answer: index rows, their distance in km (NaN where unknown), and how far was looked."""

    rows: NDArray[np.int64]
    distance_km: NDArray[np.float32]
    radius_km: float


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
        snapshot = self.library.snapshot()
        today = self.today or date.today()
        understood = self.understand(query, snapshot, today)
        place = understood.where.place
        candidates = gather(snapshot, query, place, today, query.radius_km or self.radius_km)
        signals = self._signals(snapshot, query, understood, candidates)
        points = scores(signals, self.weights, radius_km=candidates.radius_km)
        ranked = rank(points, candidates, snapshot)
        return self._answer(snapshot, query, understood, candidates, signals, points, ranked, today)

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
        columns, rows = snapshot.columns, candidates.rows
        wished = understood.service_language
        return Signals(
            need=need_scores(snapshot, understood, rows),
            meaning=self._meaning(snapshot, query.text, rows),
            words=snapshot.text.scores(query.text)[rows],
            distance_km=candidates.distance_km,
            online=columns.online[rows],
            age_fits=fits_age(snapshot, rows, understood.ages),
            language_bonus=_language_bonus(snapshot, rows, wished, self.weights),
            cost_fit=_cost_fit(columns.free[rows], understood.free, self.weights),
            format_fits=np.ones(len(rows), np.bool_)
            if understood.online is None
            else columns.online[rows] == understood.online,
            day_fits=_runs_on(snapshot, rows, understood),
            audience_fits=_audience_fits(snapshot, rows, query, understood),
        )

    def _meaning(self, snapshot: Snapshot, text: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return each row's cosine with the question: that of its closest passage, shape (len(rows),)."""
        result = np.full(len(snapshot.ids), -1.0, np.float32)
        wanted = np.zeros(len(snapshot.ids), np.bool_)
        wanted[rows] = True
        passages = np.flatnonzero(wanted[snapshot.passage_of])
        if text.strip() and len(passages):
            close = snapshot.vectors.similarities(self.encoder.encode_queries([text])[0], passages)
            np.maximum.at(result, snapshot.passage_of[passages], close)
        return result[rows]

    def _answer(
        self,
        snapshot: Snapshot,
        query: Query,
        understood: Understanding,
        candidates: Candidates,
        signals: Signals,
        points: NDArray[np.float32],
        ranked: NDArray[np.int64],
        today: date,
    ) -> Answer:
        shown = ranked[query.offset : query.offset + query.limit]
        rows = candidates.rows[shown]
        found = {offering.id: offering for offering in self.store.offerings([snapshot.ids[row] for row in rows])}
        now = datetime.combine(today, datetime.now().time()) if self.today else datetime.now().astimezone()
        matches = []
        for at, row in zip(shown, rows, strict=True):
            offering = found.get(snapshot.ids[row])
            if offering is None:
                continue  # withdrawn since the index was built
            km = float(candidates.distance_km[at])
            distance = None if np.isnan(km) or offering.format == "online" else round(km, 1)
            matches.append(
                Match(
                    offering=offering,
                    score=float(points[at]),
                    distance_km=distance,
                    reasons=reasons.of(offering, understood, distance, query.radius_km or self.radius_km),
                    open_now=open_now(offering.opening_hours, now),
                )
            )
        return Answer(
            understood=understood,
            matches=tuple(matches),
            total=len(candidates.rows),
            no_good_answer=no_good_answer(query, understood, signals, ranked),
            place=understood.where.place,
        )


def gather(snapshot: Snapshot, query: Query, place: Place | None, today: date, radius_km: float) -> Candidates:
    """Return what may answer: running or to come, in the wished categories, near the place or online.

    When fewer than a handful lie within the radius, it is widened once; the reasons then name the distance.
    """
    columns = snapshot.columns
    alive = columns.valid_to >= today.toordinal()
    if query.categories:
        alive &= columns.categories[:, [c in query.categories for c in snapshot.categories]].any(axis=1)
    if query.alliance is not None:
        alive &= columns.alliance == (
            snapshot.alliances.index(query.alliance) if query.alliance in snapshot.alliances else -1
        )
    if place is None:
        rows = np.flatnonzero(alive)
        return Candidates(rows=rows, distance_km=np.full(len(rows), np.nan, np.float32), radius_km=radius_km)
    away = _distances_within(snapshot, place, radius_km * _WIDER_RADIUS_FACTOR)
    for radius in (radius_km, radius_km * _WIDER_RADIUS_FACTOR):
        near = alive & ((away <= radius) | columns.online)
        if (near & ~columns.online).sum() >= _FEWEST_NEARBY or query.radius_km is not None:
            break
    rows = np.flatnonzero(near)
    return Candidates(rows=rows, distance_km=away[rows], radius_km=radius_km)


def _distances_within(snapshot: Snapshot, place: Place, radius_km: float) -> NDArray[np.float32]:
    """Return each row's distance in km, NaN where it is unknown or surely above the radius: only a box around it is measured."""
    columns = snapshot.columns
    high = radius_km / _KM_A_DEGREE
    wide = high / max(np.cos(np.radians(place.latitude)), 0.01)
    inside = np.flatnonzero(
        (np.abs(columns.latitude - place.latitude) <= high) & (np.abs(columns.longitude - place.longitude) <= wide)
    )
    away = np.full(len(columns.latitude), np.nan, np.float32)
    away[inside] = distances_km(place.latitude, place.longitude, columns.latitude[inside], columns.longitude[inside])
    return away


def need_scores(snapshot: Snapshot, understood: Understanding, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how well each row answers the needs, shape (len(rows),), 0.0 to 1.0.

    The category carries most: the probability of the question's category among the offering's; the finer need tells
    offerings of one category apart.
    """
    if not understood.needs:
        return np.zeros(len(rows), np.float32)
    by_category = categories_of(understood.needs)
    wanted = np.array(
        [by_category.get(c, 0.0) * (c not in understood.without) for c in snapshot.categories], np.float32
    )
    finer = np.array([understood.needs.get(label, 0.0) * (label != UNRELATED) for label in snapshot.labels], np.float32)
    coarse = (snapshot.columns.categories[rows] * wanted).max(axis=1, initial=0.0)
    fine = snapshot.columns.need_roots[rows].astype(np.float32) @ np.sqrt(finer)
    return np.asarray(0.75 * coarse + 0.25 * np.square(fine), dtype=np.float32)


def fits_age(snapshot: Snapshot, rows: NDArray[np.int64], ages: tuple[float, ...]) -> NDArray[np.bool_]:
    """Return whether each row takes at least one of the children; an age range that is not stated takes all."""
    if not ages:
        return np.ones(len(rows), np.bool_)
    low = np.nan_to_num(snapshot.columns.age_min[rows], nan=0.0) - _AGE_SLACK_YEARS
    high = np.nan_to_num(snapshot.columns.age_max[rows], nan=200.0)
    # A range "3 to 6" takes a child until it is seven.
    fits = np.zeros(len(rows), np.bool_)
    for age in ages:
        fits |= (low <= age) & (age < high + 1.0)
    return fits


def rank(points: NDArray[np.float32], candidates: Candidates, snapshot: Snapshot) -> NDArray[np.int64]:
    """Return positions among the candidates, best first; ties go to what was checked last."""
    return best_first(points, -snapshot.columns.checked_on[candidates.rows].astype(np.int64))


def no_good_answer(query: Query, understood: Understanding, signals: Signals, ranked: NDArray[np.int64]) -> bool:
    """Return whether nothing found does what was asked.

    So it is when no need was understood, or when the best match is of a much less likely category than the likeliest one
    (nobody near meets the need), for another age, or not in the wished form.
    """
    if not len(ranked):
        return True
    if query.categories or not query.text.strip():
        return False
    likeliest = max(categories_of(understood.needs).values(), default=0.0)
    if not likeliest or understood.needs.get(UNRELATED, 0.0) > _UNRELATED:
        return True
    best = ranked[0]
    return bool(
        signals.need[best] < _SHARE_OF_NEED * likeliest or not signals.age_fits[best] or not signals.format_fits[best]
    )


def _language_bonus(
    snapshot: Snapshot, rows: NDArray[np.int64], wished: str | None, weights: Weights
) -> NDArray[np.float32]:
    """Reward the wished service language; put offerings for speakers of other languages only a little back."""
    spoken = snapshot.columns.languages[rows]
    if wished:
        has = (
            spoken[:, snapshot.languages.index(wished)]
            if wished in snapshot.languages
            else np.zeros(len(rows), np.bool_)
        )
        return np.asarray(weights.wished_language * has, dtype=np.float32)
    german = spoken[:, snapshot.languages.index("de")] if "de" in snapshot.languages else np.zeros(len(rows), np.bool_)
    only_others = spoken.any(axis=1) & ~german
    return np.asarray(weights.other_language * only_others, dtype=np.float32)


def _cost_fit(free: NDArray[np.int8], wished: bool | None, weights: Weights) -> NDArray[np.float32]:
    if not wished:
        return np.zeros(len(free), np.float32)
    return np.where(free == 1, 0.0, np.where(free == 0, weights.costs, weights.costs_unknown)).astype(np.float32)


def _runs_on(snapshot: Snapshot, rows: NDArray[np.int64], understood: Understanding) -> NDArray[np.bool_]:
    if understood.on is None:
        return np.ones(len(rows), np.bool_)
    first, last = understood.on.toordinal(), (understood.until or understood.on).toordinal()
    columns = snapshot.columns
    return np.asarray((columns.valid_from[rows] <= last) & (columns.valid_to[rows] >= first))


def _audience_fits(
    snapshot: Snapshot, rows: NDArray[np.int64], query: Query, understood: Understanding
) -> NDArray[np.bool_]:
    """Return False for services to employers and alliance members, unless the question or the filter asks for them."""
    likely = max(understood.needs, key=lambda need: understood.needs[need], default="")
    if _FOR_OTHERS & {broader(likely), *query.categories} or not understood.needs:
        return np.ones(len(rows), np.bool_)
    columns = snapshot.columns.categories[rows]
    for_others = np.array([c in _FOR_OTHERS for c in snapshot.categories])
    only_others = columns[:, for_others].any(axis=1) & ~columns[:, ~for_others].any(axis=1)
    return np.logical_not(only_others)
