"""The store: the one source of truth about offerings, alliances, guides, conversations, questions, feedback and accounts."""

from knowledge.store.accounts import ROLES, Account, Accounts, Role
from knowledge.store.archive import Manifest
from knowledge.store.backup import write_backup
from knowledge.store.conversations import Conversation, Conversations
from knowledge.store.editions import Edition, Editions, EditionState, Revision
from knowledge.store.engine import open_engine, reason, upgrade, wait_for_turn
from knowledge.store.feedback import FEEDBACK_REASONS, Feedback, FeedbackCount
from knowledge.store.link_checks import LinkCheck, LinkChecks, LinkResult
from knowledge.store.notes import Note, Notes
from knowledge.store.questions import Question, Questions, QuestionState
from knowledge.store.records import Change, Record, Store
from knowledge.store.reminders import Reminders
from knowledge.store.restore import restore_backup
from knowledge.store.reviews import Lying, Published, Reviews
from knowledge.store.sessions import SignInAttempts, WebSessions

__all__ = [
    "FEEDBACK_REASONS", "ROLES", "Account", "Accounts", "Change", "Conversation", "Conversations", "Edition", "EditionState",
    "Editions", "Feedback", "FeedbackCount", "LinkCheck", "LinkChecks", "LinkResult", "Lying", "Manifest", "Note", "Notes",
    "Published", "Question", "QuestionState", "Questions", "Record", "Reminders", "Reviews", "Revision", "Role",
    "SignInAttempts", "Store", "WebSessions", "open_engine", "reason", "restore_backup", "upgrade", "wait_for_turn",
    "write_backup",
]  # fmt: skip
