"""The pages parents see: the chat at / and /a/<alliance>, search without JavaScript, privacy, accessibility."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request

from knowledge import Alliance, Knowledge, Query, card, written_language
from knowledge.wording import counted
from widget.chat_setting import chat_setting, contact_ways
from widget.display import with_display
from widget.embedding import find_alliance
from widget.message import cleaned
from widget.security import allow_framing
from widget.texts import sentence, texts
from widget.visitor import page_language, page_setting

page = Blueprint("page", __name__)
_CARDS = 5
_LONGEST_PLACE = 200
_MOST_CONTACTS = 12


@page.get("/")
def start() -> Response:
    """Show the chat, and the cards of a search that the form without JavaScript asked for."""
    return _chat_page(None)


@page.get("/a/<alliance_id>")
def of_alliance(alliance_id: str) -> Response:
    """Show the chat of one alliance."""
    alliance = find_alliance(alliance_id)
    return _chat_page(alliance) if alliance else abort(404)


@page.get("/privacy")
def privacy() -> Response:
    """Say what happens to a parent's words."""
    return _text_page("privacy", days=counted(page_language(), "days", _knowledge().settings.retention_days))


@page.get("/accessibility")
def accessibility() -> Response:
    """Say how the page is made accessible, what is missing, and whom to tell."""
    return _text_page("accessibility")


def _chat_page(alliance: Alliance | None) -> Response:
    knowledge, language = _knowledge(), page_language()
    setting = chat_setting(knowledge, alliance, language)
    response = _rendered("chat.html", language, setting=setting, **_search(knowledge, language))
    allow_framing(response, alliance.id if alliance else None)
    return response


def _search(knowledge: Knowledge, language: str) -> dict[str, Any]:
    """Return what the form without JavaScript asked for, and the answer: `q`, `near`, `found` (None: nothing asked)."""
    q = cleaned(request.args.get("q", ""))
    near = cleaned(request.args.get("near", ""))[:_LONGEST_PLACE]
    if not q and not near:
        return {"q": "", "near": "", "found": None, "found_text": ""}
    answer = knowledge.search(Query(text=q, near=near or None, language=language, limit=_CARDS))
    matches = answer.matches if answer.place or not near else ()
    cards = [with_display(card(m, language=language, taxonomy=knowledge.taxonomy), language) for m in matches]
    place = answer.place.label if answer.place else near
    if near and answer.place is None:
        text = sentence(language, "say_which_place" if answer.understood.where.options else "say_unknown_place")
    elif not cards:
        text = sentence(language, "say_nothing_found", place=place)
    elif answer.no_good_answer:
        text = sentence(language, "say_nearest_only", place=place)
    else:
        text = sentence(language, "say_found", place=place) if place else ""
    return {"q": q, "near": near, "found": cards, "found_text": text}


def _text_page(name: str, **values: str) -> Response:
    language = page_language()
    said = texts(language)
    parts = [(heading, text.format(**values)) for heading, text in said[f"site_{name}"]]
    contacts = [contact_ways(alliance) for alliance in _knowledge().store.alliances()[:_MOST_CONTACTS]]
    return _rendered("text.html", language, heading=said[f"page_{name}"], parts=parts, contacts=contacts)


def _rendered(template: str, language: str, **values: Any) -> Response:
    response = make_response(render_template(template, **page_setting(language), **values))
    response.headers["Content-Language"] = written_language(language)
    return response


def _knowledge() -> Knowledge:
    knowledge: Knowledge = current_app.extensions["gateway"].knowledge
    return knowledge
