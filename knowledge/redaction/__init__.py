"""Takes out of parents' words what could tell who wrote them, by fixed rules, in all ten languages."""

from knowledge.redaction.redacting import MASK, masked, redacted
from knowledge.redaction.vocabulary import unknown_words

__all__ = ["MASK", "masked", "redacted", "unknown_words"]
