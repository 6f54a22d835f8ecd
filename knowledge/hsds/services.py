"""An offering as a service, with all that belongs to it."""

from typing import Any

from knowledge.hsds import attributes
from knowledge.hsds.directory import Directory
from knowledge.hsds.hours import rules_of
from knowledge.hsds.ids import hsds_id
from knowledge.hsds.locations import service_at_location
from knowledge.hsds.organizations import organization, organization_id
from knowledge.hsds.plain import Entity, stated
from knowledge.hsds.words import words
from knowledge.values import Offering


def service(offering: Offering, directory: Directory) -> Entity:
    """Return the service of an offering, fully nested."""
    service_id = hsds_id("service", offering.id)
    edited = directory.edited.get(offering.id)
    ended = offering.valid_to is not None and offering.valid_to < directory.today
    at_location = service_at_location(offering, directory)
    return stated(
        id=service_id,
        organization_id=organization_id(offering),
        name=offering.title,
        description=offering.description,
        url=offering.url,
        email=offering.email,
        status="inactive" if ended else "active",
        fees_description=offering.cost,
        minimum_age=offering.age_min,
        maximum_age=offering.age_max,
        assured_date=offering.checked_on and offering.checked_on.isoformat(),
        last_modified=edited.isoformat(timespec="seconds") if edited else None,
        phones=_phones(offering, service_id),
        schedules=_schedules(offering, service_id),
        service_at_locations=[at_location] if at_location else None,
        languages=[
            {"id": hsds_id("language", offering.id, code), "service_id": service_id, "code": code, "name": code}
            for code in offering.languages
        ],
        organization=organization(offering, directory),
        cost_options=_cost_options(offering, service_id),
        attributes=attributes.of_offering(offering, directory.taxonomy),
    )


def _phones(offering: Offering, service_id: str) -> list[Entity]:
    if not offering.phone:
        return []
    return [
        {"id": hsds_id("phone", offering.id), "service_id": service_id, "number": offering.phone, "type": "voice"},
    ]


def _schedules(offering: Offering, service_id: str) -> list[Entity]:
    """Return a rule for each span of opening hours; all that is said in words and dates stands in the first."""
    span: dict[str, Any] = stated(
        valid_from=offering.valid_from and offering.valid_from.isoformat(),
        valid_to=offering.valid_to and offering.valid_to.isoformat(),
    )
    rules = (rules_of(offering.opening_hours) if offering.opening_hours else None) or []
    entries: list[Entity] = [
        {"freq": rule.freq, "byday": ",".join(rule.byday), "opens_at": rule.opens_at, "closes_at": rule.closes_at}
        for rule in rules
    ]
    if offering.schedule or span:
        entries = entries or [{}]
        entries[0] = stated(**entries[0], description=offering.schedule)
    attending = words()[f"attending_{offering.format}"]
    return [
        {
            "id": hsds_id("schedule", offering.id, str(at)), "service_id": service_id, **span, **entry,
            "attending_type": attending,
        }
        for at, entry in enumerate(entries)
    ]  # fmt: skip


def _cost_options(offering: Offering, service_id: str) -> list[Entity]:
    if not (offering.free or offering.cost):
        return []
    description = offering.cost or words()["free"]
    option: Entity = {"id": hsds_id("cost_option", offering.id), "service_id": service_id, "currency": "EUR"}
    return [{**option, **({"amount": 0} if offering.free else {}), "amount_description": description}]
