"""A match as the HTTP contract shows it: the offering's fields, distance, reasons in the reply's language."""

from typing import Any

from knowledge.reasons import sentence
from knowledge.taxonomy import Taxonomy
from knowledge.values import Match


def card(match: Match, *, language: str, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return a card as JSON-ready fields: the contract's, and what a display needs in the reply's language.

    `text_language` tells in which language title and description are: the reply's where there is a translation, else German;
    `machine_translated` whether a machine translated them and no person has read it yet.
    """
    offering = match.offering
    fields = {**offering.model_dump(mode="json", exclude={"translations"}), "free": offering.is_free}
    translated = offering.translations.get(language)
    if translated is not None:
        fields["title"] = translated.title
        fields["description"] = translated.description or offering.description
    return {
        **fields,
        "text_language": language if translated is not None else "de",
        "machine_translated": translated is not None and translated.machine,
        "category_labels": [taxonomy.label(code, language) for code in offering.categories],
        "distance_km": match.distance_km,
        "reasons": [sentence(reason, language) for reason in match.reasons],
        "open_now": match.open_now,
    }
