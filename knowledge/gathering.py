"""Gathers what may answer a question: by place first, so that only the offerings around it and those online are looked at."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Snapshot
from knowledge.ranking import distances_km
from knowledge.values import Place, Query

_WIDER_RADIUS_FACTOR = 2.5
_FEWEST_NEARBY = 3


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Offerings that may answer: index rows in order, their distance in km (NaN where unknown or online), and the radius asked for."""

    rows: NDArray[np.int64]
    distance_km: NDArray[np.float32]
    radius_km: float


def gather(snapshot: Snapshot, query: Query, place: Place | None, today: date, radius_km: float) -> Candidates:
    """Return what may answer: running or to come, in the wished categories, near the place or online.

    When fewer than a handful lie within the radius, it is widened once; the reasons then name the distance.
    """
    if place is None:
        rows = _fitting(snapshot, query, np.arange(len(snapshot.ids)), today)
        return Candidates(rows=rows, distance_km=np.full(len(rows), np.nan, np.float32), radius_km=radius_km)
    columns = snapshot.columns
    around = snapshot.positions.around(place.latitude, place.longitude, radius_km * _WIDER_RADIUS_FACTOR)
    rows = np.sort(np.concatenate([snapshot.online_rows, around[~columns.online[around]]]))
    rows = _fitting(snapshot, query, rows, today)
    online = columns.online[rows]
    away = np.full(len(rows), np.nan, np.float32)
    there = rows[~online]
    away[~online] = distances_km(place.latitude, place.longitude, columns.latitude[there], columns.longitude[there])
    for radius in (radius_km, radius_km * _WIDER_RADIUS_FACTOR):
        near = away <= radius
        if near.sum() >= _FEWEST_NEARBY or query.radius_km is not None:
            break
    near |= online
    return Candidates(rows=rows[near], distance_km=away[near], radius_km=radius_km)


def _fitting(snapshot: Snapshot, query: Query, rows: NDArray[np.int64], today: date) -> NDArray[np.int64]:
    """Return those of some rows that have not ended and are what the query's filters ask for."""
    columns = snapshot.columns
    fits = columns.valid_to[rows] >= today.toordinal()
    if query.categories:
        wished = [code in query.categories for code in snapshot.categories]
        fits &= snapshot.by_categories(lambda sets: np.any(sets[:, wished], axis=1), rows)
    if query.alliance is not None:
        wanted = snapshot.alliances.index(query.alliance) if query.alliance in snapshot.alliances else -1
        fits &= columns.alliance[rows] == wanted
    return rows[fits]
