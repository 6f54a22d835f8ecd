"""What the store keeps: one repository a kind, over one database."""

from abc import ABC, abstractmethod
from functools import cached_property

from sqlalchemy import Engine

from knowledge.store.accounts import Accounts
from knowledge.store.asked_in_vain import InVain
from knowledge.store.channel_choices import ChannelChoices
from knowledge.store.channel_messages import ChannelMessages
from knowledge.store.channel_notes import ChannelNotes
from knowledge.store.channel_updates import ChannelUpdates
from knowledge.store.conversations import Conversations
from knowledge.store.editions import Editions
from knowledge.store.feedback import Feedback
from knowledge.store.figures import Figures
from knowledge.store.guide_editions import GuideEditions
from knowledge.store.learnt_names import LearntNames
from knowledge.store.link_checks import LinkChecks
from knowledge.store.notes import Notes
from knowledge.store.questions import Questions
from knowledge.store.records import Store
from knowledge.store.reminders import Reminders
from knowledge.store.reviews import Reviews
from knowledge.store.saved_questions import SavedQuestions
from knowledge.store.sessions import SignInAttempts, WebSessions
from knowledge.store.spreadsheet_imports import SpreadsheetImports
from knowledge.store.spreadsheet_lines import SpreadsheetLines
from knowledge.store.translation_jobs import TranslationJobs
from knowledge.store.translations import Translations


class Repositories(ABC):
    """The repositories of one database, each opened when first used."""

    @property
    @abstractmethod
    def _engine(self) -> Engine: ...

    @cached_property
    def store(self) -> Store:
        return Store(self._engine)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self._engine)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self._engine)

    @cached_property
    def feedback(self) -> Feedback:
        return Feedback(self._engine)

    @cached_property
    def in_vain(self) -> InVain:
        return InVain(self._engine)

    @cached_property
    def learnt_names(self) -> LearntNames:
        return LearntNames(self._engine)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self._engine)

    @cached_property
    def editions(self) -> Editions:
        return Editions(self._engine)

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self._engine)

    @cached_property
    def web_sessions(self) -> WebSessions:
        return WebSessions(self._engine)

    @cached_property
    def sign_in_attempts(self) -> SignInAttempts:
        return SignInAttempts(self._engine)

    @cached_property
    def saved_questions(self) -> SavedQuestions:
        return SavedQuestions(self._engine)

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self._engine)

    @cached_property
    def notes(self) -> Notes:
        return Notes(self._engine)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._engine)

    @cached_property
    def link_checks(self) -> LinkChecks:
        return LinkChecks(self._engine)

    @cached_property
    def translations(self) -> Translations:
        return Translations(self._engine)

    @cached_property
    def translation_jobs(self) -> TranslationJobs:
        return TranslationJobs(self._engine)

    @cached_property
    def guide_editions(self) -> GuideEditions:
        return GuideEditions(self._engine)

    @cached_property
    def spreadsheet_imports(self) -> SpreadsheetImports:
        return SpreadsheetImports(self._engine)

    @cached_property
    def spreadsheet_lines(self) -> SpreadsheetLines:
        return SpreadsheetLines(self._engine)

    @cached_property
    def channel_updates(self) -> ChannelUpdates:
        return ChannelUpdates(self._engine)

    @cached_property
    def channel_messages(self) -> ChannelMessages:
        return ChannelMessages(self._engine)

    @cached_property
    def channel_notes(self) -> ChannelNotes:
        return ChannelNotes(self._engine)

    @cached_property
    def channel_choices(self) -> ChannelChoices:
        return ChannelChoices(self._engine)
