"""The header of the console: no page without its area, and every page says where one is."""

import re

from flask import Flask

from console.navigation import AREAS, areas
from console.policy import OPEN, policy_of
from tests.unit.console.conftest import Person

# Files, and what only leads on.
_NO_PAGES = {
    "console.bench.spreadsheet",
    "console.bench.judged",
    "console.exports.offerings",
    "console.exports.template",
    "console.figures.download",
    "console.imports.faulty_rows",
    "console.xliff.download",
}


def test_every_page_for_which_one_signs_in_belongs_to_one_listed_page(app: Flask) -> None:
    endpoints = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("console.") and "GET" in (rule.methods or ())
    }
    pages = {one for one in endpoints if policy_of(app.view_functions[one]) != OPEN} - _NO_PAGES
    listed = [entry for area in AREAS for entry in area.pages]
    homes = {page: [entry.name for entry in listed if entry.holds(page)] for page in pages}
    assert {page: names for page, names in homes.items() if len(names) != 1} == {}


def test_every_listed_page_is_there_and_so_are_the_blueprints_that_belong_to_it(app: Flask) -> None:
    blueprints = {rule.endpoint.rpartition(".")[0] for rule in app.url_map.iter_rules()}
    listed = [entry for area in AREAS for entry in area.pages]
    assert {entry.endpoint for entry in listed} <= app.view_functions.keys()
    assert {name for entry in listed for name in entry.also} <= blueprints


def test_a_page_below_another_names_what_it_belongs_to() -> None:
    shown = {area.name: area for area in areas(lambda action: True, "console.editing.edit")}
    assert [name for name, area in shown.items() if area.current] == ["nav_offerings"]
    assert {page.name: page.current for page in shown["nav_offerings"].pages if page.current} == {
        "nav_offerings_list": "true"
    }
    assert shown["nav_offerings"].current == "true"


def test_the_page_on_which_one_is_is_the_current_one(anna: Person) -> None:
    anna.get("/console/translations/")
    marked = re.findall(r'aria-current="(\w+)">([^<]+)<', anna.html)
    assert marked == [("true", "Angebote"), ("page", "Übersetzungen")]
    anna.get("/console/translations/files/")
    assert re.findall(r'aria-current="(\w+)">([^<]+)<', anna.html) == [("true", "Angebote"), ("true", "Übersetzungen")]


def test_an_area_opens_the_first_page_that_its_visitor_may_see() -> None:
    shown = {area.name: area for area in areas(lambda action: action in {"own.account", "figures.read"}, None)}
    assert {name: area.endpoint for name, area in shown.items()} == {
        "nav_start": "console.welcome.start",
        "nav_families": "console.figures.show",
        "nav_accounts": "console.own.show",
    }
