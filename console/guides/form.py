"""The form of a guide: what stands in its fields, and a guide made of them, or what is wrong with each field."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from knowledge import LANGUAGES
from knowledge.guides import cut
from knowledge.values import Guide

FIELDS = ("alliance", "language", "title", "url", "text")
# What stands for the guides that hold everywhere; no alliance's id, which has no such sign.
EVERYWHERE = "*"
_FAULTS = {
    "title": "fault_title",
    "url": "fault_url",
    "language": "fault_guide_language",
    "text": "fault_guide_text_long",
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read of a form: a guide, or the key of a sentence for each faulty field."""

    guide: Guide | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def fields_of(guide: Guide) -> dict[str, str]:
    """Return what stands in the form's fields for a guide."""
    return {
        "alliance": guide.alliance or EVERYWHERE, "language": guide.language, "title": guide.title, "url": guide.url or "",
        "text": guide.text,
    }  # fmt: skip


def sent_fields(form: MultiDict[str, str]) -> dict[str, str]:
    """Return the fields as they were sent, to be shown again just so."""
    return {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}


def read(fields: Mapping[str, str], *, id_: str, owners: Collection[str]) -> Read:
    """Return the guide that the fields make, or what is wrong.

    Args:
        owners: The alliances whose guides the visitor may write, `EVERYWHERE` among them for the service office.
    """
    faults = {}
    if fields["alliance"] not in owners:
        faults["alliance"] = "fault_no_alliance"
    if fields["language"] not in LANGUAGES:
        faults["language"] = _FAULTS["language"]
    url = fields["url"].strip()
    given = {
        "id": id_, "alliance": None if fields["alliance"] == EVERYWHERE else fields["alliance"] or None,
        "language": fields["language"] or "-", "title": fields["title"], "text": fields["text"].strip(),
        "url": (url if "://" in url else f"https://{url}") if url else None,
    }  # fmt: skip
    try:
        guide = Guide.model_validate(given)
    except ValidationError as error:
        for one in error.errors():
            name = str(one["loc"][0])
            faults.setdefault(name, _FAULTS.get(name, "fault_form"))
        return Read(faults=faults)
    if not cut(guide):
        faults["text"] = "fault_guide_text"
    return Read(faults=faults) if faults else Read(guide=guide)
