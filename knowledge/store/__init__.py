"""The store: the one source of truth about offerings, alliances, guides, conversations, questions, feedback and accounts."""

from knowledge.store.accounts import ROLES, Account, Accounts, Role
from knowledge.store.archive import Manifest
from knowledge.store.backup import write_backup
from knowledge.store.conversations import Conversation, Conversations
from knowledge.store.editions import Edition, Editions, EditionState, Revision
from knowledge.store.engine import open_engine, reason, upgrade, wait_for_turn
from knowledge.store.feedback import FEEDBACK_REASONS, Feedback, FeedbackCount
from knowledge.store.questions import Question, Questions, QuestionState
from knowledge.store.records import Change, Record, Store
from knowledge.store.restore import restore_backup
from knowledge.store.sessions import SignInAttempts, WebSessions
from knowledge.store.spreadsheet_imports import Claim, SpreadsheetImport, SpreadsheetImports
from knowledge.store.spreadsheet_lines import LINE_KINDS, Line, Present, SpreadsheetLines

__all__ = [
    "FEEDBACK_REASONS",
    "LINE_KINDS",
    "ROLES",
    "Account",
    "Accounts",
    "Change",
    "Claim",
    "Conversation",
    "Conversations",
    "Edition",
    "EditionState",
    "Editions",
    "Feedback",
    "FeedbackCount",
    "Line",
    "Manifest",
    "Present",
    "Question",
    "QuestionState",
    "Questions",
    "Record",
    "Revision",
    "Role",
    "SignInAttempts",
    "SpreadsheetImport",
    "SpreadsheetImports",
    "SpreadsheetLines",
    "Store",
    "WebSessions",
    "open_engine",
    "reason",
    "restore_backup",
    "upgrade",
    "wait_for_turn",
    "write_backup",
]  # fmt: skip
