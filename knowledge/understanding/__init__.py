"""What a message says, before any search: needs, place, ages, wishes. Rules and lexicons; nothing here can be down."""

from knowledge.understanding.ages import read_ages
from knowledge.understanding.lexicon import Lexicon, lexicon_of
from knowledge.understanding.reading import Reader
from knowledge.understanding.wishes import Wishes, read_wishes

__all__ = ["Lexicon", "Reader", "Wishes", "lexicon_of", "read_ages", "read_wishes"]
