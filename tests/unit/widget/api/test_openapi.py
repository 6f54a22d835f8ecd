"""The description at /api/openapi.json is true: schemathesis asks every address of it, and every JSON address is in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import schemathesis
import yaml
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

import widget
from knowledge import Alliance, Knowledge, Offering, open_knowledge, read_settings
from knowledge.taxonomy import load_taxonomy
from knowledge.values import Guide, Translation
from widget import create_app
from widget.conversation.assistant import AssistantAwayError
from widget.conversation.turn import Gateway
from widget.settings import WebSettings

DESCRIPTION = yaml.safe_load((Path(widget.__file__).parent / "api" / "openapi.yml").read_text(encoding="utf-8"))
ADDRESSES = [(path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods]
# What they want of several fields together, or of what is stored, no schema says.
WANT_MORE = {"/api/feedback", "/hsds/service_at_locations"}
OFFERINGS = [
    Offering(id="kita", alliance="koethen", title="Kita Sonne", categories=("daycare",), provider="Verein", street="Markt 1",
             postal_code="06366", city="Köthen", age_min=1, age_max=6, languages=("de", "tr"), opening_hours="Mo-Fr 08:00-16:00",
             phone="030 1", free=True, wheelchair=True, checked_on=date(2026, 8, 1),
             translations={"tr": Translation(title="Güneş Kreşi", machine=True)}),
    Offering(id="kurs", alliance="koethen", title="Deutschkurs", categories=("language_course",), city="Merseburg",
             latitude=51.35, longitude=11.99, cost="12 €", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1)),
    Offering(id="chat", alliance="koethen", title="Beratung im Netz", categories=("family_counselling",), format="online"),
    Offering(id="over", alliance="koethen", title="Ferien", categories=("holiday_care",), valid_to=date(2026, 1, 1)),
]  # fmt: skip


class _Away:
    """An assistant that is never there, so that the gateway answers by itself."""

    def reply(self, request: object) -> object:
        raise AssistantAwayError("not in this test")

    def state(self) -> str:
        return "down"


@pytest.fixture(scope="module")
def small_app(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The gateway over a small real store, with models, places and index."""
    folder = tmp_path_factory.mktemp("openapi")
    for name in ("models", "places.sqlite"):
        (folder / name).symlink_to(prepared / name)
    knowledge: Knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(folder), "LOTSE_TODAY": "2026-11-22"}))
    alliance = Alliance(
        id="koethen", name="Bündnis Köthen", city="Köthen (Anhalt)", postal_code="06366", covers=("063",)
    )
    guide = Guide(id="geld", language="de", title="Wegweiser", text="# Elterngeld\n\nWer nicht arbeitet, bekommt es.")
    knowledge.store.put([alliance, *OFFERINGS, guide], editor="test")
    knowledge.index()
    gateway = Gateway(knowledge=knowledge, assistant=_Away(), check_crisis=lambda text, language: None)  # type: ignore[arg-type]
    yield create_app(gateway, WebSettings())
    knowledge._engine.dispose()


@pytest.fixture(scope="module")
def api(small_app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/openapi.json", small_app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), ADDRESSES)
def test_every_address_answers_as_described(
    api: schemathesis.BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    operation = api[path][method]
    if mode is GenerationMode.NEGATIVE and not (list(operation.query) or list(operation.body)):
        return  # there is nothing to ask wrongly

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    def answers(case: Case) -> None:
        assume(not any(_is_blank(value) for value in (case.query or {}).values()))
        excluded = [positive_data_acceptance] if path in WANT_MORE else []
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=excluded)

    answers()


def _is_blank(value: object) -> bool:
    """Return whether a parameter begins empty: it counts as left out then, so that plain forms can leave fields empty."""
    return value == "" or isinstance(value, dict) or (isinstance(value, list) and value[:1] in ([], [""]))


@pytest.mark.parametrize("kind", ["kita", "over", "unknown"])
def test_an_offering_by_its_id_answers_as_described(api: schemathesis.BaseSchema, kind: str) -> None:
    case = api["/api/offerings/{id}"]["get"].Case(path_parameters={"id": kind}, query={"language": "ar"})
    answer = case.call_and_validate(headers={"Accept-Encoding": "identity"})
    assert answer.status_code == {"kita": 200, "over": 410, "unknown": 404}[kind]


def test_a_conversation_with_cards_answers_as_described(api: schemathesis.BaseSchema) -> None:
    body = {"message": "Kita in 06366", "conversation": None, "language": "tr"}
    answer = (
        api["/api/chat"]["post"]
        .Case(body=body, media_type="application/json")
        .call_and_validate(headers={"Accept-Encoding": "identity"})
    )
    assert [card["id"] for message in answer.json()["messages"] for card in message.get("offerings", [])][:1] == [
        "kita"
    ]


def _documented(app: Flask) -> set[tuple[str, str]]:
    paths = app.test_client().get("/api/openapi.json").json["paths"]
    return {(method.upper(), path) for path, methods in paths.items() for method in methods}


def test_every_json_address_is_described_and_no_other(small_app: Flask) -> None:
    there = {
        (method, "/".join("{id}" if part.startswith("<") else part for part in rule.rule.split("/")))
        for rule in small_app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/hsds/")) or rule.rule in {"/healthz", "/readyz"}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == _documented(small_app)


def test_the_description_has_the_form_of_openapi() -> None:
    """An unquoted comma in YAML makes a field that no address would miss."""
    assert OPENAPI_31_VALIDATOR.validate(DESCRIPTION) is None
    with pytest.raises(ValueError, match="stray"):
        OPENAPI_31_VALIDATOR.validate({**DESCRIPTION, "tags": [{"name": "search", "stray": None}]})


def test_the_categories_described_are_the_shipped_ones(small_app: Flask) -> None:
    described = small_app.test_client().get("/api/openapi.json").json["components"]["schemas"]["Category"]["enum"]
    assert described == list(load_taxonomy().categories)


def test_offerings_are_shown_on_a_map_with_how_sure_the_place_is(small_app: Flask) -> None:
    answer = small_app.test_client().get("/api/offerings.geojson?language=tr")
    assert answer.content_type == "application/geo+json"
    found = {one["id"]: one for one in answer.json["features"]}
    assert found["kurs"]["geometry"] == {"type": "Point", "coordinates": [11.99, 51.35]}
    assert found["kurs"]["properties"]["position"] == "exact"
    longitude, latitude = found["kita"]["geometry"]["coordinates"]
    assert (round(longitude, 1), round(latitude, 1)) == (12.0, 51.7)
    assert found["kita"]["properties"]["position"] == "about"
    assert found["kita"]["properties"]["title"] == "Güneş Kreşi"
    assert (found["chat"]["geometry"], found["chat"]["properties"]["position"]) == (None, None)
    assert answer.json["total"] == 3


def test_the_map_takes_the_filters_of_the_search(small_app: Flask) -> None:
    client = small_app.test_client()
    for query in ("category=daycare", "near=06366&radius_km=5", "free=true", "near=Atlantis", "q=Deutschkurs&limit=1"):
        listed = client.get(f"/api/offerings?{query}").json
        mapped = client.get(f"/api/offerings.geojson?{query}").json
        assert [one["id"] for one in mapped["features"]] == [one["id"] for one in listed["results"]], query
        assert mapped["total"] == listed["total"], query
