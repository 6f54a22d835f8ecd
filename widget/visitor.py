"""What every page needs to know of its visitor: the language to render in, the alliance of its address, the frame around it."""

from typing import Any

from flask import Response, abort, make_response, render_template, request

from knowledge import LANGUAGES, Alliance, written_language
from widget.texts import REPLY_LANGUAGES, direction, language_names, texts
from widget.wiring import wired_knowledge


def page_language() -> str:
    """Return the language chosen in the menu (`?lang=`), else the browser's, else German."""
    chosen = request.args.get("lang")
    return chosen if chosen in REPLY_LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "de"


def page_alliance(alliance_id: str) -> Alliance:
    """Return the alliance that a page's address names, or answer 404."""
    knowledge = wired_knowledge()
    return next((one for one in knowledge.store.alliances() if one.id == alliance_id), None) or abort(404)


def page_setting(language: str) -> dict[str, Any]:
    """Return what base.html takes: texts, language, direction and the language menu."""
    return {
        "t": texts(language),
        "language": language,
        "lang": written_language(language),
        "dir": direction(language),
        "languages": language_names(),
        "lang_of": written_language,
        "dir_of": direction,
    }


def rendered(template: str, language: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page in a reply language."""
    response = make_response(render_template(template, **page_setting(language), **values), status)
    response.headers["Content-Language"] = written_language(language)
    return response
