"""Where a service is: its location with address and access, and the link between both."""

from knowledge.hsds.directory import Directory
from knowledge.hsds.ids import hsds_id
from knowledge.hsds.plain import Entity, one_to_one, stated
from knowledge.hsds.words import words
from knowledge.values import Offering


def service_at_location(offering: Offering, directory: Directory, service: Entity | None = None) -> Entity | None:
    """Return the link of an offering's service with its location; None where it has none, as at the family's home.

    Args:
        service: The service, to be shown within; not shown in a service itself.
    """
    location = _location(offering, directory)
    if location is None:
        return None
    return stated(
        id=hsds_id("service_at_location", offering.id),
        service_id=hsds_id("service", offering.id),
        location_id=location["id"],
        service=one_to_one(service) if service else None,
        location=location,
    )


def is_somewhere(offering: Offering) -> bool:
    """Return whether an offering has a location, be it a virtual one."""
    return offering.format == "online" or offering.latitude is not None or bool(_address_parts(offering))


def _location(offering: Offering, directory: Directory) -> Entity | None:
    if not is_somewhere(offering):
        return None
    location_id = hsds_id("location", offering.id)
    if offering.format == "online":
        return stated(id=location_id, location_type="virtual", name=offering.title, url=offering.url)
    return stated(
        id=location_id,
        location_type="physical",
        name=offering.provider or offering.title,
        latitude=offering.latitude,
        longitude=offering.longitude,
        addresses=_addresses(offering, location_id, directory),
        accessibility=_accessibility(offering, location_id),
    )


def _addresses(offering: Offering, location_id: str, directory: Directory) -> list[Entity]:
    if not _address_parts(offering):
        return []
    region = directory.region_of(offering.postal_code) if offering.postal_code else None
    # HSDS wants each of these; an empty text says that it is not known.
    return [
        {
            "id": hsds_id("address", offering.id),
            "location_id": location_id,
            "address_1": offering.street or "",
            "city": offering.city or "",
            "state_province": region or "",
            "postal_code": offering.postal_code or "",
            "country": "DE",
            "address_type": "physical",
        }
    ]


def _address_parts(offering: Offering) -> list[str]:
    return [part for part in (offering.street, offering.postal_code, offering.city) if part]


def _accessibility(offering: Offering, location_id: str) -> list[Entity]:
    if offering.wheelchair is None:
        return []
    said = words()["wheelchair_true" if offering.wheelchair else "wheelchair_false"]
    return [{"id": hsds_id("accessibility", offering.id), "location_id": location_id, "description": said}]
