"""The tables of the store, by what they are about. Columns are nullable only where the contract says so; migrations/ give the same."""

from knowledge.store.tables.accounts import AccountAllianceRow, AccountRow, SignInAttemptRow, WebSessionRow
from knowledge.store.tables.base import NOT_IN_BACKUPS, Base, Moment
from knowledge.store.tables.channels import (
    ChannelAddressRow,
    ChannelButtonRow,
    ChannelChoiceRow,
    ChannelMessageRow,
    ChannelUpdateRow,
)
from knowledge.store.tables.families import (
    AskedInVainRow,
    ConversationRow,
    FeedbackRow,
    FigureRow,
    LearntNameRow,
    QuestionRow,
)
from knowledge.store.tables.records import AllianceRow, DraftRow, GuideRow, OfferingRow, RevisionRow
from knowledge.store.tables.spreadsheets import (
    SpreadsheetFileRow,
    SpreadsheetImportRow,
    SpreadsheetLineRow,
    SpreadsheetMappingRow,
)
from knowledge.store.tables.upkeep import (
    LinkCheckRow,
    NoteRow,
    ReminderRow,
    ReviewDateRow,
    SavedQuestionRow,
    TranslationJobRow,
    TranslationSourceRow,
)

__all__ = [
    "NOT_IN_BACKUPS",
    "AccountAllianceRow",
    "AccountRow",
    "AllianceRow",
    "AskedInVainRow",
    "Base",
    "ChannelAddressRow",
    "ChannelButtonRow",
    "ChannelChoiceRow",
    "ChannelMessageRow",
    "ChannelUpdateRow",
    "ConversationRow",
    "DraftRow",
    "FeedbackRow",
    "FigureRow",
    "GuideRow",
    "LearntNameRow",
    "LinkCheckRow",
    "Moment",
    "NoteRow",
    "OfferingRow",
    "QuestionRow",
    "ReminderRow",
    "ReviewDateRow",
    "RevisionRow",
    "SavedQuestionRow",
    "SignInAttemptRow",
    "SpreadsheetFileRow",
    "SpreadsheetImportRow",
    "SpreadsheetLineRow",
    "SpreadsheetMappingRow",
    "TranslationJobRow",
    "TranslationSourceRow",
    "WebSessionRow",
]
