"""Which children an offering takes, and which a need's name speaks of."""

from types import SimpleNamespace

import numpy as np
import pytest

from knowledge.child_ages import takes
from knowledge.fitting import unlikely_age
from knowledge.taxonomy import load_taxonomy, typical_ages
from knowledge.values import Understanding


@pytest.mark.parametrize(
    ("low", "high", "age", "taken"),
    [
        (3, 6, 3, True), (3, 6, 2.8, True), (3, 6, 2.5, False), (3, 6, 6.9, True), (3, 6, 7, False),
        (0.33, 3, 0, True), (0.5, 6, 0, True), (1, 3, 0, False), (1, 3, 1, True),
    ],
)  # fmt: skip
def test_a_child_is_taken_by_its_age(low, high, age, taken) -> None:
    assert takes(low, high, age) is taken


def test_each_need_with_an_age_of_its_own_is_in_the_taxonomy() -> None:
    assert set(typical_ages()) <= set(load_taxonomy().concepts)
    assert all(0 <= first < last <= 18 for first, last in typical_ages().values())


def test_a_creche_is_for_the_youngest_unless_an_age_is_told() -> None:
    columns = SimpleNamespace(
        age_min=np.array([0.25, 2, 3, np.nan], np.float32), age_max=np.array([2, 6, 6, np.nan], np.float32)
    )
    snapshot, rows = SimpleNamespace(columns=columns), np.arange(4)
    wanted = Understanding(language="fr", needs={"daycare.creche": 0.9, "unrelated": 0.1})
    left_out = unlikely_age(snapshot, rows, wanted)
    assert left_out == pytest.approx([0.9 * 0.25 / 3, 0.9 * 2 / 3, 0.9, 0.0], abs=1e-6)
    told = Understanding(language="fr", needs=wanted.needs, ages=(3.0,))
    assert unlikely_age(snapshot, rows, told).tolist() == [0.0] * 4
