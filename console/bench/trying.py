"""What the search makes of a question, in plain words: what was understood, what was found and why, and where an offering is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.texts import say, texts
from knowledge import UNRELATED, Edition, Knowledge, Offering, Understanding, card, written_language
from knowledge.bench import place_is_unclear, query_of
from knowledge.explaining import Standing, parts_at, standing
from knowledge.search import Found
from knowledge.store import ASKED_FOR, Asked
from knowledge.taxonomy import Taxonomy
from widget.cards.display import with_display
from widget.texts import day, direction, language_name, page_texts

# From this probability on, a need is sure, likely, or possible.
_WEIGHTS = ((0.5, "weight_sure"), (0.2, "weight_likely"), (0.05, "weight_maybe"))
_MOST_NEEDS = 5
_SHOWN = 5
# A part of the score above, or below, is worth two signs, or one. Smaller ones are as with the others.
_MUCH, _SOME = 1.5, 0.3


@dataclass(frozen=True, kw_only=True)
class Result:
    """An offering as parents see it, with the parts of its score: key of the part's name and of its weight in words."""

    card: Mapping[str, Any]
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Mine:
    """The offering that somebody looks for, its place, and sentences that say why it is there."""

    offering: Offering
    rank: int | None
    said: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A question tried: pairs of what was understood, the key of why nothing fits, the results, and one's own offering."""

    understood: Sequence[tuple[str, str]]
    unclear: bool
    declined: str | None
    total: int
    results: Sequence[Result]
    mine: Mine | None
    lang: str
    dir: str
    t: Mapping[str, Any]


def tried(knowledge: Knowledge, asked: Asked, wanted: Edition | None, language: str) -> Tried:
    """Ask a question as a parent would, and explain the answer in the page's language.

    Args:
        wanted: The offering of which one wants to know where it is.

    Raises:
        IndexMissingError: There is no index to search.
    """
    query = replace(query_of(asked), limit=_SHOWN)
    found = knowledge.search.find(query)
    answer = knowledge.search.answer(query, found)
    reply = found.understood.language
    rows = [found.snapshot.ids[row] for row in found.candidates.rows[found.ranked[:_SHOWN]]]
    at = dict(zip(rows, found.ranked[:_SHOWN].tolist(), strict=True))
    results = [
        Result(
            card=with_display(card(match, language=reply, taxonomy=knowledge.taxonomy), reply),
            parts=in_words(parts_at(found, at[match.offering.id])),
        )
        for match in answer.matches
    ]
    return Tried(
        understood=_understood(found.understood, knowledge.taxonomy, language), unclear=place_is_unclear(found),
        declined=found.declined, total=answer.total, results=results,
        mine=_mine(found, wanted, knowledge.taxonomy, language) if wanted else None,
        lang=written_language(reply), dir=direction(reply), t=page_texts(reply),
    )  # fmt: skip


def in_words(parts: Mapping[str, float]) -> list[tuple[str, str]]:
    """Return the parts that tell an offering from others, weightiest first: the keys of name and weight."""
    telling = [(name, value) for name, value in parts.items() if abs(value) >= _SOME]
    return [(f"part_{name}", _weight(value)) for name, value in sorted(telling, key=lambda one: -abs(one[1]))]


def _weight(value: float) -> str:
    if value > 0:
        return "part_much_for" if value >= _MUCH else "part_for"
    return "part_much_against" if value <= -_MUCH else "part_against"


def _understood(said: Understanding, taxonomy: Taxonomy, language: str) -> list[tuple[str, str]]:
    """Return what a question says: name and value of each thing, in the page's language."""
    t = texts(language)
    pairs = [(t["understood_language"], language_name(said.language, language))]
    needs = list(said.needs.items())[:_MOST_NEEDS]
    told = [(_need(need, taxonomy, language), _likely(p)) for need, p in needs if p >= _WEIGHTS[-1][0]]
    pairs.append(
        (t["understood_needs"], "; ".join(f"{need} ({t[weight]})" for need, weight in told) or t["understood_nothing"])
    )
    where = said.where
    if where.options:
        places = say(
            language,
            "understood_places",
            places=", ".join(f"{one.label} ({one.region or '–'})" for one in where.options),
        )
    elif where.unknown:
        places = say(language, "understood_place_unknown", place=where.unknown)
    else:
        places = where.place.label if where.place else t["understood_no_place"]
    pairs.append((t["understood_place"], places))
    if said.ages:
        pairs.append((t["understood_ages"], ", ".join(f"{age:g}" for age in said.ages)))
    wishes = _wishes(said, language)
    if wishes:
        pairs.append((t["understood_wishes"], "; ".join(wishes)))
    if said.without:
        labels = ", ".join(taxonomy.label(code, language) for code in said.without)
        pairs.append((t["understood_without"], labels))
    return pairs


def _need(need: str, taxonomy: Taxonomy, language: str) -> str:
    return texts(language)["understood_unrelated"] if need == UNRELATED else taxonomy.label(need, language)


def _likely(probability: float) -> str:
    return next(key for least, key in _WEIGHTS if probability >= least)


def _wishes(said: Understanding, language: str) -> list[str]:
    t, wishes = texts(language), []
    if said.service_language:
        name = language_name(said.service_language, language)
        wishes.append(say(language, "wish_language", language=name))
    if said.free:
        wishes.append(t["wish_free"])
    if said.online is not None:
        wishes.append(t["wish_online"] if said.online else t["wish_in_person"])
    if said.weekend:
        wishes.append(t["wish_weekend"])
    if said.on:
        last = said.until or said.on
        span = day(language, said.on) if last == said.on else f"{day(language, said.on)} – {day(language, last)}"
        wishes.append(say(language, "wish_day", day=span))
    return wishes


def _mine(found: Found, edition: Edition, taxonomy: Taxonomy, language: str) -> Mine:
    """Return where the wanted offering is, and the causes with what can be done about each."""
    if edition.public is None:
        return Mine(offering=edition.offering, rank=None, said=[texts(language)[f"mine_{edition.state}"]])
    stands = standing(found, edition.offering.id, within=ASKED_FOR[0])
    return Mine(
        offering=edition.offering, rank=stands.rank, said=_sentences(found, stands, edition, taxonomy, language)
    )


def _sentences(found: Found, stands: Standing, edition: Edition, taxonomy: Taxonomy, language: str) -> list[str]:
    t = texts(language)
    if stands.why == "not_there":
        return [t["mine_not_yet"]]
    if stands.why == "too_far":
        place = found.understood.where.place
        return [say(language, "mine_too_far", km=f"{stands.distance_km:.0f}", place=place.label if place else "")]
    if stands.rank is None:
        return [t[f"why_{stands.why}"]]
    said = [t[f"why_{stands.why}"]] if stands.why != "behind" else []
    for part in stands.behind:
        if part in {"need", "unlikely_age"}:
            asked = next(iter(found.understood.needs), "")
            labels = ", ".join(taxonomy.label(code, language) for code in edition.offering.categories)
            said.append(say(language, "behind_need", asked=_need(asked, taxonomy, language), categories=labels))
        else:
            said.append(t[f"behind_{part}"])
    return list(dict.fromkeys(said)) or [t["behind_little"]]
