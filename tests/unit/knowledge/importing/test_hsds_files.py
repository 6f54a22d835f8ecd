"""HSDS 3.1 as JSON becomes offerings: our own export unchanged, other directories' as far as it goes."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.demo import FILES
from knowledge.errors import ImportFileError
from knowledge.exporting import directory_of, published, write_hsds
from knowledge.hsds import service
from knowledge.importing import ImportReport, import_files
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance

Bring = Callable[..., ImportReport]
FOREIGN: dict[str, Any] = {
    "id": "AC148810-d857-441c-9679-408f346de14b", "name": "Beratung", "status": "active", "description": "Für alle",
    "minimum_age": 12, "fees_description": "nach Einkommen", "assured_date": "2026-01-05T00:00:00",
    "organization": {"id": "o", "name": "Caritas", "description": "x"},
    "phones": [{"id": "p", "number": "0345 1"}, {"id": "q", "number": "0345 2"}],
    "languages": [{"id": "l", "code": "tr"}, {"id": "m", "name": "Englisch"}],
    "attributes": [
        {"id": "a", "taxonomy_term": {"id": "t", "name": "Beratung, Hebammen und Frühe Hilfen"}},
        {"id": "b", "taxonomy_term": {"id": "u", "code": "family_counselling", "name": "Counselling"}},
        {"id": "c", "taxonomy_term": {"id": "v", "name": "Food"}},
    ],
    "required_documents": [{"id": "d", "document": "Ausweis"}],
    "service_at_locations": [
        {"id": "11111111-aaaa", "location": {"id": "x", "location_type": "physical", "latitude": 51.48, "longitude": 11.97,
         "addresses": [{"id": "y", "address_1": "Markt 1", "address_2": "Haus B", "city": "Halle", "postal_code": "06108"}]}},
        {"id": "22222222-bbbb", "location": {"id": "z", "location_type": "virtual"},
         "schedules": [{"id": "s", "byday": "MO,TU,WE", "opens_at": "09:00", "closes_at": "12:00"}]},
    ],
}  # fmt: skip


@pytest.fixture
def bring(store: Store, koethen: Alliance, taxonomy: Taxonomy, tmp_path: Path) -> Bring:
    store.put([koethen], editor="test")

    def run(content: object, **how: Any) -> ImportReport:
        path = tmp_path / "feed.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return import_files([path], store=store, taxonomy=taxonomy, editor="anna", **{"alliance": "koethen", **how})

    return run


def test_our_own_export_comes_back_unchanged(store: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    import_files(FILES, store=store, taxonomy=taxonomy, editor="demo")
    feed = directory_of(published(store), store=store, taxonomy=taxonomy, today=date(2020, 1, 1), places=None)
    with (tmp_path / "feed.json").open("wb") as out:
        write_hsds(feed, out)
    report = import_files([tmp_path / "feed.json"], store=store, taxonomy=taxonomy, editor="back")
    assert (report.errors, report.left_out) == ((), ())
    assert (report.added, report.changed, report.unchanged) == (0, 0, 341)


def test_nested_services_as_an_api_gives_them_are_read_too(store: Store, taxonomy: Taxonomy, bring: Bring) -> None:
    import_files(FILES, store=store, taxonomy=taxonomy, editor="demo")
    feed = directory_of(published(store), store=store, taxonomy=taxonomy, today=date(2020, 1, 1), places=None)
    one = next(o for o in feed.offerings if o.alliance == "aachen")
    report = bring({"contents": [service(one, feed)], "total_items": 1}, alliance="aachen")
    assert (report.errors, report.unchanged) == ((), 1)


def test_a_foreign_service_becomes_an_offering_at_each_location(bring: Bring, store: Store) -> None:
    assert bring([FOREIGN]).errors == ()
    here, online = store.offerings()
    assert here.id == "ac148810-d857-441c-9679-408f346de14b-11111111"
    assert (here.title, here.provider, here.age_min, here.cost) == ("Beratung", "Caritas", 12, "nach Einkommen")
    assert (here.street, here.postal_code, here.city, here.latitude) == ("Markt 1, Haus B", "06108", "Halle", 51.48)
    assert (here.phone, here.languages, here.checked_on) == ("0345 1", ("tr",), date(2026, 1, 5))
    assert here.categories == ("family_counselling",)
    assert (online.format, online.opening_hours) == ("online", "Mo-We 09:00-12:00")


def test_what_cannot_be_mapped_is_named(bring: Bring) -> None:
    left_out = "\n".join(bring([FOREIGN, {**FOREIGN, "id": "b", "status": "defunct"}]).left_out)
    assert "`required_documents` of 1 service was left out: an offering has no field for it." in left_out
    assert "the term 'Food' of 1 service" in left_out
    assert "some `languages` of 1 service" in left_out
    assert "all but the first of the phones" in left_out
    assert "everything of 1 service was left out: it is not active." in left_out


def test_a_service_whose_terms_are_none_of_ours_is_an_error_at_its_place(bring: Bring) -> None:
    report = bring([FOREIGN, {**FOREIGN, "id": "b", "attributes": [], "service_at_locations": []}])
    assert [(e.file, e.line, e.column) for e in report.errors] == [("feed.json, service", 2, "categories")]


def test_a_feed_of_nobody_we_know_needs_an_alliance(bring: Bring) -> None:
    report = bring([{**FOREIGN, "service_at_locations": []}], alliance=None)
    assert [(e.column, "named with --alliance" in e.problem) for e in report.errors] == [("alliance", True)]


@pytest.mark.parametrize(
    ("options", "cost", "free"),
    [
        ([{"amount": 0}], None, True),
        ([{"amount": 12.5, "currency": "EUR"}, {"amount": 0}], "12.5 EUR", False),
        ([{"amount_description": "Spende"}], "Spende", None),
    ],
)
def test_costs_are_taken_from_the_options(
    bring: Bring, store: Store, options: list[Any], cost: str | None, free: bool | None
) -> None:
    given = {**FOREIGN, "service_at_locations": [], "fees_description": None, "cost_options": options}
    assert bring([given]).errors == ()
    assert (store.offerings()[0].cost, store.offerings()[0].free) == (cost, free)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "holds no HSDS services"),
        ('{"a": 1}', "holds no HSDS services"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_a_file_that_holds_no_services_says_so(bring: Bring, content: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        bring(content)


@pytest.mark.parametrize(
    "change",
    [{"phones": "x"}, {"organization": "x"}, {"service_at_locations": [{"location": None}]}, {"attributes": [1]},
     {"schedules": [{"byday": "XX", "opens_at": 1, "closes_at": 2}]}, {"cost_options": [{"amount": "x"}]}, {"id": None}],
)  # fmt: skip
def test_wrongly_formed_parts_never_stop_the_import(bring: Bring, change: dict[str, Any]) -> None:
    bring([{**FOREIGN, **change}])
