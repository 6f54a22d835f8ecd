"""The table of places, extracted once a session where `lotse prepare` has not already done so."""

from pathlib import Path

import pytest

from knowledge.errors import PlacesMissingError
from knowledge.places import Places, extract_places, open_places
from knowledge.settings import read_settings
from knowledge.values import Place


@pytest.fixture(scope="session")
def places_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prepared = read_settings().places_path
    try:
        open_places(prepared)
    except PlacesMissingError:
        prepared = tmp_path_factory.mktemp("places") / "places.sqlite"
        extract_places(prepared)
    return prepared


@pytest.fixture(scope="session")
def places(places_path: Path) -> Places:
    return open_places(places_path)


@pytest.fixture(scope="session")
def halle_at_home(places: Places) -> tuple[Place, ...]:
    found = places.resolve("06108 Halle").place
    assert found is not None
    return (found,)
