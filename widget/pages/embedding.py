"""How the chat looks and speaks on an alliance's website and page: the setting its script asks for, colours, logo."""

import base64
import re

from flask import Blueprint, Response, abort, jsonify, request

from knowledge import LANGUAGES
from widget.origins import refuse_foreign_origin
from widget.pages.chat_setting import chat_setting
from widget.pages.colours import accent_css
from widget.texts import REPLY_LANGUAGES
from widget.visitor import page_alliance
from widget.wiring import wired_knowledge

embedding = Blueprint("embedding", __name__)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@embedding.get("/api/setting")
def setting() -> Response:
    """Return the setting of a chat: `alliance`, `lang` (a reply language, or any list of wishes such as `tr-TR,de`), `colour`."""
    alliance_id = request.args.get("alliance") or None
    refuse_foreign_origin(alliance_id)
    alliance = page_alliance(alliance_id) if alliance_id else None
    found = chat_setting(wired_knowledge(), alliance, _language(request.args.get("lang", "")))
    accent = request.args.get("colour", "")
    if not _COLOUR.fullmatch(accent):
        accent = alliance.widget.accent or "" if alliance else ""
    return jsonify(**found, colours=accent_css(accent) if accent else "")


@embedding.get("/a/<alliance_id>/colours.css")
def colours(alliance_id: str) -> Response:
    """Return the rules that give a page the alliance's colour."""
    accent = page_alliance(alliance_id).widget.accent
    return Response(accent_css(accent), content_type="text/css; charset=utf-8") if accent else abort(404)


@embedding.get("/a/<alliance_id>/logo")
def logo(alliance_id: str) -> Response:
    """Return the alliance's logo."""
    picture = page_alliance(alliance_id).widget.logo or abort(404)
    kind, _, content = picture.removeprefix("data:").partition(";base64,")
    return Response(base64.b64decode(content), content_type=kind)


def _language(wished: str) -> str:
    """Return the first language of a list of wishes that the assistant speaks, else the browser's, else German."""
    for one in wished.split(","):
        code = one.strip()
        if code in REPLY_LANGUAGES:
            return code
        if code.split("-")[0].lower() in LANGUAGES:
            return code.split("-")[0].lower()
    return request.accept_languages.best_match(LANGUAGES) or "de"
