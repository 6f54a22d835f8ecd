"""A service of HSDS as offerings: one for each of its locations. What an offering has no field for is named."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.hsds.attributes import OWN
from knowledge.hsds.hours import hours_of
from knowledge.hsds.words import words
from knowledge.importing.cells import category_of, postal_code
from knowledge.importing.rows import CellError
from knowledge.importing.slugs import slug
from knowledge.taxonomy import Taxonomy

Entity = Mapping[str, Any]
Fields = dict[str, Any]

_READ = {
    "id", "name", "description", "url", "email", "status", "fees_description", "minimum_age", "maximum_age", "assured_date",
    "last_modified", "phones", "schedules", "service_at_locations", "languages", "organization", "organization_id",
    "cost_options", "attributes",
}  # fmt: skip
_NO_FIELD = "an offering has no field for it"


@dataclass(frozen=True, order=True)
class Unplaced:
    """What of a service has no place in an offering, and why."""

    name: str
    why: str = _NO_FIELD


def offerings_of(service: Entity, taxonomy: Taxonomy, unplaced: Counter[Unplaced]) -> Iterator[Fields]:
    """Yield the contract's fields of a service at each of its locations, and count what cannot be taken over."""
    if service.get("status") not in (None, "", "active"):
        unplaced[Unplaced("everything", "it is not active")] += 1
        return
    unplaced.update(Unplaced(f"`{name}`") for name, value in service.items() if name not in _READ and value)
    places = _entities(service, "service_at_locations")
    own = _own_fields(service)
    shared = _stated(
        title=service.get("name"),
        description=service.get("description"),
        provider=_provider(service),
        alliance=_alliance(service),
        url=service.get("url"),
        email=service.get("email"),
        age_min=service.get("minimum_age"),
        age_max=service.get("maximum_age"),
        checked_on=_day(service.get("assured_date")),
        categories=_categories(service, taxonomy, unplaced),
        languages=_languages(service, unplaced),
        **_costs(service, unplaced),
    )
    for place in places or [{}]:
        fields = {**shared, **_of_place(service, place, unplaced), **own}
        fields.setdefault("id", _id(service, place if len(places) > 1 else {}))
        if not fields.get("provider"):
            fields.pop("provider", None)
        yield fields


def _of_place(service: Entity, place: Entity, unplaced: Counter[Unplaced]) -> Fields:
    location = place.get("location") if isinstance(place.get("location"), Mapping) else {}
    assert isinstance(location, Mapping)
    address = next(iter(_entities(location, "addresses")), {})
    schedules = [*_entities(service, "schedules"), *_entities(place, "schedules"), *_entities(location, "schedules")]
    phones = [*_entities(place, "phones"), *_entities(service, "phones"), *_entities(location, "phones")]
    if len(phones) > 1:
        unplaced[Unplaced("all but the first of the phones", "an offering has one")] += 1
    hours = hours_of(schedules)
    if hours is None and any(one.get("opens_at") for one in schedules):
        unplaced[Unplaced("`opens_at` and `closes_at`", "no weekly hours in local time")] += 1
    said = [str(one["description"]) for one in schedules if one.get("description")]
    street = ", ".join(str(address[line]) for line in ("address_1", "address_2") if address.get(line))
    return _stated(
        street=street,
        postal_code=_postal_code(address, unplaced),
        city=address.get("city"),
        latitude=location.get("latitude"),
        longitude=location.get("longitude"),
        format="online" if location.get("location_type") == "virtual" else None,
        phone=phones[0].get("number") if phones else None,
        schedule="; ".join(dict.fromkeys(said)),
        opening_hours=hours,
        valid_from=_day(min((str(s["valid_from"]) for s in schedules if s.get("valid_from")), default=None)),
        valid_to=_day(max((str(s["valid_to"]) for s in schedules if s.get("valid_to")), default=None)),
        wheelchair=_wheelchair(location),
    )


def _own_fields(service: Entity) -> Fields:
    """Return the fields that a service of ours carries under labels of our own."""
    fields: Fields = {}
    translations: dict[str, Fields] = {}
    for one in _entities(service, "attributes"):
        label, value = str(one.get("label") or ""), one.get("value")
        if not label.startswith(OWN) or value is None:
            continue
        name, _, language = label.removeprefix(OWN).partition(":")
        if language:
            translations.setdefault(language, {})[name] = value
        elif name in {"free", "wheelchair"}:
            fields[name] = value == "true"
        elif name in {"id", "format", "opening_hours"}:
            fields[name] = value
    return {**fields, **({"translations": translations} if translations else {})}


