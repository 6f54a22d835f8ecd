"""Rows by where they lie, so that a search near a place touches only the rows around it, whatever their number elsewhere."""

import numpy as np
from numpy.typing import NDArray

_CELL = 0.25  # degrees: some 28 by 17 km in Germany
_COLUMNS = 2048  # more cells than lie on one line around the earth
_KM_A_DEGREE = 111.0  # of latitude; a little less than it is, so that the box is a little larger


class Positions:
    """Rows sorted by the cell of a grid that they lie in; rows without a position lie in none."""

    def __init__(self, latitude: NDArray[np.float32], longitude: NDArray[np.float32]) -> None:
        """Take the positions in degrees, shape (n,) each, NaN where unknown."""
        rows = np.flatnonzero(~(np.isnan(latitude) | np.isnan(longitude)))
        cells = _line(latitude[rows]) * _COLUMNS + _column(longitude[rows])
        order = np.argsort(cells, kind="stable")
        self._rows = rows[order].astype(np.int32)
        self._cells = cells[order].astype(np.int32)

    def around(self, latitude: float, longitude: float, km: float) -> NDArray[np.int32]:
        """Return all rows at most so far away, and some that lie farther; in no order."""
        high = km / _KM_A_DEGREE
        wide = high / max(np.cos(np.radians(latitude)), 0.01)
        south, north = _line(np.array([latitude - high, latitude + high]))
        west, east = _column(np.array([longitude - wide, longitude + wide]))
        lines = np.arange(int(south), int(north) + 1) * _COLUMNS
        begins = np.searchsorted(self._cells, lines + west, side="left")
        ends = np.searchsorted(self._cells, lines + east, side="right")
        return np.concatenate([self._rows[begin:end] for begin, end in zip(begins, ends, strict=True)])


def _line(latitude: NDArray[np.floating]) -> NDArray[np.int64]:
    return np.floor((latitude.astype(np.float64) + 90.0) / _CELL).astype(np.int64)


def _column(longitude: NDArray[np.floating]) -> NDArray[np.int64]:
    # Nothing in Germany is near the date line, where the grid has its edge.
    across = np.floor((longitude.astype(np.float64) + 180.0) / _CELL)
    return np.clip(across, 0, _COLUMNS - 1).astype(np.int64)
