"""Where one offering stands in a search, and why it is not where somebody looked for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from knowledge.ranking import distances_km
from knowledge.search import Found

# The offering is not there: not in the index, over, or without a position or too far for the place asked for. Or it is there:
# but nothing is a good answer, behind others, or among the first that were looked at.
Why = Literal["not_there", "ended", "no_position", "too_far", "declined", "behind", "found"]
# Differences in the score below this are not worth a sentence.
_NOTABLE = 0.3
# Two parts that say the same to a reader: whether the offering speaks of what was asked.
_ABOUT = ("meaning", "words")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An offering within a search.

    Attributes:
        rank: Its place, from 1; None where it is not among the candidates.
        distance_km: From the place asked for; None where unknown or where none was asked for.
        parts: What each signal adds to its score; empty where it is not among the candidates.
        behind: Signals in which the offering at the last wanted place is better, the weightiest first.
    """

    why: Why
    rank: int | None = None
    distance_km: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    behind: tuple[str, ...] = ()


def standing(found: Found, offering_id: str, *, within: int) -> Standing:
    """Return where an offering stands.

    Args:
        found: A search with all candidates ranked.
        within: Among how many of the first it is looked for.
    """
    row = found.snapshot.row_of(offering_id)
    if row is None:
        return Standing(why="not_there")
    there = np.flatnonzero(found.candidates.rows == row)
    if not len(there):
        return _absent(found, row)
    at = int(there[0])
    rank = int(np.flatnonzero(found.ranked == at)[0]) + 1
    km = float(found.candidates.distance_km[at])
    own = parts_at(found, at)
    why: Why = "declined" if found.declined else "found" if rank <= within else "behind"
    behind = _behind(own, parts_at(found, int(found.ranked[within - 1]))) if rank > within else ()
    return Standing(why=why, rank=rank, distance_km=None if np.isnan(km) else km, parts=own, behind=behind)


def parts_at(found: Found, at: int) -> dict[str, float]:
    """Return what each signal adds to the score of the candidate at a position."""
    parts = {name: float(values[at]) for name, values in found.parts.items()}
    return {
        **{name: value for name, value in parts.items() if name not in _ABOUT},
        "about": sum(parts[name] for name in _ABOUT),
    }


def _absent(found: Found, row: int) -> Standing:
    columns, place = found.snapshot.columns, found.understood.where.place
    if columns.valid_to[row] < found.today.toordinal():
        return Standing(why="ended")
    if place is None or np.isnan(columns.latitude[row]):
        return Standing(why="no_position")
    here = slice(row, row + 1)
    km = distances_km(place.latitude, place.longitude, columns.latitude[here], columns.longitude[here])
    return Standing(why="too_far", distance_km=float(km[0]))


def _behind(own: Mapping[str, float], other: Mapping[str, float]) -> tuple[str, ...]:
    lead = {name: other[name] - own[name] for name in own}
    return tuple(sorted((name for name in lead if lead[name] >= _NOTABLE), key=lambda name: -lead[name]))
