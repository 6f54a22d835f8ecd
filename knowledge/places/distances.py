"""Distances between points on the map, in km; near enough within Germany."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

Point = tuple[float, float]

_KM_PER_DEGREE = 111.195
_CELL = 0.125


def distance_km(a: Point, b: Point) -> float:
    """Return the distance of two points (latitude, longitude) in degrees."""
    east = (b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return _KM_PER_DEGREE * math.hypot(b[0] - a[0], east)


def reach_km(population: int) -> float:
    """Return about how far a town of so many inhabitants reaches from its middle (Leipzig 8 km, Köthen 2 km)."""
    return 0.5 + 0.01 * math.sqrt(population)


class Grid:
    """Points in cells of about 14 by 8 km, so that those near another point are found without going through all."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, point in enumerate(points):
            self._cells[self._cell(point)].append(at)

    def near(self, point: Point, km: float) -> Iterator[int]:
        """Yield the positions, in the sequence given, of all points at most so far away, and of some a little farther."""
        row, column = self._cell(point)
        rows = math.ceil(km / (_CELL * _KM_PER_DEGREE))
        columns = math.ceil(km / (_CELL * _KM_PER_DEGREE * max(0.2, math.cos(math.radians(point[0])))))
        for r in range(row - rows, row + rows + 1):
            for c in range(column - columns, column + columns + 1):
                yield from self._cells.get((r, c), ())

    @staticmethod
    def _cell(point: Point) -> tuple[int, int]:
        return math.floor(point[0] / _CELL), math.floor(point[1] / _CELL)
