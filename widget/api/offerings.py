"""The open data of the knowledge base: GET /api/offerings, /api/offerings/{id}, /api/alliances, /api/guides."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from knowledge import LANGUAGES, Answer, Knowledge, Query, card, categories_of, written_language
from knowledge.guides import FoundSection
from knowledge.reasons import meets_every_wish
from widget import parameters
from widget.cards.display import with_display
from widget.cards.offering_card import is_over, offering_card
from widget.conversation.message import cleaned
from widget.conversation.observing import Turn
from widget.problems import ProblemError
from widget.texts import REPLY_LANGUAGES
from widget.wiring import wired_gateway, wired_knowledge

offerings = Blueprint("offerings", __name__)
_LIKELY = 0.1
_MOST_CATEGORIES = 3


@offerings.get("/api/offerings")
def find_offerings() -> Response:
    """Search offerings; without `q` and filters, list them."""
    query = read_query(request.args, wired_knowledge())
    found, turn = search_offerings(wired_knowledge(), query)
    if asks_for_something(query):
        wired_gateway().tell(turn)
    return jsonify(found)


@offerings.get("/api/offerings/<offering_id>")
def show_offering(offering_id: str) -> Response:
    """Return one offering as a card, with what a page shows of it in the language."""
    language = parameters.one_of(request.args, "language", allowed=REPLY_LANGUAGES) or _accepted()
    found = offering_card(wired_knowledge(), offering_id, language)
    if found is None:
        raise ProblemError(404, "No such offering", "nobody offers this (any more); search with /api/offerings?q=")
    if is_over(wired_knowledge(), found):
        raise ProblemError(410, "Offering has ended", "its last day has passed; search with /api/offerings?q=")
    return jsonify(with_display(found, language))


@offerings.get("/api/alliances")
def list_alliances() -> Response:
    """Return all alliances."""
    found = [alliance.model_dump(mode="json", exclude={"widget"}) for alliance in wired_knowledge().store.alliances()]
    return jsonify(total=len(found), results=found)


@offerings.get("/api/guides")
def find_guides() -> Response:
    """Return the sections of guides that answer a question, best first."""
    knowledge = wired_knowledge()
    q = cleaned(request.args.get("q", ""))
    language = parameters.one_of(request.args, "language", allowed=REPLY_LANGUAGES)
    written = written_language(language) if language else knowledge.identifier.identify(q, default=_accepted())
    near = parameters.text(request.args, "near", longest=200)
    place = knowledge.places.resolve(near, language=written).place if near else None
    limit = parameters.whole(request.args, "limit", least=1, most=50, default=10)
    answer = knowledge.guides(q, language=written, near=place, limit=limit)
    results = [_section(found) for found in answer.sections]
    return jsonify(total=answer.total, no_good_answer=answer.no_good_answer, results=results)


def asks_for_something(query: Query) -> bool:
    """Return False for a list of all offerings, and for the next page of what was searched for before."""
    return bool(query.text or query.categories) and query.offset == 0


def search_offerings(knowledge: Knowledge, query: Query) -> tuple[dict[str, Any], Turn]:
    """Return `total`, `understood`, `no_good_answer` and the cards (`results`) of a search, and what is told of it."""
    answer = knowledge.search(query)
    language = query.language or answer.understood.language
    # A place that nobody knows must not turn into "everywhere".
    lost = query.near is not None and answer.place is None
    results = [
        {**card(match, language=language, taxonomy=knowledge.taxonomy), "score": round(match.score, 4)}
        for match in ([] if lost else answer.matches)
    ]
    found = {
        "total": 0 if lost else answer.total,
        "understood": _understood(answer, query),
        "no_good_answer": lost or answer.no_good_answer,
        "results": results,
    }
    good = not found["no_good_answer"] and any(meets_every_wish(match) for match in answer.matches)
    turn = Turn(
        conversation=None, is_first=False, language=language, by="api", channel="api", words=query.text,
        understood=answer.understood, request=query.text or next(iter(query.categories), None), place=answer.place,
        needs=dict.fromkeys(query.categories, 1.0) or answer.understood.needs, searched=True, answered=good,
        offerings=tuple(card["id"] for card in results),
    )  # fmt: skip
    return found, turn


def read_query(args: parameters.Parameters, knowledge: Knowledge, *, usual: int = 10, most: int = 100) -> Query:
    """Return the search of a request's parameters; `language` is the parent's: for the reasons, and services in it come first.

    Raises:
        ProblemError: A parameter does not have its form (400).
    """
    language = parameters.one_of(args, "language", allowed=REPLY_LANGUAGES)
    age = parameters.number(args, "age", least=0, most=120)
    spoken = written_language(language) if language else None
    return Query(
        text=cleaned(args.get("q", "")),
        language=language,
        near=parameters.text(args, "near", longest=200),
        radius_km=parameters.number(args, "radius_km", least=0.1, most=1000),
        ages=() if age is None else (age,),
        categories=parameters.each_of(args, "category", allowed=knowledge.taxonomy.categories),
        service_language=spoken if spoken != "de" else None,
        free=parameters.yes_or_no(args, "free"),
        on=parameters.day(args, "on"),
        limit=parameters.whole(args, "limit", least=1, most=most, default=usual),
        offset=parameters.whole(args, "offset", least=0, most=100_000, default=0),
    )


def _understood(answer: Answer, query: Query) -> dict[str, Any]:
    """Return what the search took from question and parameters."""
    understood, where = answer.understood, answer.understood.where
    likely = [code for code, p in categories_of(understood.needs).items() if p >= _LIKELY][:_MOST_CATEGORIES]
    return {
        "categories": list(query.categories) or likely,
        "place": asdict(answer.place) if answer.place else None,
        "place_options": [asdict(place) for place in where.options],
        "unknown_place": where.unknown is not None,
        "age": understood.ages[0] if understood.ages else None,
        "language": query.language or understood.language,
        "service_language": understood.service_language,
        "free": understood.free,
        "on": understood.on.isoformat() if understood.on else None,
    }


def _section(found: FoundSection) -> dict[str, Any]:
    guide = found.section.guide
    return {
        "guide": guide.id, "alliance": guide.alliance, "language": guide.language, "title": guide.title, "url": guide.url,
        "heading": found.section.heading, "text": found.section.text, "quote": found.quote, "score": round(found.score, 4),
    }  # fmt: skip


def _accepted() -> str:
    return request.accept_languages.best_match(LANGUAGES) or "de"
