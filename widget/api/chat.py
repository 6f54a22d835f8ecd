"""POST /api/chat: one message in, the answer out. What is no chat message is refused before anything reads it."""

import logging
import re
import secrets
import time
from typing import Any

from flask import Blueprint, Response, jsonify, request

from knowledge import LANGUAGES
from widget.conversation.given_replies import Reply
from widget.conversation.turn import Ask
from widget.conversation.turns_in_order import ConversationBusyError
from widget.limits import sender
from widget.origins import refuse_foreign_origin
from widget.parameters import json_sent
from widget.problems import ProblemError
from widget.texts import REPLY_LANGUAGES
from widget.wiring import wired_gateway

chat = Blueprint("chat", __name__)
_log = logging.getLogger(__name__)
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ALLIANCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@chat.post("/api/chat")
def answer_message() -> Response:
    """Answer one message of a conversation."""
    ask = read_ask(json_sent())
    try:
        refuse_foreign_origin(ask.alliance)
        reply = answered(ask)
    except ConversationBusyError as error:
        raise ProblemError(503, "Conversation busy", str(error), retry_after_s=5) from error
    return jsonify(conversation=reply.conversation, language=reply.language, messages=reply.messages)


def answered(ask: Ask) -> Reply:
    """Return the gateway's answer, and log that there was one.

    Raises:
        ConversationBusyError: Earlier messages of the conversation are still being answered.
    """
    began = time.perf_counter()
    gateway = wired_gateway()
    reply = gateway.answer(ask)
    # No id, no words: only what tells how the service does.
    ms = (time.perf_counter() - began) * 1000
    _log.info("chat status=200 ms=%.0f language=%s by=%s", ms, reply.language, reply.by)
    return reply


def read_ask(body: Any) -> Ask:
    """Return the message in a request's JSON.

    Raises:
        ProblemError: A field does not have its form (400).
    """
    if not isinstance(body, dict):
        raise ProblemError(400, "Not a chat message", 'send an object {"conversation": null, "message": "…"}')
    conversation, text, language = body.get("conversation"), body.get("message"), body.get("language")
    if conversation is None:
        conversation = secrets.token_urlsafe(24)
    if not isinstance(conversation, str) or not _ID.fullmatch(conversation):
        raise ProblemError(400, "Bad conversation", "conversation is null or 8 to 64 of A-Z, a-z, 0-9, _ and -")
    if not isinstance(text, str):
        raise ProblemError(400, "Bad message", "message is a text")
    if language is not None and language not in REPLY_LANGUAGES:
        raise ProblemError(400, "Bad language", f"language is one of {', '.join(REPLY_LANGUAGES)}, or left out")
    message_id = body.get("id")
    if message_id is not None and not (isinstance(message_id, str) and _ID.fullmatch(message_id)):
        raise ProblemError(400, "Bad id", "id is left out, null or 8 to 64 of A-Z, a-z, 0-9, _ and -")
    alliance = body.get("alliance")
    return Ask(
        conversation=conversation,
        message=text,
        message_id=message_id,
        language=language,
        accepted=request.accept_languages.best_match(LANGUAGES),
        alliance=alliance if isinstance(alliance, str) and _ALLIANCE.fullmatch(alliance) else None,
        sender=sender(),
    )
