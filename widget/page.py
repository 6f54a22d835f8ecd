"""The pages parents see: the chat at / and /a/<alliance>, privacy, accessibility."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, url_for

from knowledge import Alliance, Knowledge
from widget.display import email_link, phone_link, web_link
from widget.own_answer import need_buttons
from widget.texts import REPLY_LANGUAGES, day, page_texts, texts
from widget.visitor import page_alliance, page_language, page_setting, rendered

page = Blueprint("page", __name__)
_MOST_CONTACTS = 12
_DEMO_MARK = "(Demo)"
_ACCESSIBILITY_TESTED_ON = date(2026, 11, 22)


@page.get("/")
def start() -> Response:
    """Show the chat."""
    return _chat_page(None)


@page.get("/a/<alliance_id>")
def of_alliance(alliance_id: str) -> Response:
    """Show the chat of one alliance."""
    return _chat_page(page_alliance(alliance_id))


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
    """Say how the page is made accessible, what is missing, whom to tell, and who decides (the EU's model statement)."""
    return _text_page("accessibility", date=day(page_language(), _ACCESSIBILITY_TESTED_ON))


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
        talk_url=url_for("talk.answer_form", alliance_id=alliance.id if alliance else None),
        script_setting={
            "language": language,
            "alliance": alliance.id if alliance else None,
            "texts": page_texts(language),
            "chat_url": url_for("chat.answer_message"),
            "texts_url": url_for("page.page_language_texts", language="de").removesuffix("de.json"),
        },
    )


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
