"""Who may do what: every route of the console x every role x own, foreign and missing records, from the app's own map of addresses."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from console.policy import MAY, OPEN, UndeclaredRouteError, check_policies, policy_of
from knowledge import Knowledge
from tests.unit.console.conftest import ACCOUNTS, Person

MakePerson = Callable[..., Person]
# What a route's argument is for a record of one's own alliance, of a foreign one, and for none.
OWN = {
    "offering_id": "kita-sonne",
    "account_id": "helga",
    "question_id": "koethen",
    "saved_id": "koethen",
    "vain_id": "koethen",
    "name_id": "koethen",
    "note_id": "kita-sonne",
    "guide_id": "weg-koethen",
    "import_id": "koethen",
}
FOREIGN = {
    "offering_id": "kita-fremd",
    "account_id": "ben",
    "question_id": "halle",
    "saved_id": "halle",
    "vain_id": "halle",
    "name_id": "halle",
    "note_id": "kita-fremd",
    "guide_id": "weg-halle",
    "import_id": "halle",
}
# Answers of a view itself: a page, a redirect within the console, a form with faults, a version that is not the latest.
ANSWERED = {200, 302, 409, 422}


def _rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and rule.endpoint != "console.accounts.sign_out":
            yield from ((rule, method) for method in sorted((rule.methods or set()) & {"GET", "POST"}))


@pytest.fixture
def paths(app: Flask, knowledge: Knowledge) -> Callable[[Rule, dict[str, str]], str]:
    def values(name: str, record: str) -> object:
        if name == "account_id":
            account = knowledge.accounts.of_email(f"{record}@example.org")
            return account.id if account else 999
        if name == "question_id":
            return next((one.id for one in knowledge.questions.all() if one.alliance == record), 999)
        if name == "saved_id":
            return next((one.id for one in knowledge.saved_questions.all() if one.alliance == record), 999)
        if name == "vain_id":
            return next((one.id for one in knowledge.in_vain.all(None) if one.alliance == record), 999)
        if name == "name_id":
            return next((one.id for one in knowledge.learnt_names.all() if one.alliance == record), 999)
        if name == "note_id":
            return next((one.id for one in knowledge.notes.waiting(offering_id=record)), 999)
        if name == "import_id":
            return next((one.id for one in knowledge.spreadsheet_imports.all() if one.alliance == record), 999)
        return record

    def path(rule: Rule, records: dict[str, str]) -> str:
        given = {name: values(name, records.get(name, "none-such")) for name in rule.arguments}
        built = app.url_map.bind("localhost").build(rule.endpoint, given)
        return str(built)

    return path


def test_a_route_without_a_policy_does_not_start() -> None:
    fresh = Flask("fresh")
    fresh.add_url_rule("/console/new", endpoint="console.new", view_func=lambda: "open door")
    with pytest.raises(UndeclaredRouteError, match="needs"):
        check_policies(fresh)


def test_all_routes_of_the_console_are_known_here(app: Flask) -> None:
    arguments = {name for rule, _ in _rules(app) for name in rule.arguments}
    assert arguments <= {*OWN, "token", "name", "version"}


@pytest.mark.parametrize("name", [None, *ACCOUNTS])
def test_every_route_answers_each_role_as_the_policy_says(
    name: str | None, app: Flask, person: MakePerson, paths: Callable[[Rule, dict[str, str]], str]
) -> None:
    wrong = []
    one = person(name) if name else person()
    one.get("/console/account/" if name else "/console/sign-in")
    role = ACCOUNTS[name][0] if name else None
    mine, theirs = (FOREIGN, OWN) if name == "ben" else (OWN, FOREIGN)
    for rule, method in _rules(app):
        action = policy_of(app.view_functions[rule.endpoint])
        for tenant, records in (("own", mine), ("foreign", theirs), ("none", {})):
            answer = _ask(one, method, paths(rule, records))
            if answer not in _expected(role, action, rule, method, tenant):
                wrong.append(f"{method} {rule.rule} {tenant}: {answer}")
    assert wrong == []


def test_an_id_that_no_database_holds_is_missing(app: Flask, person: MakePerson) -> None:
    office, wrong = person("office"), []
    for rule, method in _rules(app):
        for name in rule.arguments & set(OWN):
            for value in (2**31, 2**70) if "int" in type(rule._converters[name]).__name__.lower() else ("a\0b",):
                given = {**dict.fromkeys(rule.arguments, 1), name: value}
                answer = _ask(office, method, app.url_map.bind("localhost").build(rule.endpoint, given))
                if answer != 404:
                    wrong.append(f"{method} {rule.rule} {value!r}: {answer}")
    assert wrong == []


def _ask(one: Person, method: str, path: str) -> int:
    answer = one.get(path) if method == "GET" else one.post(path)
    return answer.status_code


def _expected(role: str | None, action: str, rule: Rule, method: str, tenant: str) -> set[int]:
    """Return the statuses that the policy allows."""
    if action == OPEN:
        return {404} if rule.arguments else ANSWERED | {403}
    if role is None:
        return {302} if method == "GET" else {401}
    if action not in MAY[role]:  # type: ignore[index]
        return {403}
    if not rule.arguments & set(OWN):
        return ANSWERED
    if tenant == "none" or (tenant == "foreign" and role != "service_office"):
        return {404}
    return ANSWERED
