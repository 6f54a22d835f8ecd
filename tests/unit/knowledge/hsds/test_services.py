"""Offerings as services of HSDS 3.1: only fields that the standard has, and what it requires."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from knowledge.demo import FILES
from knowledge.hsds import Directory, document, one_to_one, organizations, service, service_at_location
from knowledge.hsds.words import words
from knowledge.importing import import_files
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Offering

MakeOffering = Callable[..., Offering]

# The fields of HSDS 3.1 that we may use, by entity; those with a star are required.
FIELDS = {
    "organizations": "id* name* alternate_name description* email website additional_websites year_incorporated legal_status logo "
    "uri parent_organization_id funding contacts phones locations programs organization_identifiers attributes metadata",
    "services": "id* organization_id program_id name* alternate_name description url additional_urls email status* "
    "interpretation_services application_process fees_description accreditations eligibility_description minimum_age maximum_age "
    "assured_date assurer_email alert last_modified phones schedules service_areas service_at_locations languages organization "
    "funding cost_options program required_documents contacts attributes metadata capacities",
    "locations": "id* location_type* url organization_id name alternate_name description transportation latitude longitude "
    "external_identifier external_identifier_type languages addresses contacts accessibility phones schedules attributes metadata",
    "service_at_locations": "id* service_id location_id description service_areas contacts phones schedules location service "
    "attributes metadata",
    "taxonomies": "id* name* description* uri version metadata",
    "taxonomy_terms": "id* code name* description* parent_id taxonomy taxonomy_detail language taxonomy_id term_uri metadata",
    "attributes": "id* link_id taxonomy_term_id link_type link_entity value taxonomy_term metadata label",
    "phones": "id* location_id service_id organization_id contact_id service_at_location_id number* extension type description "
    "languages attributes metadata",
    "schedules": "id* service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq "
    "interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type notes attributes metadata",
    "cost_options": "id* service_id valid_from valid_to option currency amount amount_description attributes metadata",
    "languages": "id* service_id location_id phone_id name code note attributes metadata",
    "addresses": "id* location_id attention address_1* address_2 city* region state_province* postal_code* country* address_type* "
    "attributes metadata",
    "accessibility": "id* location_id description details url attributes metadata",
    "organization_identifiers": "id* organization_id identifier_scheme identifier_type* identifier* attributes metadata",
}  # fmt: skip
SINGLE = {
    "organization": "organizations",
    "location": "locations",
    "service": "services",
    "taxonomy_term": "taxonomy_terms",
}


def _faults(kind: str, entity: dict[str, Any]) -> Iterator[str]:
    known = {field.rstrip("*") for field in FIELDS[kind].split()}
    required = {field.rstrip("*") for field in FIELDS[kind].split() if field.endswith("*")}
    yield from (f"{kind}.{name} is unknown" for name in set(entity) - known)
    yield from (f"{kind}.{name} is missing" for name in required - set(entity))
    for name, value in entity.items():
        if value is None:
            yield f"{kind}.{name} is null"
        if name == "id" or name.endswith("_id"):
            UUID(value)
        if isinstance(value, dict):
            yield from _faults(SINGLE[name], value)
        for one in value if isinstance(value, list) else ():
            yield from _faults(name, one)


@pytest.fixture
def demo(store: Store, taxonomy: Taxonomy) -> Directory:
    import_files(FILES, store=store, taxonomy=taxonomy, editor="demo")
    alliances = {one.id: one for one in store.alliances()}
    return Directory(
        alliances=alliances, offerings=store.offerings(), taxonomy=taxonomy, edited=store.edited_at(),
        today=date(2026, 11, 22), region_of=lambda code: "Sachsen-Anhalt" if code.startswith("06") else None,
    )  # fmt: skip


@pytest.fixture
def seen(koethen: Alliance, taxonomy: Taxonomy) -> Directory:
    return Directory(
        alliances={"koethen": koethen}, offerings=(), taxonomy=taxonomy, today=date(2026, 11, 22),
        edited={"kita-sonne": datetime(2026, 11, 1, 8, 30, 5, 99, tzinfo=UTC)}, region_of=lambda code: "Sachsen-Anhalt",
    )  # fmt: skip


def test_the_demo_data_has_only_fields_of_the_standard_and_all_that_it_requires(demo: Directory) -> None:
    faults = [fault for one in demo.offerings for fault in _faults("services", service(one, demo))]
    faults += [fault for one in organizations(demo) for fault in _faults("organizations", one)]
    places = [service_at_location(one, demo, service(one, demo)) for one in demo.offerings]
    faults += [fault for one in places if one for fault in _faults("service_at_locations", one)]
    assert faults == []


def test_the_document_holds_each_entity_once_and_every_id_leads_somewhere(demo: Directory) -> None:
    lists = document(demo)
    assert lists.pop("version") == "3.1"
    assert [fault for kind, entities in lists.items() for one in entities for fault in _faults(kind, one)] == []
    ids = {kind: [one["id"] for one in entities] for kind, entities in lists.items()}
    assert [kind for kind, found in ids.items() if len(found) != len(set(found))] == []
    everything = {one for found in ids.values() for one in found}
    references = {v for e in lists.values() for one in e for name, v in one.items() if name.endswith("_id")}
    assert references <= everything
    assert len(lists["services"]) == 341
    assert json.loads(json.dumps(lists)) == lists


def test_an_offering_is_told_in_the_words_of_the_standard(seen: Directory, make_offering: MakeOffering) -> None:
    one = make_offering(
        provider="Kinderland e. V.", street="Lindenstraße 14", postal_code="06366", city="Köthen", latitude=51.75, longitude=11.97,
        age_min=0.5, age_max=3, languages=("de", "tr"), schedule="werktags", opening_hours="Mo-Fr 08:00-16:00", free=True,
        wheelchair=True, phone="030 23125 104", email="a@example.org", url="https://example.org/", checked_on=date(2026, 8, 19),
        valid_to=date(2026, 12, 31),
    )  # fmt: skip
    told = service(one, seen)
    assert (told["name"], told["status"], told["assured_date"]) == ("Kita Sonne", "active", "2026-08-19")
    assert (told["minimum_age"], told["maximum_age"]) == (0.5, 3)
    assert told["last_modified"] == "2026-11-01T08:30:05+00:00"
    assert [phone["number"] for phone in told["phones"]] == ["030 23125 104"]
    assert [
        (s["byday"], s["opens_at"], s["closes_at"], s["description"], s["valid_to"]) for s in told["schedules"]
    ] == [("MO,TU,WE,TH,FR", "08:00", "16:00", "werktags", "2026-12-31")]
    assert [(c["amount"], c["currency"], c["amount_description"]) for c in told["cost_options"]] == [
        (0, "EUR", "kostenlos")
    ]
    location = told["service_at_locations"][0]["location"]
    assert (location["latitude"], location["location_type"]) == (51.75, "physical")
    assert [(a["address_1"], a["postal_code"], a["state_province"]) for a in location["addresses"]] == [
        ("Lindenstraße 14", "06366", "Sachsen-Anhalt")
    ]
    assert [a["description"] for a in location["accessibility"]] == [words()["wheelchair_true"]]
    assert told["organization"]["name"] == "Kinderland e. V."
    assert [a["taxonomy_term"]["name"] for a in told["attributes"] if "taxonomy_term" in a] == ["Kita und Krippe"]


def test_an_ended_offering_is_inactive(seen: Directory, make_offering: MakeOffering) -> None:
    assert service(make_offering(valid_to=date(2026, 11, 21)), seen)["status"] == "inactive"
    assert service(make_offering(valid_to=date(2026, 11, 22)), seen)["status"] == "active"


def test_an_offering_without_provider_is_the_alliances_own(seen: Directory, make_offering: MakeOffering) -> None:
    own, other = service(make_offering(), seen), service(make_offering(provider="Verein"), seen)
    assert own["organization"]["name"] == "Bündnis Köthen"
    assert other["organization"]["parent_organization_id"] == own["organization_id"]


def test_an_online_offering_is_at_a_virtual_location(seen: Directory, make_offering: MakeOffering) -> None:
    [place] = service(make_offering(format="online", url="https://example.org/"), seen)["service_at_locations"]
    assert (place["location"]["location_type"], place["location"]["url"]) == ("virtual", "https://example.org/")


def test_ids_stay_the_same_and_differ_between_offerings(seen: Directory, make_offering: MakeOffering) -> None:
    assert service(make_offering(), seen)["id"] == service(make_offering(title="Anders"), seen)["id"]
    assert service(make_offering("a"), seen)["id"] != service(make_offering("b"), seen)["id"]


def test_a_list_shows_an_entity_without_what_it_has_several_of(seen: Directory, make_offering: MakeOffering) -> None:
    listed = one_to_one(service(make_offering(phone="112", provider="Verein"), seen))
    assert "phones" not in listed
    assert listed["organization"]["name"] == "Verein"


def test_a_category_that_the_taxonomy_does_not_know_stands_for_itself(
    seen: Directory, make_offering: MakeOffering
) -> None:
    told = service(make_offering(categories=("own-category",)), replace(seen, taxonomy=seen.taxonomy))
    assert _faults_of(told) == []
    assert told["attributes"][0]["taxonomy_term"]["name"] == "own-category"


def _faults_of(told: dict[str, Any]) -> list[str]:
    return list(_faults("services", told))
