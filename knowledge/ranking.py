"""Puts candidates in order: how well the need, the meaning, the words, the place, the age and the wishes fit. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_WALK_KM = 2.0
# Below these differences (log-probability, cosine, BM25) a signal says nothing; about a third of what it is among mixed offerings.
_NEED_SPREAD, _MEANING_SPREAD, _WORDS_SPREAD = 0.5, 0.06, 0.5


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each signal counts, tuned on the authored validation questions (`lotse train encoder` prints the figures).

    The first three multiply z-scores over the candidates; the others are in the same unit.
    """

    need: float = 2.0
    meaning: float = 1.0
    words: float = 0.3
    distance: float = 2.5
    other_age: float = -3.0
    unlikely_age: float = -1.5
    other_language: float = -1.2
    wished_language: float = 1.2
    costs: float = -0.8
    costs_unknown: float = -0.3
    wrong_format: float = -1.5
    elsewhere_online: float = -1.2
    wrong_day: float = -1.5
    audience: float = -4.0


@dataclass(frozen=True, kw_only=True)
class Signals:
    """One value a candidate for each signal, all of shape (n,).

    `need` is a probability, `meaning` a cosine, `words` a BM25 score, `distance_km` NaN where unknown; the fits are
    True where the wish is met or not voiced.
    """

    need: Floats
    meaning: Floats
    words: Floats
    distance_km: Floats
    online: NDArray[np.bool_]
    age_fits: NDArray[np.bool_]
    unlikely_age: Floats
    language_bonus: Floats
    cost_fit: Floats
    format_fits: NDArray[np.bool_]
    day_fits: NDArray[np.bool_]
    audience_fits: NDArray[np.bool_]


def scores(signals: Signals, weights: Weights, *, radius_km: float) -> Floats:
    """Return one score a candidate, shape (n,), higher is better."""
    return total(parts(signals, weights, radius_km=radius_km))


def parts(signals: Signals, weights: Weights, *, radius_km: float) -> dict[str, NDArray[Any]]:
    """Return what each signal adds to the score of each candidate, shape (n,) each, by the signal's name."""
    km = np.nan_to_num(signals.distance_km, nan=radius_km / 4)
    # The first kilometres count most: 0 at the door, 1 at the radius.
    away = np.log1p(km / _WALK_KM) / np.log1p(radius_km / _WALK_KM)
    return {
        "need": weights.need * standardised(np.log(signals.need + 1e-3), least_spread=_NEED_SPREAD),
        "meaning": weights.meaning * standardised(signals.meaning, least_spread=_MEANING_SPREAD),
        "words": weights.words * standardised(signals.words, least_spread=_WORDS_SPREAD),
        "distance": -weights.distance * np.clip(away, 0.0, 4.0) * ~signals.online,
        "online": weights.elsewhere_online * signals.online,
        "age": weights.other_age * ~signals.age_fits,
        "unlikely_age": weights.unlikely_age * signals.unlikely_age,
        "language": signals.language_bonus,
        "cost": signals.cost_fit,
        "format": weights.wrong_format * ~signals.format_fits,
        "day": weights.wrong_day * ~signals.day_fits,
        "audience": weights.audience * ~signals.audience_fits,
    }


def total(parts: Mapping[str, NDArray[Any]]) -> Floats:
    """Return the sum of all parts, shape (n,)."""
    return np.asarray(sum(parts.values()), dtype=np.float32)


def standardised(values: Floats, *, least_spread: float = 1e-6) -> Floats:
    """Return the z-scores of a signal over the candidates.

    Args:
        least_spread: Where the values differ less, they are divided by it: two thousand Kitas that all fit alike are not to
            be told apart by chance words, but by their distance.
    """
    if len(values) == 0:
        return values
    return np.asarray((values - values.mean()) / max(float(values.std()), least_spread), dtype=np.float32)


def distances_km(latitude: float, longitude: float, latitudes: Floats, longitudes: Floats) -> Floats:
    """Return great-circle distances in km by the haversine formula on a sphere of 6371 km; NaN where a position is."""
    lat1, lat2 = np.radians(latitude), np.radians(latitudes)
    half_lat = np.sin((lat2 - lat1) / 2) ** 2
    half_lon = np.sin((np.radians(longitudes) - np.radians(longitude)) / 2) ** 2
    return np.asarray(
        2 * 6371.0 * np.arcsin(np.sqrt(half_lat + np.cos(lat1) * np.cos(lat2) * half_lon)), dtype=np.float32
    )


def best_first(values: Floats, tie_breakers: NDArray[np.int64], *, first: int | None = None) -> NDArray[np.int64]:
    """Return positions by falling score; equal scores go by the tie-breaker, never by the order of storing.

    Args:
        first: How many are wanted, the others being many: they may be left out. None for all.
    """
    among = np.arange(len(values))
    if first is not None and 0 < first < len(values):
        least = np.partition(values, -first)[-first]
        among = np.flatnonzero(values >= least)
    return among[np.lexsort((tie_breakers[among], -values[among]))]