def _categories(service: Entity, taxonomy: Taxonomy, unplaced: Counter[Unplaced]) -> list[str]:
    found = []
    for one in _entities(service, "attributes"):
        term = one.get("taxonomy_term")
        if not isinstance(term, Mapping):
            continue
        names = [str(term[name]) for name in ("code", "name") if term.get(name)]
        category = next(filter(None, (category_of(name, taxonomy) for name in names)), None)
        if category:
            found.append(category)
        else:
            why = "no category has this name; add it to the names in your taxonomy (LOTSE_TAXONOMY_DIR)"
            unplaced[Unplaced(f"the term {names[-1] if names else ''!r}", why)] += 1
    return list(dict.fromkeys(found))


def _languages(service: Entity, unplaced: Counter[Unplaced]) -> list[str]:
    codes = [str(one.get("code") or one.get("name") or "").strip().lower() for one in _entities(service, "languages")]
    usable = [code for code in codes if code.isascii() and code.isalpha() and 2 <= len(code) <= 3]
    if len(usable) < len(codes):
        unplaced[Unplaced("some `languages`", "they have no ISO 639 code")] += 1
    return usable


def _costs(service: Entity, unplaced: Counter[Unplaced]) -> Fields:
    options = _entities(service, "cost_options")
    amounts = [one["amount"] for one in options if isinstance(one.get("amount"), int | float)]
    said = [str(one["amount_description"]) for one in options if one.get("amount_description")]
    cost = service.get("fees_description") or "; ".join(dict.fromkeys(s for s in said if s != words()["free"]))
    if any(amounts) and not cost:
        cost = "; ".join(f"{one['amount']:g} {one.get('currency') or 'EUR'}" for one in options if one.get("amount"))
    unplaced.update({Unplaced("`option`, `valid_from` and `valid_to` of costs"): 1} if _is_conditional(options) else {})
    return _stated(cost=cost, free=not any(amounts) if amounts else None)


def _is_conditional(options: list[Entity]) -> bool:
    return any(one.get(name) for one in options for name in ("option", "valid_from", "valid_to"))


def _provider(service: Entity) -> Any:
    organization = service.get("organization")
    if not isinstance(organization, Mapping) or _identifier(organization):
        return None  # an alliance that offers it itself
    return organization.get("name")


def _alliance(service: Entity) -> str | None:
    """Return the alliance that an organization of ours is, or belongs to."""
    organization = service.get("organization")
    if not isinstance(organization, Mapping):
        return None
    parent = organization.get("parent")
    return _identifier(organization) or (_identifier(parent) if isinstance(parent, Mapping) else None)


def _identifier(organization: Entity) -> str | None:
    ours = words()["identifier_type"]
    identifiers = _entities(organization, "organization_identifiers")
    return next((str(one.get("identifier")) for one in identifiers if one.get("identifier_type") == ours), None)


def _wheelchair(location: Entity) -> bool | None:
    said = {str(one.get("description")) for one in _entities(location, "accessibility")}
    return next((value for value in (True, False) if words()[f"wheelchair_{str(value).lower()}"] in said), None)


def _postal_code(address: Entity, unplaced: Counter[Unplaced]) -> str | None:
    if not address.get("postal_code"):
        return None
    try:
        return postal_code(str(address["postal_code"]))
    except CellError:
        unplaced[Unplaced("`postal_code`", "it is no German one")] += 1
        return None


def _id(service: Entity, place: Entity) -> str:
    """Return the service's id as a slug; with the beginning of the place's id where it is offered at several."""
    parts = [str(service.get("id") or ""), str(place.get("id") or "")[:8]]
    return slug(" ".join(filter(None, parts)), longest=80)


def _day(value: Any) -> str | None:
    """Return the day of a date or time."""
    return str(value)[:10] if value else None


def _entities(owner: Entity, name: str) -> list[Entity]:
    value = owner.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _stated(**fields: Any) -> Fields:
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [])}
