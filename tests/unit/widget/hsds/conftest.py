"""The gateway over a real store with a few offerings, and places that know three towns."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledge import Alliance, Offering
from knowledge.exporting import directory_of
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from tests.fakes import ThreeTowns
from widget import create_app
from widget.conversation.turn import Gateway
from widget.settings import WebSettings


@pytest.fixture
def filled(store: Store, koethen: Alliance, make_offering: Callable[..., Offering]) -> Store:
    store.put(
        [
            koethen,
            Alliance(id="saale", name="Bündnis Saalekreis", covers=("062",)),
            make_offering("a-kita", provider="Kinderland e. V.", street="Am Markt 1", postal_code="06366", city="Köthen"),
            make_offering("b-kurs", title="Deutschkurs", categories=("language_course",), alliance="saale",
                          city="Merseburg", phone="030 1", languages=("de", "ar")),
            make_offering("c-online", title="Beratung", categories=("family_counselling",), format="online"),
            make_offering("d-nowhere", title="Hausbesuch", categories=("family_counselling",), format="home_visit"),
        ],
        editor="anna",
    )  # fmt: skip
    return store


@pytest.fixture
def app(filled: Store, taxonomy: Taxonomy) -> Flask:
    today = date(2026, 11, 22)
    knowledge = SimpleNamespace(
        store=filled,
        taxonomy=taxonomy,
        places=ThreeTowns(),
        settings=SimpleNamespace(current_date=lambda: today),
        directory=lambda selection: directory_of(selection, store=filled, taxonomy=taxonomy, today=today, places=None),
    )
    gateway = Gateway(knowledge=knowledge, assistant=None, check_crisis=lambda text, language: None)  # type: ignore[arg-type]
    return create_app(gateway, WebSettings(rate_limit="1000 per minute"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
