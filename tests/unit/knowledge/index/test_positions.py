import numpy as np
import pytest

from knowledge.index.positions import Positions
from knowledge.ranking import distances_km

_RNG = np.random.default_rng(5)
LATITUDE = _RNG.uniform(47.0, 55.0, 5_000).astype(np.float32)
LONGITUDE = _RNG.uniform(5.0, 15.5, 5_000).astype(np.float32)


@pytest.mark.parametrize(("latitude", "longitude"), [(51.3, 9.5), (50.0, 10.0), (47.1, 15.4), (54.9, 5.0)])
@pytest.mark.parametrize("km", [3.0, 25.0, 62.5])
def test_all_rows_within_the_distance_are_found(latitude: float, longitude: float, km: float) -> None:
    found = set(Positions(LATITUDE, LONGITUDE).around(latitude, longitude, km))
    near = np.flatnonzero(distances_km(latitude, longitude, LATITUDE, LONGITUDE) <= km)
    assert found.issuperset(near)


def test_far_rows_are_not_looked_at() -> None:
    found = Positions(LATITUDE, LONGITUDE).around(51.3, 9.5, 25.0)
    assert distances_km(51.3, 9.5, LATITUDE[found], LONGITUDE[found]).max() < 70.0


def test_a_row_without_a_position_is_nowhere() -> None:
    unknown = Positions(np.array([51.3, np.nan], np.float32), np.array([9.5, np.nan], np.float32))
    assert list(unknown.around(51.3, 9.5, 1.0)) == [0]
    assert list(Positions(np.empty(0, np.float32), np.empty(0, np.float32)).around(51.3, 9.5, 1.0)) == []
