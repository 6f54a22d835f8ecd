"""The pages parents see: the chat at / and /a/<alliance>, search without JavaScript, privacy, accessibility."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request, url_for

from knowledge import Alliance, Knowledge, Query, card
from widget.display import email_link, phone_link, web_link, with_display
from widget.message import cleaned
from widget.own_answer import need_buttons
from widget.texts import REPLY_LANGUAGES, page_texts, sentence, texts
from widget.visitor import page_language, page_setting, rendered

page = Blueprint("page", __name__)
_CARDS = 5
_LONGEST_PLACE = 200
_MOST_CONTACTS = 12
_DEMO_MARK = "(Demo)"


@page.get("/")
def start() -> Response:
    """Show the chat, and the cards of a search that the form without JavaScript asked for."""
    return _chat_page(None)


@page.get("/a/<alliance_id>")
def of_alliance(alliance_id: str) -> Response:
    """Show the chat of one alliance."""
    alliances = _knowledge().store.alliances()
    alliance = next((one for one in alliances if one.id == alliance_id), None)
    return _chat_page(alliance) if alliance else abort(404)


@page.get("/texts/<language>.json")
def page_language_texts(language: str) -> Response:
    """Return what the page's script needs to show itself in another language."""
    if language not in REPLY_LANGUAGES:
        abort(404)
    setting = page_setting(language)
    needs = need_buttons(_knowledge(), language)
    return jsonify(language=language, lang=setting["lang"], dir=setting["dir"], texts=page_texts(language), needs=needs)


@page.get("/privacy")
def privacy() -> Response:
    """Say what happens to a parent's words."""
    return _text_page("privacy", days=str(_knowledge().settings.retention_days))


@page.get("/accessibility")
def accessibility() -> Response:
    """Say how the page is made accessible, what is missing, and whom to tell."""
    return _text_page("accessibility")


def _chat_page(alliance: Alliance | None) -> Response:
    knowledge, language = _knowledge(), page_language()
    alliances = [alliance] if alliance else knowledge.store.alliances()
    return rendered(
        "chat.html",
        language,
        alliance=alliance,
        contact=_contact(alliance) if alliance else None,
        demo=any(_DEMO_MARK in one.name for one in alliances),
        needs=need_buttons(knowledge, language),
        script_setting={
            "language": language,
            "alliance": alliance.id if alliance else None,
            "texts": page_texts(language),
            "chat_url": url_for("chat.answer_message"),
            "texts_url": url_for("page.page_language_texts", language="de").removesuffix("de.json"),
        },
        **_search(knowledge, language),
    )


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
    contacts = [_contact(alliance) for alliance in _knowledge().store.alliances()[:_MOST_CONTACTS]]
    return rendered("text.html", language, heading=said[f"page_{name}"], parts=parts, contacts=contacts)


def _contact(alliance: Alliance) -> dict[str, Any]:
    """Return an alliance's contact with safe links."""
    ways: Sequence[tuple[str | None, str | None]] = (
        (alliance.phone, phone_link(alliance.phone)),
        (alliance.email, email_link(alliance.email)),
        (alliance.website, web_link(alliance.website)),
    )
    return {"name": alliance.name, "ways": [(text, href) for text, href in ways if text and href]}


def _knowledge() -> Knowledge:
    knowledge: Knowledge = current_app.extensions["gateway"].knowledge
    return knowledge
