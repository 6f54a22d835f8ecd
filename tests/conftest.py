"""Fixtures named as things: a store, an offering, the shipped taxonomy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from knowledge.settings import read_settings
from knowledge.store import Store, open_engine, upgrade
from knowledge.taxonomy import Taxonomy, load_taxonomy
from knowledge.values import Alliance, Offering
from tests.postgresql import Server, running_server

# The same examples each time: a push fails for what it changes, not for luck. No deadline: first readings load a lexicon.
# `pytest --hypothesis-profile=explore` looks for others, `storm` for very many (forged deliveries of messengers).
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.register_profile("storm", deadline=None, max_examples=50_000, database=None)
settings.load_profile("steady")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{tmp_path / 'lotse.sqlite'}")
    upgrade(engine)
    yield Store(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture
def koethen() -> Alliance:
    return Alliance(id="koethen", name="Bündnis Köthen", city="Köthen (Anhalt)", postal_code="06366", covers=("063",))


@pytest.fixture
def make_offering() -> Callable[..., Offering]:
    def make(id: str = "kita-sonne", **fields: Any) -> Offering:  # noqa: A002  # the field's own name
        given: dict[str, Any] = {"alliance": "koethen", "title": "Kita Sonne", "categories": ("daycare",)}
        return Offering(id=id, **{**given, **fields})

    return make


@pytest.fixture(scope="session")
def prepared() -> Path:
    """The data folder that `make test` has prepared: places, models, index of the demo data, dialogue model."""
    folder = read_settings().data_dir
    if not (folder / "models" / "needs.npz").exists():
        pytest.fail(f"{folder} is not prepared; run the tests by `make test`, or `lotse prepare --dialogue` first")
    return folder


@pytest.fixture
def data_dir(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of its own with an empty store, which borrows places and models."""
    for name in ("models", "places.sqlite"):
        (tmp_path / name).symlink_to(prepared / name)
    return tmp_path
