"""An offering in the words of schema.org, so that search engines can read its page."""

from collections.abc import Mapping
from typing import Any

Thing = dict[str, Any]


def service_of(card: Mapping[str, Any], *, url: str) -> Thing:
    """Return a card as a schema.org Service, JSON-ready; what is not known is left out."""
    about = _thing(
        "Service",
        name=card["title"],
        description=card["description"],
        serviceType=card["category_labels"],
        provider=_thing("Organization", name=card["provider"]),
        audience=_thing("PeopleAudience", suggestedMinAge=card["age_min"], suggestedMaxAge=card["age_max"]),
        offers=_thing(
            "Offer",
            price="0" if card["free"] else None,
            priceCurrency="EUR" if card["free"] else None,
            availabilityStarts=card["valid_from"],
            availabilityEnds=card["valid_to"],
        ),
        availableChannel=_thing(
            "ServiceChannel",
            serviceUrl=card["url"],
            servicePhone=_thing("ContactPoint", telephone=card["phone"], email=card["email"]),
            serviceLocation=_thing("Place", address=_address(card)) if card["format"] == "on_site" else None,
            availableLanguage=card["languages"],
        ),
    )
    return {"@context": "https://schema.org", "@id": url, "url": url, **(about or {})}


def _address(card: Mapping[str, Any]) -> Thing | None:
    return _thing(
        "PostalAddress", streetAddress=card["street"], postalCode=card["postal_code"], addressLocality=card["city"]
    )


def _thing(kind: str, **properties: Any) -> Thing | None:
    """Return a thing of schema.org with what is known of it; None where nothing is."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind, **known} if known else None
