"""The store: the one source of truth about offerings, alliances, guides, conversations, questions, feedback and accounts."""

from knowledge.store.accounts import ROLES, Account, Accounts, Role
from knowledge.store.archive import Manifest
from knowledge.store.backup import write_backup
from knowledge.store.channel_choices import ChannelChoices
from knowledge.store.channel_messages import ChannelMessage, ChannelMessages
from knowledge.store.channel_notes import ChannelAddress, ChannelNotes
from knowledge.store.channel_updates import ChannelUpdate, ChannelUpdates
from knowledge.store.conversations import Conversation, Conversations
from knowledge.store.editions import Edition, Editions, EditionState, Revision
from knowledge.store.engine import open_engine, reason, upgrade, wait_for_turn
from knowledge.store.feedback import FEEDBACK_REASONS, Feedback, FeedbackCount
from knowledge.store.questions import Question, Questions, QuestionState
from knowledge.store.records import Change, Record, Store
from knowledge.store.restore import restore_backup
from knowledge.store.sessions import SignInAttempts, WebSessions

__all__ = [
    "FEEDBACK_REASONS", "ROLES", "Account", "Accounts", "Change", "ChannelAddress", "ChannelChoices",
    "ChannelMessage", "ChannelMessages", "ChannelNotes", "ChannelUpdate", "ChannelUpdates", "Conversation", "Conversations",
    "Edition", "EditionState",
    "Editions", "Feedback", "FeedbackCount", "Manifest", "Question", "QuestionState", "Questions", "Record", "Revision",
    "Role", "SignInAttempts", "Store", "WebSessions", "open_engine", "reason", "restore_backup", "upgrade", "wait_for_turn",
    "write_backup",
]  # fmt: skip
