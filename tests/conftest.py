"""Fixtures named as things: a store, an offering, the shipped taxonomy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.store import Store, open_engine, upgrade
from knowledge.taxonomy import Taxonomy, load_taxonomy
from knowledge.values import Alliance, Offering


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{tmp_path / 'lotse.sqlite'}")
    upgrade(engine)
    yield Store(engine)
    engine.dispose()


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
