"""The store: the one source of truth about offerings, alliances, guides, conversations, questions, feedback and accounts."""

from knowledge.store.accounts import ROLES, Account, Accounts, Role
from knowledge.store.archive import Manifest
from knowledge.store.asked_in_vain import VAIN_STATES, AskedInVain, InVain, VainState
from knowledge.store.backup import write_backup
from knowledge.store.channel_choices import ChannelChoices
from knowledge.store.channel_messages import ChannelMessage, ChannelMessages
from knowledge.store.channel_notes import ChannelAddress, ChannelNotes
from knowledge.store.channel_updates import ChannelUpdate, ChannelUpdates
from knowledge.store.conversations import Conversation, Conversations
from knowledge.store.editions import Edition, Editions, EditionState
from knowledge.store.engine import open_engine, reason, upgrade, wait_for_turn
from knowledge.store.feedback import FEEDBACK_REASONS, Feedback, FeedbackCount
from knowledge.store.figures import Figure, FigureKind, Figures
from knowledge.store.guide_editions import GuideEdition, GuideEditions
from knowledge.store.learnt_names import LearntName, LearntNames
from knowledge.store.link_checks import LinkCheck, LinkChecks, LinkResult
from knowledge.store.notes import Note, Notes
from knowledge.store.questions import Question, Questions, QuestionState
from knowledge.store.records import Change, Record, Store
from knowledge.store.reminders import Reminders
from knowledge.store.repositories import Repositories
from knowledge.store.restore import restore_backup
from knowledge.store.reviews import Lying, Published, Reviews
from knowledge.store.revisions import Revision
from knowledge.store.saved_questions import ASKED_FOR, Asked, QuestionOutcome, SavedQuestion, SavedQuestions
from knowledge.store.sessions import SignInAttempts, WebSessions
from knowledge.store.spreadsheet_imports import Claim, SpreadsheetImport, SpreadsheetImports
from knowledge.store.spreadsheet_lines import LINE_KINDS, Line, Present, SpreadsheetLines
from knowledge.store.translation_jobs import TranslationJob, TranslationJobs
from knowledge.store.translations import Translations, same_text

__all__ = [
    "ASKED_FOR",
    "FEEDBACK_REASONS",
    "LINE_KINDS",
    "ROLES",
    "VAIN_STATES",
    "Account",
    "Accounts",
    "Asked",
    "AskedInVain",
    "Change",
    "ChannelAddress",
    "ChannelChoices",
    "ChannelMessage",
    "ChannelMessages",
    "ChannelNotes",
    "ChannelUpdate",
    "ChannelUpdates",
    "Claim",
    "Conversation",
    "Conversations",
    "Edition",
    "EditionState",
    "Editions",
    "Feedback",
    "FeedbackCount",
    "Figure",
    "FigureKind",
    "Figures",
    "GuideEdition",
    "GuideEditions",
    "InVain",
    "LearntName",
    "LearntNames",
    "Line",
    "LinkCheck",
    "LinkChecks",
    "LinkResult",
    "Lying",
    "Manifest",
    "Note",
    "Notes",
    "Present",
    "Published",
    "Question",
    "QuestionOutcome",
    "QuestionState",
    "Questions",
    "Record",
    "Reminders",
    "Repositories",
    "Reviews",
    "Revision",
    "Role",
    "SavedQuestion",
    "SavedQuestions",
    "SignInAttempts",
    "SpreadsheetImport",
    "SpreadsheetImports",
    "SpreadsheetLines",
    "Store",
    "TranslationJob",
    "TranslationJobs",
    "Translations",
    "VainState",
    "WebSessions",
    "open_engine",
    "reason",
    "restore_backup",
    "same_text",
    "upgrade",
    "wait_for_turn",
    "write_backup",
]
