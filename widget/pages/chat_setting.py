"""What a chat needs to show itself, on our page and on an alliance's website: texts, first questions, contact, addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from flask import current_app, url_for

from knowledge import Alliance, Knowledge, written_language
from widget.cards.display import email_link, phone_link, web_link
from widget.conversation.own_answer import need_buttons
from widget.settings import TileSettings
from widget.texts import direction, language_names, page_texts

_DEMO_MARK = "(Demo)"


def chat_setting(knowledge: Knowledge, alliance: Alliance | None, language: str) -> dict[str, Any]:
    """Return the setting of a chat as its script takes it; addresses are paths on this server.

    Args:
        alliance: Whose chat it is; None: that of all alliances.
        language: A reply language.
    """
    look = alliance.widget if alliance else None
    return {
        "language": language,
        "lang": written_language(language),
        "dir": direction(language),
        "languages": list(language_names().items()),
        "texts": page_texts(language),
        "alliance": alliance.id if alliance else None,
        "name": alliance.name if alliance else page_texts(language)["page_title"],
        "greeting": look.greeting.get(language) if look else None,
        "questions": first_questions(knowledge, alliance, language),
        "contact": contact_ways(alliance) if alliance else None,
        "demo": is_demo([alliance] if alliance else knowledge.store.alliances()),
        "voice_input": look is not None and look.voice_input,
        "position": look.position if look else "right",
        "tiles": _tiles(),
        "paths": {
            "chat": url_for("chat.answer_message"),
            "feedback": url_for("feedback.take"),
            "talk": url_for("talk.answer_form", alliance_id=alliance.id if alliance else None),
            "setting": url_for("embedding.setting"),
            "offerings": url_for("offerings.find_offerings"),
            "privacy": url_for("page.privacy"),
            "accessibility": url_for("page.accessibility"),
            "logo": url_for("embedding.logo", alliance_id=alliance.id) if alliance and alliance.widget.logo else None,
            "colours": (
                url_for("embedding.colours", alliance_id=alliance.id) if alliance and alliance.widget.accent else None
            ),
        },
    }


def contact_ways(alliance: Alliance) -> dict[str, Any]:
    """Return an alliance's name and `ways` to reach it, each a text and a safe link."""
    ways: Sequence[tuple[str | None, str | None]] = (
        (alliance.phone, phone_link(alliance.phone)),
        (alliance.email, email_link(alliance.email)),
        (alliance.website, web_link(alliance.website)),
    )
    return {"name": alliance.name, "ways": [{"text": text, "href": href} for text, href in ways if text and href]}


def is_demo(alliances: Iterable[Alliance]) -> bool:
    """Return whether the invented alliances of the demo are among them."""
    return any(_DEMO_MARK in one.name for one in alliances)


def _tiles() -> dict[str, str] | None:
    """Return what a map is made of: the tiles' `url` and `attribution`, and the paths of the library's `script` and `style`."""
    tiles: TileSettings | None = current_app.config["TILES"]
    if tiles is None:
        return None
    script, style = (url_for("files.leaflet_file", name=name) for name in ("leaflet.js", "leaflet.css"))
    return {**asdict(tiles), "script": script, "style": style}


def first_questions(knowledge: Knowledge, alliance: Alliance | None, language: str) -> list[dict[str, str]]:
    """Return the questions to press at the beginning: an alliance's own, else those that most families have."""
    own = alliance.widget.questions.get(language, ()) if alliance else ()
    if own:
        return [{"title": question, "payload": question} for question in own]
    return need_buttons(knowledge, language)
