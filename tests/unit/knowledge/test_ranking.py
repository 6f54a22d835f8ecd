import numpy as np
import pytest

from knowledge.ranking import Signals, Weights, best_first, distances_km, scores, standardised


def signals(count: int, **told: np.ndarray) -> Signals:
    """Return signals of so many candidates that differ in nothing but what is told."""
    zero, yes = np.zeros(count, np.float32), np.ones(count, np.bool_)
    same = {
        "need": zero, "meaning": zero, "words": zero, "distance_km": zero, "online": ~yes, "age_fits": yes, "unlikely_age": zero,
        "language_bonus": zero, "cost_fit": zero, "format_fits": yes, "day_fits": yes, "audience_fits": yes,
    }  # fmt: skip
    return Signals(**{**same, **told})


def test_koethen_to_merseburg_is_about_44_km() -> None:
    found = distances_km(51.752, 11.971, np.array([51.355, np.nan], np.float32), np.array([11.989, np.nan], np.float32))
    assert found[0] == pytest.approx(44.2, abs=0.5)
    assert np.isnan(found[1])


def test_equal_scores_go_by_the_tie_breaker_and_not_by_the_order_of_storing() -> None:
    values = np.array([1.0, 2.0, 1.0], np.float32)
    assert list(best_first(values, np.array([5, 0, 3]))) == [1, 2, 0]


def test_the_first_few_are_those_of_all_with_their_ties() -> None:
    values = np.array([1.0, 3.0, 2.0, 2.0, 0.0, 2.0], np.float32)
    tie_breakers = np.array([0, 0, 2, 1, 0, 3])
    assert list(best_first(values, tie_breakers)) == [1, 3, 2, 5, 0, 4]
    assert list(best_first(values, tie_breakers, first=2)) == [1, 3, 2, 5]
    assert list(best_first(values, tie_breakers, first=9)) == [1, 3, 2, 5, 0, 4]


def test_a_signal_that_tells_nothing_apart_counts_nothing() -> None:
    assert list(standardised(np.array([0.3, 0.3], np.float32))) == [0.0, 0.0]
    assert standardised(np.array([0.0, 1.0], np.float32)) == pytest.approx([-1.0, 1.0])


def test_what_fits_alike_goes_by_distance() -> None:
    """Two thousand Kitas of one description: chance words must not put one at the other end of town first."""
    alike = signals(
        3, need=np.array([0.9, 0.9, 0.9], np.float32), meaning=np.array([0.51, 0.50, 0.505], np.float32),
        distance_km=np.array([14.0, 0.5, 6.0], np.float32),
    )  # fmt: skip
    assert list(np.argsort(-scores(alike, Weights(), radius_km=25.0))) == [1, 2, 0]


def test_another_need_does_not_come_first_because_it_is_nearer() -> None:
    apart = signals(
        2, need=np.array([0.9, 0.01], np.float32), meaning=np.array([0.6, 0.2], np.float32),
        distance_km=np.array([20.0, 0.2], np.float32),
    )  # fmt: skip
    assert scores(apart, Weights(), radius_km=25.0).argmax() == 0
