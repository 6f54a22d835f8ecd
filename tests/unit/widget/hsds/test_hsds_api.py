"""GET /hsds/…: the published offerings for other directories."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from knowledge import Offering
from knowledge.hsds import TAXONOMY_ID, hsds_id
from knowledge.store import Store

Make = Callable[..., Offering]
DAYCARE = hsds_id("taxonomy_term", "daycare")


def _contents(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(f"/hsds/{path}")
    assert answer.status_code == 200, answer.json
    return answer.json["contents"]


def _names(client: FlaskClient, query: str) -> list[str]:
    return [one["name"] for one in _contents(client, f"services?{query}")]


def test_the_version_and_its_descriptions_are_told(client: FlaskClient) -> None:
    found = client.get("/hsds/").json
    assert found["version"] == "3.1"
    assert found["openapi_url"] == "http://localhost/api/openapi.json"
    assert found["profile"].startswith("https://docs.openreferral.org/")
    assert client.get("/hsds").headers["Location"].endswith("/hsds/")


def test_services_are_listed_by_pages(client: FlaskClient) -> None:
    first, last, beyond = (client.get(f"/hsds/services?per_page=3&page={n}").json for n in (1, 2, 3))
    pages = [{name: value for name, value in page.items() if name != "contents"} for page in (first, last, beyond)]
    same = {"total_items": 4, "total_pages": 2}
    assert pages == [
        {**same, "page_number": 1, "size": 3, "first_page": True, "last_page": False, "empty": False},
        {**same, "page_number": 2, "size": 1, "first_page": False, "last_page": True, "empty": False},
        {**same, "page_number": 3, "size": 0, "first_page": False, "last_page": True, "empty": True},
    ]
    assert [one["name"] for one in first["contents"] + last["contents"]] == [
        "Kita Sonne",
        "Deutschkurs",
        "Beratung",
        "Hausbesuch",
    ]


def test_a_list_shows_what_there_is_one_of_and_full_shows_all(client: FlaskClient) -> None:
    brief, full = (_contents(client, f"services?search=Deutschkurs{more}")[0] for more in ("", "&full=true"))
    assert "phones" not in brief
    assert brief["organization"]["name"] == "Bündnis Saalekreis"
    assert [phone["number"] for phone in full["phones"]] == ["030 1"]
    assert client.get(f"/hsds/services/{full['id']}").json == full


def test_minimal_shows_ids_and_times_of_all_on_one_page(client: FlaskClient) -> None:
    page = client.get("/hsds/services?minimal=true").json
    assert (page["size"], page["total_pages"]) == (4, 1)
    assert set(page["contents"][0]) == {"id", "modified_date"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=deutsch+merseburg", ["Deutschkurs"]),
        ("search=KITA", ["Kita Sonne"]),
        ("search=krippe", ["Kita Sonne"]),  # its category's name
        ("search=hubschrauber", []),
        (f"taxonomy_term_id={DAYCARE}", ["Kita Sonne"]),
        ("taxonomy_term_id=unknown", []),
        (f"taxonomy_id={TAXONOMY_ID}&search=kurs", ["Deutschkurs"]),
        ("taxonomy_id=unknown", []),
        (f"organization_id={hsds_id('organization', 'koethen', 'Kinderland e. V.')}", ["Kita Sonne"]),
        (f"organization_id={hsds_id('organization', 'koethen')}", ["Kita Sonne", "Beratung", "Hausbesuch"]),
        ("organization_id=unknown", []),
    ],
)
def test_services_are_chosen(client: FlaskClient, query: str, names: list[str]) -> None:
    assert _names(client, query) == names


def test_services_edited_since_are_chosen(client: FlaskClient, filled: Store, make_offering: Make) -> None:
    before = max(one["modified_date"] for one in _contents(client, "services?minimal=true"))
    assert len(_names(client, "modified_after=2020-01-01")) == 4
    assert len(_names(client, f"modified_after={before}")) == 4  # its plus comes as a space
    assert _names(client, "modified_after=2999-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Kita Sonne", "Deutschkurs", "Beratung"]),
        ("postcode=06366", ["Kita Sonne", "Beratung"]),  # Köthen's alliance is there for 063…
        ("postcode=06217", ["Deutschkurs"]),
        ("postcode=99999", []),
        ("postcode=06366&proximity=10", ["Kita Sonne"]),
        ("postcode=06366&proximity=60km", ["Kita Sonne", "Deutschkurs"]),
        ("postcode=06366&proximity=60000m", ["Kita Sonne", "Deutschkurs"]),
        ("postcode=06366&proximity=60&search=deutschkurs", ["Deutschkurs"]),
    ],
)
def test_places_are_chosen_by_postal_code(client: FlaskClient, query: str, names: list[str]) -> None:
    assert [one["service"]["name"] for one in _contents(client, f"service_at_locations?{query}")] == names


def test_a_place_is_shown_with_address_and_service(client: FlaskClient) -> None:
    place_id = _contents(client, "service_at_locations?search=kita")[0]["id"]
    place = client.get(f"/hsds/service_at_locations/{place_id}").json
    assert place["location"]["addresses"][0]["address_1"] == "Am Markt 1"
    assert place["service"]["name"] == "Kita Sonne"
    nowhere = hsds_id("service_at_location", "d-nowhere")
    assert client.get(f"/hsds/service_at_locations/{nowhere}").status_code == 404


def test_organizations_are_alliances_and_their_partners(client: FlaskClient) -> None:
    found = _contents(client, "organizations")
    assert [one["name"] for one in found] == ["Bündnis Köthen", "Kinderland e. V.", "Bündnis Saalekreis"]
    assert found[1]["parent_organization_id"] == found[0]["id"]
    assert [one["name"] for one in _contents(client, "organizations?search=kinderland")] == ["Kinderland e. V."]
    courses = _contents(client, f"organizations?taxonomy_term_id={hsds_id('taxonomy_term', 'language_course')}")
    assert [one["name"] for one in courses] == ["Bündnis Saalekreis"]


def test_an_organization_is_shown_with_its_services(client: FlaskClient) -> None:
    partner = hsds_id("organization", "koethen", "Kinderland e. V.")
    found = client.get(f"/hsds/organizations/{partner}").json
    assert found["services"] == [{"id": hsds_id("service", "a-kita"), "name": "Kita Sonne", "status": "active"}]
    whole = client.get(f"/hsds/organizations/{partner}?full_service=true").json
    assert whole["services"][0]["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Köthen"


def test_the_taxonomy_and_its_terms_are_told(client: FlaskClient) -> None:
    assert [one["id"] for one in _contents(client, "taxonomies")] == [TAXONOMY_ID]
    assert client.get(f"/hsds/taxonomies/{TAXONOMY_ID}").json["name"] == "Bündnislotse"
    top = _contents(client, "taxonomy_terms?top_only=true&per_page=100")
    assert len(top) == 24
    finer = _contents(client, f"taxonomy_terms?parent_id={DAYCARE}")
    assert "Krippe für Kinder unter 3 Jahren" in [one["name"] for one in finer]
    assert [one["code"] for one in _contents(client, "taxonomy_terms?search=alleinerziehende&top_only=true")] == [
        "single_parents"
    ]
    assert client.get(f"/hsds/taxonomy_terms/{DAYCARE}").json["taxonomy_detail"]["id"] == TAXONOMY_ID


@pytest.mark.parametrize(
    "query",
    [
        "services?page=0", "services?page=x", "services?per_page=501", "services?per_page=0", "services?full=maybe",
        "services?modified_after=yesterday", "services?format=csv", f"services?search={'a' * 201}",
        "service_at_locations?proximity=5", "service_at_locations?postcode=0636", "service_at_locations?postcode=06366&proximity=5000",
        "service_at_locations?postcode=06366&proximity=0", "organizations?full_service=x", "taxonomy_terms?top_only=x",
    ],
)  # fmt: skip
def test_a_parameter_out_of_its_form_is_refused_by_name(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/hsds/{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert query.partition("?")[2].split("=")[-2].split("&")[-1] in answer.json["detail"]


@pytest.mark.parametrize(
    "path", ["services/x", "organizations/x", "taxonomies/x", "taxonomy_terms/x", "service_at_locations/x", "x"]
)
def test_what_is_not_there_is_a_problem_that_every_website_can_read(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/hsds/{path}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_website_can_read_and_nobody_can_write(client: FlaskClient) -> None:
    answer = client.get("/hsds/services", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    for method in (client.post, client.put, client.delete):
        assert method("/hsds/services").status_code == 405


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, filled: Store, make_offering: Make) -> None:
    for packed in ({}, {"Accept-Encoding": "gzip"}):
        etag = client.get("/hsds/services?full=true", headers=packed).headers["ETag"]
        again = client.get("/hsds/services?full=true", headers={"If-None-Match": etag, **packed})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Cache-Control"] == "no-cache"
    filled.put([make_offering("e-new")], editor="anna")
    assert client.get("/hsds/services", headers={"If-None-Match": etag}).json["total_items"] == 5


def test_a_withdrawn_offering_is_gone_at_once(client: FlaskClient, filled: Store) -> None:
    service_id = hsds_id("service", "a-kita")
    assert client.get(f"/hsds/services/{service_id}").status_code == 200
    filled.withdraw("a-kita", editor="anna")
    assert client.get(f"/hsds/services/{service_id}").status_code == 404
