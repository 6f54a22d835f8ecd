"""Whatever a text holds, it is read in time and without an error."""

import time

import pytest

from knowledge.places import Places

LONGEST = 10_000


@pytest.mark.parametrize("piece", ["A ", "in Köthen ", "in Lepzigg ", "Мерзебург ", "06366 ", "a-"])
def test_a_long_text_without_a_stop_is_read_in_time(places: Places, piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    began = time.perf_counter()
    places.read(text, language="fr")
    assert time.perf_counter() - began < 4  # about 1 s; 12 s when every name looked for its sentence anew
