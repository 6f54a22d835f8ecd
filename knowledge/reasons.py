"""Why a match fits, and which wish it does not meet, in words of the catalogue `knowledge/texts/<language>.yml`."""

from knowledge.child_ages import takes
from knowledge.values import Match, Offering, Reason, Understanding
from knowledge.wording import age, age_range, texts

_NEAR_KM = 3.0


def of(
    offering: Offering, understood: Understanding, distance_km: float | None, radius_km: float
) -> tuple[Reason, ...]:
    """Return the reasons of one offering: first what fits, then what does not."""
    found = [
        *_of_place(offering, distance_km, radius_km),
        *_of_age(offering, understood.ages),
        *_of_language(offering, understood.service_language),
        *_of_cost(offering, understood.free),
        *_of_format(offering, understood.online),
        *_of_time(offering, understood),
    ]
    return tuple(sorted(found, key=lambda reason: not reason.meets))


def sentence(reason: Reason, language: str) -> str:
    """Return a reason as a short sentence in a language of the catalogue (`de-simple` included), German otherwise."""
    return str(texts(language)[reason.code]).format(**_written(reason, language))


def meets_every_wish(match: Match) -> bool:
    """Return whether nothing speaks against a match: not too far, not too dear, for the age, in the language wished for."""
    return all(reason.meets for reason in match.reasons)


def language_name(code: str, language: str) -> str:
    """Return how a language (ISO 639-1) is called in another one; its code where the catalogue has no name."""
    return str(texts(language).get(f"language_{code}", code))


def _written(reason: Reason, language: str) -> dict[str, str]:
    """Return what a reason's sentence puts in, as the language writes it."""
    values = dict(reason.values)
    if "language" in values:
        values["language"] = language_name(values["language"], language)
    if reason.code == "age_from":
        values["age"] = age(language, float(values["low"]), after=True)
    if reason.code == "age_other":
        values["ages"] = age_range(language, float(values["low"]), float(values["high"])) or ""
    return values


def _of_place(offering: Offering, distance_km: float | None, radius_km: float) -> list[Reason]:
    if offering.format == "online":
        return [Reason(code="online")]
    if offering.format == "home_visit":
        return [Reason(code="comes_home")]
    if distance_km is None:
        return []
    if distance_km <= _NEAR_KM:
        return [Reason(code="very_near")]
    km = {"km": f"{distance_km:.0f}"}
    return (
        [Reason(code="far", values=km, meets=False)]
        if distance_km > radius_km
        else [Reason(code="distance", values=km)]
    )


def _of_age(offering: Offering, ages: tuple[float, ...]) -> list[Reason]:
    if not ages or (offering.age_min is None and offering.age_max is None):
        return []
    low, high = offering.age_min or 0.0, offering.age_max
    if any(takes(low, 200.0 if high is None else high, age) for age in ages):
        return [Reason(code="age_fits")]
    if high is None:
        return [Reason(code="age_from", values={"low": f"{low:g}"}, meets=False)]
    return [Reason(code="age_other", values={"low": f"{low:g}", "high": f"{high:g}"}, meets=False)]


def _of_language(offering: Offering, wished: str | None) -> list[Reason]:
    if wished is None:
        return []
    if wished in offering.languages:
        return [Reason(code="speaks", values={"language": wished})]
    if not offering.languages:
        return [Reason(code="language_unknown", values={"language": wished}, meets=False)]
    return [Reason(code="speaks_not", values={"language": wished}, meets=False)]


def _of_cost(offering: Offering, wished: bool | None) -> list[Reason]:
    if offering.is_free:
        return [Reason(code="free")]
    if not wished:
        return []
    if offering.is_free is False:
        return [
            Reason(code="costs", values={"cost": offering.cost or ""}, meets=False)
            if offering.cost
            else Reason(code="not_free", meets=False)
        ]
    return [Reason(code="cost_unknown", meets=False)]


def _of_format(offering: Offering, wished_online: bool | None) -> list[Reason]:
    if wished_online and offering.format != "online":
        return [Reason(code="not_online", meets=False)]
    if wished_online is False and offering.format == "online":
        return [Reason(code="only_online", meets=False)]
    return []


def _of_time(offering: Offering, understood: Understanding) -> list[Reason]:
    if understood.on is None:
        return []
    last = understood.until or understood.on
    starts = offering.valid_from is None or offering.valid_from <= last
    ends = offering.valid_to is None or offering.valid_to >= understood.on
    return [] if starts and ends else [Reason(code="other_time", meets=False)]
