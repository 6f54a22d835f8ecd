"""The store: the one source of truth about offerings, alliances, guides, conversations, questions and accounts."""

from knowledge.store.accounts import ROLES, Account, Accounts, Role
from knowledge.store.conversations import Conversation, Conversations
from knowledge.store.editions import Edition, Editions, EditionState, Revision
from knowledge.store.engine import open_engine, reason, upgrade, wait_for_turn
from knowledge.store.questions import Question, Questions, QuestionState
from knowledge.store.records import Change, Record, Store
from knowledge.store.sessions import SignInAttempts, WebSessions

__all__ = [
    "ROLES", "Account", "Accounts", "Change", "Conversation", "Conversations", "Edition", "EditionState", "Editions",
    "Question", "QuestionState", "Questions", "Record", "Revision", "Role", "SignInAttempts", "Store", "WebSessions",
    "open_engine", "reason", "upgrade", "wait_for_turn",
]  # fmt: skip
