"""Questions to begin with: what parents may ask for an offering, in each of the ten languages."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge import LANGUAGES, Knowledge, Offering, broader
from knowledge.store import Asked
from knowledge.store.saved_questions import LONGEST_QUESTION
from knowledge.wording import age

_FRAMES = Path(__file__).resolve().parent / "frames.yml"
# The ways to ask that a coordinator can leaf through.
WAYS = ("need", "category")


@lru_cache(maxsize=1)
def frames() -> Mapping[str, Mapping[str, str]]:
    """Return language -> kind of question -> its frame."""
    content: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FRAMES.read_text(encoding="utf-8"))
    return content


def suggestions(knowledge: Knowledge, offering: Offering, way: str) -> Sequence[Asked]:
    """Return one question in each language, in the order of the languages.

    Args:
        way: One of WAYS: by the need that the offering's words tell, or by its category.
    """
    place = None if offering.format == "online" else _place(knowledge, offering)
    by_need = way == WAYS[0]
    code = _need(knowledge, offering) if by_need else offering.categories[0]
    years = offering.age_min if by_need else None
    found = []
    for language in LANGUAGES:
        frame = frames()[language][_kind(place, years, by_need)]
        text = frame.format(
            need=knowledge.taxonomy.label(code, language), place=place, age=age(language, years) if years else ""
        )
        found.append(Asked(text=text[:LONGEST_QUESTION], language=language))
    return found


def _kind(place: str | None, years: float | None, by_need: bool) -> str:
    if place is None:
        return "anywhere" if by_need else "where_anywhere"
    if not by_need:
        return "where"
    return "age" if years else "near"


def _need(knowledge: Knowledge, offering: Offering) -> str:
    """Return the likeliest need of the offering's text within its categories."""
    told = knowledge.classifier.needs(f"{offering.title}. {offering.description}")
    return next((need for need in told if broader(need) in offering.categories), offering.categories[0])


def _place(knowledge: Knowledge, offering: Offering) -> str | None:
    """Return the offering's town as people say it ("Köthen", not "Köthen (Anhalt)"), else its postal code, else the alliance's town."""
    alliance = next((one for one in knowledge.store.alliances() if one.id == offering.alliance), None)
    for town in (offering.city, offering.postal_code, alliance and alliance.city):
        if town:
            return re.sub(r"\s*\(.*?\)", "", town).strip() or town
    return None
