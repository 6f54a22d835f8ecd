"""The knowledge base of family services: what bot, actions, widget and the command line may use of it.

Names are imported when first used (PEP 562): Rasa's environment imports only the light modules.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.assembly import Knowledge as Knowledge
    from knowledge.assembly import open_knowledge as open_knowledge
    from knowledge.cards import card as card
    from knowledge.errors import KnowledgeError as KnowledgeError
    from knowledge.errors import SettingError as SettingError
    from knowledge.errors import UnknownRecordError as UnknownRecordError
    from knowledge.needs import categories_of as categories_of
    from knowledge.opening_hours import open_now as open_now
    from knowledge.settings import Settings as Settings
    from knowledge.settings import read_settings as read_settings
    from knowledge.store import FEEDBACK_REASONS as FEEDBACK_REASONS
    from knowledge.store import Account as Account
    from knowledge.store import ChannelMessage as ChannelMessage
    from knowledge.store import ChannelUpdate as ChannelUpdate
    from knowledge.store import Conversation as Conversation
    from knowledge.store import Edition as Edition
    from knowledge.store import FeedbackCount as FeedbackCount
    from knowledge.store import Figure as Figure
    from knowledge.store import FigureKind as FigureKind
    from knowledge.store import GuideEdition as GuideEdition
    from knowledge.store import Question as Question
    from knowledge.store import Role as Role
    from knowledge.store import SavedQuestion as SavedQuestion
    from knowledge.taxonomy import UNRELATED as UNRELATED
    from knowledge.taxonomy import broader as broader
    from knowledge.text import clean as clean
    from knowledge.values import LANGUAGES as LANGUAGES
    from knowledge.values import RIGHT_TO_LEFT as RIGHT_TO_LEFT
    from knowledge.values import SIMPLE_GERMAN as SIMPLE_GERMAN
    from knowledge.values import Alliance as Alliance
    from knowledge.values import Answer as Answer
    from knowledge.values import Match as Match
    from knowledge.values import Offering as Offering
    from knowledge.values import Place as Place
    from knowledge.values import PlaceReading as PlaceReading
    from knowledge.values import Query as Query
    from knowledge.values import Understanding as Understanding
    from knowledge.values import written_language as written_language

_NAMES = {
    "assembly": (
        "Knowledge",
        "open_knowledge",
    ),
    "cards": ("card",),
    "errors": (
        "KnowledgeError",
        "SettingError",
        "UnknownRecordError",
    ),
    "needs": ("categories_of",),
    "opening_hours": ("open_now",),
    "settings": (
        "Settings",
        "read_settings",
    ),
    "store": (
        "FEEDBACK_REASONS",
        "Account",
        "ChannelMessage",
        "ChannelUpdate",
        "Conversation",
        "Edition",
        "FeedbackCount",
        "Figure",
        "FigureKind",
        "GuideEdition",
        "Question",
        "Role",
        "SavedQuestion",
    ),
    "taxonomy": (
        "UNRELATED",
        "broader",
    ),
    "text": ("clean",),
    "values": (
        "LANGUAGES",
        "RIGHT_TO_LEFT",
        "SIMPLE_GERMAN",
        "Alliance",
        "Answer",
        "Match",
        "Offering",
        "Place",
        "PlaceReading",
        "Query",
        "Understanding",
        "written_language",
    ),
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names}
__all__ = sorted(_MODULE_OF)  # noqa: PLE0605  # the names above, one list


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'knowledge' has no attribute {name!r}")
    return getattr(import_module(f"knowledge.{_MODULE_OF[name]}"), name)
