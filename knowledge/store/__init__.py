"""The store: the one source of truth about offerings, alliances, guides, conversations and questions."""

from knowledge.store.conversations import Conversation, Conversations
from knowledge.store.engine import open_engine, reason, upgrade, wait_for_turn
from knowledge.store.questions import Question, Questions, QuestionState
from knowledge.store.records import Change, Record, Store

__all__ = [
    "Change", "Conversation", "Conversations", "Question", "QuestionState", "Questions", "Record", "Store", "open_engine",
    "reason", "upgrade", "wait_for_turn",
]  # fmt: skip
