import numpy as np
import pytest

from knowledge.ranking import best_first, distances_km, standardised


def test_koethen_to_merseburg_is_about_44_km() -> None:
    found = distances_km(51.752, 11.971, np.array([51.355, np.nan], np.float32), np.array([11.989, np.nan], np.float32))
    assert found[0] == pytest.approx(44.2, abs=0.5)
    assert np.isnan(found[1])


def test_equal_scores_go_by_the_tie_breaker_and_not_by_the_order_of_storing() -> None:
    values = np.array([1.0, 2.0, 1.0], np.float32)
    assert list(best_first(values, np.array([5, 0, 3]))) == [1, 2, 0]


def test_a_signal_that_tells_nothing_apart_counts_nothing() -> None:
    assert list(standardised(np.array([0.3, 0.3], np.float32))) == [0.0, 0.0]
    assert standardised(np.array([0.0, 1.0], np.float32)) == pytest.approx([-1.0, 1.0])
