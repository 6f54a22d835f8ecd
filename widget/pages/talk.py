"""The conversation without script: plain forms at /talk and /a/<alliance>/talk, through the same gateway.

What there is of state is the conversation's id, in a hidden field of the forms.
"""

from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import HTTPException

from knowledge import SIMPLE_GERMAN
from widget.api.chat import answered, read_ask
from widget.conversation.message import LONGEST_MESSAGE
from widget.conversation.turns_in_order import ConversationBusyError
from widget.pages.chat_setting import chat_setting
from widget.texts import REPLY_LANGUAGES, language_names, sentence
from widget.visitor import page_alliance, page_language, rendered
from widget.wiring import wired_gateway

talk = Blueprint("talk", __name__)


@talk.get("/talk", defaults={"alliance_id": None})
@talk.get("/a/<alliance_id>/talk")
def begin(alliance_id: str | None) -> Response:
    """Show the greeting and an empty form."""
    return _page(alliance_id, page_language())


@talk.post("/talk", defaults={"alliance_id": None})
@talk.post("/a/<alliance_id>/talk")
def answer_form(alliance_id: str | None) -> Response:
    """Answer a message, a pressed button, or another choice in the language menu."""
    language = _language()
    message, said = request.form.get("message"), request.form.get("shown")
    if message is None:
        message, said = _change_to(language), language_names()[language]
    if len(message) > LONGEST_MESSAGE:
        return _faulty(alliance_id, "page_error_too_long", 413)
    ask = read_ask(
        {
            "conversation": request.form.get("conversation"),
            "message": message,
            "language": language,
            "alliance": alliance_id,
        }
    )
    try:
        reply = answered(ask)
    except ConversationBusyError:
        return _faulty(alliance_id, "page_error_server", 503)
    return _page(
        alliance_id, reply.language, said=said or message, messages=reply.messages, conversation=reply.conversation
    )


@talk.errorhandler(429)
def _too_fast(_error: HTTPException) -> Response:
    return _faulty(_alliance_id(), "page_error_too_fast", 429)


@talk.errorhandler(413)
def _too_large(_error: HTTPException) -> Response:
    # What was sent is not read, so that nothing of it can be put back into the field.
    language = page_language()
    return _page(_alliance_id(), language, fault=sentence(language, "page_error_too_long"), status=413)


def _faulty(alliance_id: str | None, key: str, status: int) -> Response:
    """Say why there is no answer; what was written is still in the field, and what was pressed can be pressed again."""
    language, form = _language(), request.form
    message, shown = form.get("message", ""), form.get("shown")
    return _page(
        alliance_id,
        language,
        status=status,
        fault=sentence(language, key),
        typed=message if shown is None else "",
        again=[] if shown is None else [{"title": shown, "payload": message}],
        conversation=form.get("conversation"),
    )


def _page(alliance_id: str | None, language: str, *, status: int = 200, **values: Any) -> Response:
    gateway = wired_gateway()
    alliance = page_alliance(alliance_id) if alliance_id else None
    setting = chat_setting(gateway.knowledge, alliance, language)
    talk_url = url_for("talk.answer_form", alliance_id=alliance_id)
    return rendered("talk.html", language, status=status, setting=setting, talk_url=talk_url, **values)


def _alliance_id() -> str | None:
    return (request.view_args or {}).get("alliance_id")


def _language() -> str:
    chosen = request.form.get("lang")
    return chosen if chosen in REPLY_LANGUAGES else page_language()


def _change_to(language: str) -> str:
    """Return the command of a button that changes the language."""
    return "/simple_language" if language == SIMPLE_GERMAN else f'/change_language{{"language": "{language}"}}'
