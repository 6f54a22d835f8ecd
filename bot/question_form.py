"""What a message means while a parent leaves a question: the answer to what was just asked, or one of the few ways out.

Pure functions without Rasa, as in `bot.decisions`. The open step is the slot that the form asks for: consent, question or contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.decisions import SEARCHING
from knowledge.text import words

FORM = "leave_question_form"
CONSENT, QUESTION, CONTACT = "consent", "question", "contact"

_CANCEL_WORDS = Path(__file__).with_name("cancel_words.yml")
_SURE = 0.5
# A longer message is a parent's question, even if it sounds like something else: "Ist auf Türkisch auch jemand zu erreichen?"
_WORDS_OF_A_COMMAND = 4
_DIGITS_OF_A_NUMBER = 6
# Consent must be plain: "yes, but who reads it?" is none.
_WORDS_OF_A_YES = 4
_WAYS_OUT = {"deny", "start_over", "change_language", "simple_language", "delete_conversation"}
_PEOPLE = {"talk_to_person", "find_alliance"}
# Before anything was asked, a parent may still turn to something else.
_AT_CONSENT = {*_WAYS_OUT, *_PEOPLE, *SEARCHING, "affirm", "leave_question", "more_results"}


def intent_amid_question(step: str, decided: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return the intent of a text at a step of the form, as `{"name", "confidence"}`.

    Args:
        decided: What the intent would be outside the form (`bot.decisions.decide`).
    """
    name, confidence = str(decided.get("name")), float(decided.get("confidence") or 0.0)
    length = len(text.split())
    if cancels(text):
        return {"name": "deny", "confidence": 1.0}
    if not any(letter.isalnum() for letter in text):
        return {"name": "nlu_fallback", "confidence": 1.0}
    if step == CONSENT:
        plain = name in _AT_CONSENT and confidence >= _SURE and (name != "affirm" or length <= _WORDS_OF_A_YES)
        return {"name": name if plain else "nlu_fallback", "confidence": confidence}
    if step == CONTACT and _looks_like_contact(text):
        return {"name": "leave_question", "confidence": 1.0}
    meant = {*_WAYS_OUT, "affirm"} if step == QUESTION else {*_WAYS_OUT, *_PEOPLE}
    if name in meant and confidence >= _SURE and length <= _WORDS_OF_A_COMMAND:
        return {"name": name, "confidence": confidence}
    return {"name": "leave_question", "confidence": 1.0}


def answer_amid_question(step: str, intent: str, text: Optional[str]) -> dict[str, Any]:
    """Return the entity that a message, or a button (text None), gives to the open step; none where it answers nothing.

    A yes consents, or takes the last request as the question (`True`); the action puts in its words.
    """
    if intent == "affirm" and step in {CONSENT, QUESTION}:
        return {step: True}
    if intent == "leave_question" and text is not None and step != CONSENT:
        return {step: text}
    return {}


def cancels(text: str) -> bool:
    """Return whether a message says nothing but "stop" or "cancel", in any of the ten languages."""
    return " ".join(words(text)) in _cancel_words()


def _looks_like_contact(text: str) -> bool:
    return "@" in text or sum(letter.isdigit() for letter in text) >= _DIGITS_OF_A_NUMBER


@lru_cache(maxsize=1)
def _cancel_words() -> frozenset[str]:
    content = yaml.safe_load(_CANCEL_WORDS.read_text(encoding="utf-8"))
    return frozenset(" ".join(words(str(phrase))) for phrases in content.values() for phrase in phrases)
