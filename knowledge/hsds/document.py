"""A whole directory as one JSON document: each kind of entity in a list of its own, joined by ids as in HSDS's tables."""

from typing import Any

from knowledge.hsds.directory import Directory
from knowledge.hsds.organizations import organizations
from knowledge.hsds.plain import Entity
from knowledge.hsds.services import service
from knowledge.hsds.terms import taxonomies, taxonomy_terms

VERSION = "3.1"
_LISTS = (
    "organizations", "services", "locations", "service_at_locations", "taxonomies", "taxonomy_terms", "attributes",
    "phones", "schedules", "cost_options", "languages", "addresses", "accessibility", "organization_identifiers",
)  # fmt: skip
# Entities within others that are lists of the document, too.
_LIST_OF = {"organization": "organizations", "location": "locations", "taxonomy_term": "taxonomy_terms"}


def document(directory: Directory) -> dict[str, Any]:
    """Return the version of HSDS and its lists of entities, each entity once."""
    lists: dict[str, dict[str, Entity]] = {name: {} for name in _LISTS}
    for name, entities in {
        "taxonomies": taxonomies(),
        "taxonomy_terms": taxonomy_terms(directory.taxonomy),
        "organizations": organizations(directory),
        "services": (service(offering, directory) for offering in directory.offerings),
    }.items():
        for entity in entities:
            _put(lists, name, entity)
    return {"version": VERSION, **{name: list(entities.values()) for name, entities in lists.items()}}


def _put(lists: dict[str, dict[str, Entity]], name: str, entity: Entity) -> None:
    """Put an entity into its list, and those within it into theirs."""
    own: Entity = {}
    for field, value in entity.items():
        if isinstance(value, list):
            for one in value:
                _put(lists, field, one)
        elif isinstance(value, dict):
            _put(lists, _LIST_OF[field], value)
        else:
            own[field] = value
    lists[name].setdefault(own["id"], own)
