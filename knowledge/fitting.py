"""How well each candidate fits what was understood: need, age, language, cost, form, day, audience. One value a row."""

import numpy as np
from numpy.typing import NDArray

from knowledge.child_ages import takes
from knowledge.index import Snapshot
from knowledge.needs import categories_of
from knowledge.ranking import Weights
from knowledge.taxonomy import UNRELATED, broader, typical_ages
from knowledge.values import Query, Understanding

_FOR_OTHERS = {"employer_services", "alliance_membership"}

Rows = NDArray[np.int64]


def need_scores(snapshot: Snapshot, understood: Understanding, rows: Rows) -> NDArray[np.float32]:
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
    coarse = snapshot.by_categories(lambda sets: (sets * wanted).max(axis=1, initial=0.0), rows)
    fine = snapshot.need_roots[rows] @ np.sqrt(finer)
    return np.asarray(0.75 * coarse + 0.25 * np.square(fine), dtype=np.float32)


def fits_age(snapshot: Snapshot, rows: Rows, ages: tuple[float, ...]) -> NDArray[np.bool_]:
    """Return whether each row takes at least one of the children; an age range that is not stated takes all."""
    if not ages:
        return np.ones(len(rows), np.bool_)
    low, high = _age_ranges(snapshot, rows)
    fits = np.zeros(len(rows), np.bool_)
    for age in ages:
        fits |= takes(low, high, age)
    return fits


def unlikely_age(snapshot: Snapshot, rows: Rows, understood: Understanding) -> NDArray[np.float32]:
    """Return how much of the ages that the needs speak of each row leaves out, 0.0 to 1.0; 0.0 where an age was told."""
    left_out = np.zeros(len(rows), np.float32)
    if understood.ages:
        return left_out
    low, high = _age_ranges(snapshot, rows)
    for need, (first, last) in typical_ages().items():
        taken = np.clip(np.minimum(high + 1.0, last) - np.maximum(low, first), 0.0, None) / (last - first)
        left_out += understood.needs.get(need, 0.0) * (1.0 - taken)
    return left_out


def _age_ranges(snapshot: Snapshot, rows: Rows) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the least and the highest age of each row in years; what is not stated takes all."""
    columns = snapshot.columns
    return np.nan_to_num(columns.age_min[rows], nan=0.0), np.nan_to_num(columns.age_max[rows], nan=200.0)


def language_bonus(snapshot: Snapshot, rows: Rows, wished: str | None, weights: Weights) -> NDArray[np.float32]:
    """Reward the wished service language; put offerings for speakers of other languages only a little back."""
    if wished:
        return np.asarray(weights.wished_language * _spoken(snapshot, rows, wished), dtype=np.float32)
    only_others = snapshot.columns.languages[rows].any(axis=1) & ~_spoken(snapshot, rows, "de")
    return np.asarray(weights.other_language * only_others, dtype=np.float32)


def _spoken(snapshot: Snapshot, rows: Rows, language: str) -> NDArray[np.bool_]:
    if language not in snapshot.languages:
        return np.zeros(len(rows), np.bool_)
    spoken: NDArray[np.bool_] = snapshot.columns.languages[rows, snapshot.languages.index(language)]
    return spoken


def cost_fit(snapshot: Snapshot, rows: Rows, wished: bool | None, weights: Weights) -> NDArray[np.float32]:
    """Return what costs take away where the service should be free."""
    if not wished:
        return np.zeros(len(rows), np.float32)
    free = snapshot.columns.free[rows]
    return np.where(free == 1, 0.0, np.where(free == 0, weights.costs, weights.costs_unknown)).astype(np.float32)


def format_fits(snapshot: Snapshot, rows: Rows, online: bool | None) -> NDArray[np.bool_]:
    """Return whether each row is online or in person, as wished."""
    return np.ones(len(rows), np.bool_) if online is None else snapshot.columns.online[rows] == online


def runs_on(snapshot: Snapshot, rows: Rows, understood: Understanding) -> NDArray[np.bool_]:
    """Return whether each row runs on one of the days asked for."""
    if understood.on is None:
        return np.ones(len(rows), np.bool_)
    first, last = understood.on.toordinal(), (understood.until or understood.on).toordinal()
    columns = snapshot.columns
    return np.asarray((columns.valid_from[rows] <= last) & (columns.valid_to[rows] >= first))


def audience_fits(snapshot: Snapshot, rows: Rows, query: Query, understood: Understanding) -> NDArray[np.bool_]:
    """Return False for services to employers and alliance members, unless the question or the filter asks for them."""
    likely = max(understood.needs, key=lambda need: understood.needs[need], default="")
    if _FOR_OTHERS & {broader(likely), *query.categories} or not understood.needs:
        return np.ones(len(rows), np.bool_)
    for_others = np.array([c in _FOR_OTHERS for c in snapshot.categories])
    return snapshot.by_categories(
        lambda sets: ~sets[:, for_others].any(axis=1) | sets[:, ~for_others].any(axis=1), rows
    )
