"""Reads HSDS 3.1 as JSON: a document of lists joined by ids, a page of an API, or services with all that belongs to them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.errors import ImportFileError
from knowledge.importing.hsds_services import Unplaced, offerings_of
from knowledge.importing.readers import MOST_BYTES, content_of
from knowledge.importing.rows import Row
from knowledge.taxonomy import Taxonomy

KINDS = (".json",)
Entity = dict[str, Any]

# Lists of a document that belong to an entity of another list: where they go, and the id that says to which.
_BELONGS = (
    ("addresses", "locations", "location_id"),
    ("accessibility", "locations", "location_id"),
    ("phones", "service_at_locations", "service_at_location_id"),
    ("phones", "locations", "location_id"),
    ("phones", "services", "service_id"),
    ("schedules", "service_at_locations", "service_at_location_id"),
    ("schedules", "locations", "location_id"),
    ("schedules", "services", "service_id"),
    ("languages", "services", "service_id"),
    ("cost_options", "services", "service_id"),
    ("attributes", "services", "link_id"),
    ("organization_identifiers", "organizations", "organization_id"),
)
# An id in an entity of a list that stands for an entity of another.
_STANDS_FOR = (
    ("attributes", "taxonomy_term_id", "taxonomy_term", "taxonomy_terms"),
    ("service_at_locations", "location_id", "location", "locations"),
    ("services", "organization_id", "organization", "organizations"),
)


def read_hsds(path: Path, *, taxonomy: Taxonomy) -> tuple[list[Row], list[str]]:
    """Return a row of the contract's fields for each service at each of its locations, and what was left out, as sentences.

    Raises:
        ImportFileError: It cannot be opened, is no JSON, or holds no services.
    """
    services = [one for one in _services(path.name, _content(path)) if isinstance(one, dict)]
    unplaced: Counter[Unplaced] = Counter()
    rows = []
    for number, one in enumerate(services, 1):
        for fields in offerings_of(one, taxonomy, unplaced):
            rows.append(Row(file=f"{path.name}, service", line=number, cells=fields))
    return rows, [_sentence(what, count) for what, count in sorted(unplaced.items())]


def _sentence(what: Unplaced, count: int) -> str:
    of = "1 service was" if count == 1 else f"{count:,} services was"
    return f"{what.name} of {of} left out: {what.why}."


def _content(path: Path) -> Any:
    try:
        return json.loads(content_of(path, most_bytes=MOST_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ImportFileError(
            f"{path.name} is no JSON: {error}; a list of one object a line is named .jsonl"
        ) from error


def _services(name: str, content: Any) -> list[Any]:
    """Return the services of a file, each with what belongs to it."""
    if isinstance(content, dict) and isinstance(content.get("services"), list):
        _join({key: value for key, value in content.items() if isinstance(value, list)})
        return list(content["services"])
    if isinstance(content, dict) and isinstance(content.get("contents"), list):
        content = content["contents"]
    if isinstance(content, dict) and "id" in content and "name" in content:
        content = [content]
    if not isinstance(content, list) or not content:
        raise ImportFileError(
            f"{name} holds no HSDS services; want an object with a list `services`, a page with `contents`, or a list of services"
        )
    return content


def _join(lists: Mapping[str, list[Any]]) -> None:
    """Put the entities of a document's lists where they belong, in place; what is nested already stays."""
    by_id = {name: {str(one["id"]): one for one in _entities(lists, name) if "id" in one} for name in lists}
    parents = {
        one["id"]: by_id["organizations"].get(str(one.get("parent_organization_id")))
        for one in _entities(lists, "organizations")
    }
    for holder, key, field, of in _STANDS_FOR:
        for one in _entities(lists, holder):
            meant = by_id.get(of, {}).get(str(one.get(key)))
            if meant is not None:
                one.setdefault(field, meant)
    for one in _entities(lists, "services"):
        organization = one.get("organization")
        if isinstance(organization, dict) and parents.get(organization.get("id")):
            organization.setdefault("parent", parents[organization["id"]])
    for name, holder, key in _BELONGS:
        for one in _entities(lists, name):
            owner = by_id.get(holder, {}).get(str(one.get(key)))
            if owner is not None:
                _append(owner, name, one)
    for one in _entities(lists, "service_at_locations"):
        owner = by_id["services"].get(str(one.get("service_id")))
        if owner is not None:
            _append(owner, "service_at_locations", one)


def _entities(lists: Mapping[str, list[Any]], name: str) -> Iterator[Entity]:
    return (one for one in lists.get(name, ()) if isinstance(one, dict))


def _append(owner: Entity, name: str, one: Entity) -> None:
    present = owner.setdefault(name, [])
    if isinstance(present, list) and not any(isinstance(o, dict) and o.get("id") == one.get("id") for o in present):
        present.append(one)
