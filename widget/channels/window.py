"""The time after a parent's message in which Meta's platforms let us write freely."""

from datetime import UTC, datetime, timedelta

from knowledge import Knowledge

# 24 hours, less what a message may wait for its turn.
_WINDOW = timedelta(hours=23, minutes=50)


def is_open(knowledge: Knowledge, conversation: str, *, within: timedelta = _WINDOW) -> bool:
    """Return whether the parent of a conversation wrote so lately; one that was deleted counts as long ago."""
    touched_at = knowledge.conversations.touched_at(conversation)
    return touched_at is not None and datetime.now(UTC) - touched_at < within
