"""What a message says, as the gateway hands it to Rasa (docs/dialogue.md)."""

from dataclasses import asdict
from typing import Any

from knowledge import Understanding
from widget.conversation.memory import Memory, asks_for_something, wishes_of

_MOST_NEEDS = 12


def as_metadata(
    understood: Understanding,
    *,
    language: str,
    before: Memory,
    catching_up: Memory | None = None,
    may_leave_question: bool = True,
) -> dict[str, Any]:
    """Return the `metadata` of one turn.

    Args:
        language: The language to answer in.
        before: What was known before this message.
        may_leave_question: False where so many questions came from the sender's address today that no other is taken.
        catching_up: What was said while the gateway answered by itself; Rasa is told it now.
    """
    where, place, ages = understood.where, understood.where.place, understood.ages
    wishes = wishes_of(understood)
    metadata: dict[str, Any] = {
        "language": language,
        "understood": {
            "needs": [[need, round(p, 4)] for need, p in list(understood.needs.items())[:_MOST_NEEDS]],
            "place": asdict(place) if place else None,
            "place_options": [asdict(option) for option in where.options],
            "unknown_place": where.unknown,
            "place_corrected": where.corrected,
            "ages": list(ages),
            **{name: wishes.get(name) for name in ("service_language", "free", "online", "on", "until")},
            "without": list(understood.without),
            "has_request": asks_for_something(understood),
        },
        "context": {
            "shown": bool(before.shown),
            "searching": before.request is not None,
            "place_asked": before.request is not None and before.place is None,
            "alliance": before.alliance,
            "may_leave_question": may_leave_question,
        },
    }
    if catching_up is not None:
        metadata["memory"] = catching_up.as_json()
    return metadata
