"""Alliances as organizations, and the providers of their offerings as organizations beneath them."""

from collections.abc import Iterator

from knowledge.hsds import attributes
from knowledge.hsds.directory import Directory
from knowledge.hsds.ids import hsds_id
from knowledge.hsds.plain import Entity, stated
from knowledge.hsds.words import words
from knowledge.values import Alliance, Offering


def organizations(directory: Directory) -> Iterator[Entity]:
    """Yield the organizations of a directory: each alliance, then the providers of its offerings by name."""
    providers: dict[str, dict[str, Offering]] = {}
    for one in directory.offerings:
        if one.provider:
            providers.setdefault(one.alliance, {}).setdefault(one.provider, one)
    for alliance in directory.alliances.values():
        yield _of_alliance(alliance)
        for _, offering in sorted(providers.get(alliance.id, {}).items()):
            yield organization(offering, directory)


def organization(offering: Offering, directory: Directory) -> Entity:
    """Return the organization that provides an offering: its provider, else the alliance itself."""
    if not offering.provider:
        return _of_alliance(directory.alliances[offering.alliance])
    return {
        "id": organization_id(offering),
        "name": offering.provider,
        "description": offering.provider,  # HSDS wants one, and we know no more
        "parent_organization_id": hsds_id("organization", offering.alliance),
    }


def organization_id(offering: Offering) -> str:
    """Return the id of the organization that provides an offering."""
    parts = (offering.alliance, offering.provider) if offering.provider else (offering.alliance,)
    return hsds_id("organization", *parts)


def _of_alliance(alliance: Alliance) -> Entity:
    organization = hsds_id("organization", alliance.id)
    phone = {
        "id": hsds_id("phone", "organization", alliance.id),
        "organization_id": organization,
        "number": alliance.phone,
    }
    identifier = {
        "id": hsds_id("organization_identifier", alliance.id), "organization_id": organization,
        "identifier_type": words()["identifier_type"], "identifier": alliance.id,
    }  # fmt: skip
    return stated(
        id=organization,
        name=alliance.name,
        description=alliance.name,
        email=alliance.email,
        website=alliance.website,
        phones=[phone] if alliance.phone else None,
        organization_identifiers=[identifier],
        attributes=attributes.of_alliance(alliance),
    )
