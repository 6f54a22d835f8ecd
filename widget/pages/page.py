"""The pages parents see: the chat at / and /a/<alliance>, privacy, accessibility."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response

from knowledge import Alliance
from knowledge.wording import counted
from widget.pages.chat_setting import chat_setting, contact_ways
from widget.security import allow_chat
from widget.texts import day, series, texts
from widget.visitor import page_alliance, page_language, rendered
from widget.wiring import wired_channels, wired_knowledge

page = Blueprint("page", __name__)
_MOST_CONTACTS = 12
_ACCESSIBILITY_TESTED_ON = date(2026, 11, 22)


@page.get("/")
def start() -> Response:
    """Show the chat."""
    return _chat_page(None)


@page.get("/a/<alliance_id>")
def of_alliance(alliance_id: str) -> Response:
    """Show the chat of one alliance."""
    return _chat_page(page_alliance(alliance_id))


@page.get("/privacy")
def privacy() -> Response:
    """Say what happens to a parent's words; of messengers only where some are on."""
    language, titles = page_language(), dict.fromkeys(channel.title for channel in wired_channels().values())
    days = counted(language, "days", wired_knowledge().settings.retention_days)
    said = texts(language)
    *parts, rights = said["site_privacy"]
    messengers = [said["site_privacy_messengers"]] if titles else []
    return _text_page("privacy", [*parts, *messengers, rights], days=days, messengers=series(language, list(titles)))


@page.get("/accessibility")
def accessibility() -> Response:
    """Say how the page is made accessible, what is missing, whom to tell, and who decides (the EU's model statement)."""
    parts = texts(page_language())["site_accessibility"]
    return _text_page("accessibility", parts, date=day(page_language(), _ACCESSIBILITY_TESTED_ON))


def _chat_page(alliance: Alliance | None) -> Response:
    knowledge, language = wired_knowledge(), page_language()
    setting = chat_setting(knowledge, alliance, language)
    response = rendered("chat.html", language, setting=setting)
    allow_chat(response, alliance.id if alliance else None)
    return response


def _text_page(name: str, parts: Sequence[tuple[str, str]], **values: str) -> Response:
    language = page_language()
    filled = [(heading, text.format(**values)) for heading, text in parts]
    contacts = [contact_ways(alliance) for alliance in wired_knowledge().store.alliances()[:_MOST_CONTACTS]]
    return rendered("text.html", language, heading=texts(language)[f"page_{name}"], parts=filled, contacts=contacts)
