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
    from knowledge.store import Question as Question
    from knowledge.store import Role as Role
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

_MODULE_OF = {
    "Knowledge": "assembly", "open_knowledge": "assembly", "KnowledgeError": "errors", "Settings": "settings",
    "read_settings": "settings", "Conversation": "store", "Question": "store",
    "Account": "store", "Edition": "store", "Role": "store", "LANGUAGES": "values", "RIGHT_TO_LEFT": "values",
    "SIMPLE_GERMAN": "values", "Alliance": "values", "Answer": "values", "Match": "values", "Offering": "values",
    "Place": "values", "Query": "values", "Understanding": "values", "PlaceReading": "values", "SettingError": "errors",
    "UnknownRecordError": "errors", "ChannelMessage": "store", "ChannelUpdate": "store",
    "FEEDBACK_REASONS": "store", "FeedbackCount": "store",
    "UNRELATED": "taxonomy", "broader": "taxonomy", "card": "cards", "categories_of": "needs", "clean": "text",
    "open_now": "opening_hours", "written_language": "values",
}  # fmt: skip

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605  # the names above, one list


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'knowledge' has no attribute {name!r}")
    return getattr(import_module(f"knowledge.{_MODULE_OF[name]}"), name)
