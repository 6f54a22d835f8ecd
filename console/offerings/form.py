"""The form of an offering: what stands in its fields, and an offering made of them, or what is wrong with each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from knowledge import LANGUAGES, Offering
from knowledge.importing.cells import converters
from knowledge.importing.rows import CellError
from knowledge.opening_hours import is_readable
from knowledge.taxonomy import Taxonomy

LINES = (
    "title", "description", "provider", "street", "postal_code", "city", "latitude", "longitude", "age_min", "age_max",
    "schedule", "opening_hours", "valid_from", "valid_to", "cost", "phone", "email", "url", "checked_on",
)  # fmt: skip
TRANSLATED = tuple(language for language in LANGUAGES if language != "de")
_CHOICES = ("format", "free", "wheelchair")
_LISTS = ("categories", "languages")
# The fields as they follow one another on the page.
_ORDER = (
    "title", "description", "categories", "provider", "format", "street", "postal_code", "city", "latitude", "longitude",
    "age_min", "age_max", "languages", "other_languages", "schedule", "opening_hours", "valid_from", "valid_to", "cost",
    "free", "wheelchair", "phone", "email", "url",
    *(f"{part}_{language}" for language in TRANSLATED for part in ("title", "description")),
    "checked_on",
)  # fmt: skip
# Sentence of a field that does not have its form; others say that they are too long.
_FAULTS = {
    "title": "fault_title", "categories": "fault_categories", "postal_code": "fault_postal_code", "age_min": "fault_age",
    "age_max": "fault_age", "latitude": "fault_position", "longitude": "fault_position", "valid_from": "fault_date",
    "valid_to": "fault_date", "checked_on": "fault_date", "email": "fault_email", "url": "fault_url",
    "other_languages": "fault_languages", "languages": "fault_languages",
}  # fmt: skip
# What the offering says of two fields together: the beginning of its words -> field and sentence.
_TOGETHER = {
    "age_min": ("age_max", "fault_age_range"), "valid_from": ("valid_to", "fault_date_range"),
    "latitude": ("longitude", "fault_position"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read of a form: an offering, or the key of a sentence for each faulty field."""

    offering: Offering | None = None
    faults: Mapping[str, str] = field(default_factory=dict)  # in the order of the page


def fields_of(offering: Offering) -> dict[str, Any]:
    """Return what stands in the form's fields for an offering."""
    given = offering.model_dump(mode="json")
    fields: dict[str, Any] = {name: _written(given[name]) for name in (*LINES, *_CHOICES)}
    fields["categories"] = list(offering.categories)
    fields["languages"] = [one for one in offering.languages if one in LANGUAGES]
    fields["other_languages"] = ", ".join(one for one in offering.languages if one not in LANGUAGES)
    for language in TRANSLATED:
        translation = offering.translations.get(language)
        fields[f"title_{language}"] = translation.title if translation else ""
        fields[f"description_{language}"] = translation.description if translation else ""
    return fields


def sent_fields(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return the fields as they were sent, to be shown again just so."""
    translated = [f"{part}_{language}" for part in ("title", "description") for language in TRANSLATED]
    fields: dict[str, Any] = {name: form.get(name, "") for name in (*LINES, *_CHOICES, "other_languages", *translated)}
    return {**fields, **{name: form.getlist(name) for name in _LISTS}}


def read(
    fields: Mapping[str, Any], *, id_: str, alliance: str, taxonomy: Taxonomy, before: Offering | None = None
) -> Read:
    """Return the offering that the fields make, or what is wrong.

    Args:
        before: The offering that is edited; translations into languages that the form does not have are kept.
    """
    convert = converters(taxonomy)
    given: dict[str, Any] = {"id": id_, "alliance": alliance, "format": fields["format"] or "on_site"}
    faults: dict[str, str] = {}
    for name in (*LINES, "free", "wheelchair"):
        text = str(fields[name]).strip().replace("\r\n", "\n")
        if not text:
            continue
        if name == "url" and "://" not in text:
            text = f"https://{text}"
        try:
            given[name] = convert[name](text) if name in convert else text
        except CellError:
            faults[name] = _FAULTS[name]
    given["categories"] = [one for one in fields["categories"] if one in taxonomy.categories]
    try:
        given["languages"] = [*fields["languages"], *convert["languages"](fields["other_languages"])]
    except CellError:
        faults["other_languages"] = _FAULTS["other_languages"]
    given["translations"] = _translations(fields, before, faults)
    if fields["opening_hours"].strip() and not is_readable(fields["opening_hours"].strip()):
        faults["opening_hours"] = "fault_opening_hours"
    offering = None
    try:
        offering = Offering.model_validate(given)
    except ValidationError as error:
        for one in error.errors():
            name, key = _fault(one)
            faults.setdefault(name, key)
    if faults:
        return Read(faults={name: faults[name] for name in sorted(faults, key=_ORDER.index)})
    return Read(offering=offering)


def _translations(fields: Mapping[str, Any], before: Offering | None, faults: dict[str, str]) -> dict[str, Any]:
    kept = before.translations if before else {}
    translations: dict[str, Any] = {
        language: one.model_dump() for language, one in kept.items() if language not in TRANSLATED
    }
    for language in TRANSLATED:
        title, description = (str(fields[f"{part}_{language}"]).strip() for part in ("title", "description"))
        if title:
            had = kept.get(language)
            # Who did not touch a machine's text has not vouched for it either.
            same = had is not None and (had.title, had.description) == (title, description.replace("\r\n", "\n"))
            machine = had is not None and had.machine and same
            translations[language] = {"title": title, "description": description, "machine": machine}
        elif description:
            faults[f"title_{language}"] = "fault_translation_title"
    return translations


def _fault(error: Any) -> tuple[str, str]:
    """Return field and sentence for what the offering's own rules say."""
    if not error["loc"]:
        words = str(error["msg"]).removeprefix("Value error, ")
        return next((place for start, place in _TOGETHER.items() if words.startswith(start)), ("title", "fault_form"))
    name = str(error["loc"][0])
    if name == "translations":
        part = error["loc"][2] if len(error["loc"]) > 2 else "title"
        return f"{part}_{error['loc'][1]}", "fault_too_long"
    if error["type"] == "string_too_long":
        return name, "fault_too_long"
    return name, _FAULTS.get(name, "fault_form")


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return "" if value is None else str(value)
