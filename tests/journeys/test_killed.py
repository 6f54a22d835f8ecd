"""A process that writes is killed at random moments: nothing that it said it did is lost, nothing is there by half."""

import random
from pathlib import Path

import pytest

from benchmarks import kills

pytestmark = pytest.mark.journey


def test_what_was_said_is_there_and_nothing_is_there_by_half(data_dir: Path) -> None:
    kills.stock(data_dir)
    chance = random.Random(22)
    # Two hundred of them: python -m benchmarks.kills
    assert [kills.kill_at(data_dir, chance.uniform(0, 1)) for _ in range(5)] == [[]] * 5
