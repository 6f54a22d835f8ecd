"""POST /api/feedback: whether the answers helped. Neither words nor a conversation's id come with it."""

from typing import Any

from flask import Blueprint, Response

from knowledge import FEEDBACK_REASONS
from widget.origins import refuse_foreign_origin
from widget.parameters import json_sent
from widget.problems import ProblemError
from widget.texts import REPLY_LANGUAGES
from widget.wiring import wired_knowledge

feedback = Blueprint("feedback", __name__)
# Nobody has an opinion more often; who pretends to must not decide what coordinators read.
FEEDBACK_RATE = "30 per hour"


@feedback.post("/api/feedback")
def take() -> Response:
    """Store one parent's word on the answers."""
    knowledge = wired_knowledge()
    word = read_feedback(json_sent())
    alliance = word["alliance"]
    refuse_foreign_origin(alliance)
    if alliance is not None and alliance not in [one.id for one in knowledge.store.alliances()]:
        raise ProblemError(400, "Bad feedback", "alliance is the id of an alliance of GET /api/alliances, or null")
    knowledge.feedback.give(**word)
    return Response(status=204)


def read_feedback(body: Any) -> dict[str, Any]:
    """Return `helped`, `reason`, `alliance` and `language` of a request's JSON; anything else in it is not looked at.

    Raises:
        ProblemError: A field does not have its form (400).
    """
    if not isinstance(body, dict) or not isinstance(body.get("helped"), bool):
        raise ProblemError(
            400, "Bad feedback", 'send an object {"helped": true, "language": "de"}; helped is true or false'
        )
    helped, reason, alliance, language = (body.get(name) for name in ("helped", "reason", "alliance", "language"))
    if reason is not None and (helped or reason not in FEEDBACK_REASONS):
        raise ProblemError(
            400, "Bad feedback", f"reason is one of {', '.join(FEEDBACK_REASONS)} where it did not help, or null"
        )
    if language not in REPLY_LANGUAGES:
        raise ProblemError(400, "Bad feedback", f"language is one of {', '.join(REPLY_LANGUAGES)}")
    return {"helped": helped, "reason": reason, "alliance": alliance, "language": language}
