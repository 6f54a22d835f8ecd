"""Attributes: an offering's categories as taxonomy terms, and under labels of our own the fields that HSDS has no place for."""

from collections.abc import Iterator

from knowledge.hsds.ids import hsds_id
from knowledge.hsds.plain import Entity
from knowledge.hsds.terms import taxonomy_term
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Offering

# `lotse:` marks the label of a field of ours.
OWN = "lotse:"


def of_offering(offering: Offering, taxonomy: Taxonomy) -> list[Entity]:
    """Return the attributes of an offering's service."""
    service_id = hsds_id("service", offering.id)
    terms = [
        {
            "id": hsds_id("attribute", offering.id, code),
            "link_id": service_id,
            "link_entity": "service",
            "link_type": "service_category",
            "taxonomy_term_id": hsds_id("taxonomy_term", code),
            "taxonomy_term": taxonomy_term(code, taxonomy),
        }
        for code in offering.categories
    ]
    return terms + [_own("service", service_id, label, value) for label, value in _own_fields(offering)]


def of_alliance(alliance: Alliance) -> list[Entity]:
    """Return the attributes of an alliance's organization."""
    fields = {"covers": alliance.covers, "languages": alliance.languages, "postal_code": (alliance.postal_code or "",)}
    organization = hsds_id("organization", alliance.id)
    return [_own("organization", organization, name, ";".join(value)) for name, value in fields.items() if any(value)]


def _own_fields(offering: Offering) -> Iterator[tuple[str, str]]:
    yield "id", offering.id
    if offering.format != "on_site":
        yield "format", offering.format
    for name in ("free", "wheelchair"):
        if getattr(offering, name) is not None:
            yield name, str(getattr(offering, name)).lower()
    if offering.opening_hours:
        yield "opening_hours", offering.opening_hours
    for language, translation in offering.translations.items():
        yield f"title:{language}", translation.title
        if translation.description:
            yield f"description:{language}", translation.description
        if translation.machine:
            yield f"machine:{language}", "true"


def _own(entity: str, link_id: str, name: str, value: str) -> Entity:
    return {
        "id": hsds_id("attribute", link_id, OWN, name), "link_id": link_id, "link_entity": entity, "label": OWN + name,
        "value": value,
    }  # fmt: skip
