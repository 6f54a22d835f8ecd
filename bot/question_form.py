"""What a message means while a parent leaves a question: the answer to what was just asked, or one of the few ways out.

Pure functions without Rasa, as in `bot.decisions`. The open step is the slot that the form asks for: consent, question or contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.decisions import SEARCHING, Understood
from knowledge.text import words

FORM = "leave_question_form"
CONSENT, QUESTION, CONTACT = "consent", "question", "contact"

_PLAIN_ANSWERS = Path(__file__).with_name("plain_answers.yml")
_LONGEST_PHRASE = 5
_SURE = 0.5
# A longer message is a parent's question, even if it sounds like something else: "Ist auf Türkisch auch jemand zu erreichen?"
_WORDS_OF_A_COMMAND = 4
_DIGITS_OF_A_NUMBER = 6
_WAYS_OUT = {"deny", "start_over", "change_language", "simple_language", "delete_conversation"}
_PEOPLE = {"talk_to_person", "find_alliance"}
# Before anything was told, a parent may still turn to something else.
_AT_CONSENT = {*_WAYS_OUT, *_PEOPLE, *SEARCHING, "leave_question", "more_results"}
_ASKED_AGAIN = {"nlu_fallback", "give_place", "affirm", "leave_question"}


def intent_amid_question(step: str, decided: Mapping[str, Any], text: str, understood: Understood) -> dict[str, Any]:
    """Return the intent of a text at a step of the form, as `{"name", "confidence"}`.

    Args:
        decided: What the intent would be outside the form (`bot.decisions.decide`).
        understood: What the gateway hands over: a need told plainly is a search, and "gerne" is not the town of Herne.
    """
    name, confidence = str(decided.get("name")), float(decided.get("confidence") or 0.0)
    plain = plain_answer(text)
    if plain == "deny" or (plain == "affirm" and step != CONTACT):
        return {"name": plain, "confidence": 1.0}
    if not any(letter.isalnum() for letter in text):
        return {"name": "nlu_fallback", "confidence": 1.0}
    if step == CONSENT:
        told = understood.place_is_plain if name == "give_place" else confidence >= _SURE
        meant = name in _AT_CONSENT and (told or (name == "find_services" and understood.need is not None))
        return {"name": name if meant else "nlu_fallback", "confidence": confidence}
    if step == CONTACT and _looks_like_contact(text):
        return {"name": "leave_question", "confidence": 1.0}
    commands = _WAYS_OUT if step == QUESTION else _WAYS_OUT | _PEOPLE
    if name in commands and confidence >= _SURE and len(text.split()) <= _WORDS_OF_A_COMMAND:
        return {"name": name, "confidence": confidence}
    return {"name": "leave_question", "confidence": 1.0}


def answer_amid_question(step: str, intent: str, text: Optional[str]) -> dict[str, Any]:
    """Return the entity that a message, or a button (text None), gives to the open step; none where it leaves the form.

    True is a yes: it consents, or takes the last request as the question. False answers nothing, so that the form asks again.
    """
    if intent == "affirm" and step in {CONSENT, QUESTION}:
        return {step: True}
    if intent == "leave_question" and step != CONSENT:
        return {step: text} if text is not None else {}
    return {step: False} if intent in _ASKED_AGAIN else {}


def plain_answer(text: str) -> Optional[str]:
    """Return `affirm` or `deny` for a message that says nothing else, in any of the ten languages; None for all others."""
    spoken, said = words(text), set()
    while spoken:
        length = next((n for n in range(_LONGEST_PHRASE, 0, -1) if tuple(spoken[:n]) in _phrases()), None)
        if length is None:
            return None
        said.add(_phrases()[tuple(spoken[:length])])
        spoken = spoken[length:]
    meant = said - {"polite"}
    return meant.pop() if len(meant) == 1 else None


def _looks_like_contact(text: str) -> bool:
    return "@" in text or sum(letter.isdigit() for letter in text) >= _DIGITS_OF_A_NUMBER


@lru_cache(maxsize=1)
def _phrases() -> Mapping[tuple[str, ...], str]:
    content = yaml.safe_load(_PLAIN_ANSWERS.read_text(encoding="utf-8"))
    return {
        tuple(words(str(phrase))): kind
        for kind, languages in content.items()
        for phrases in languages.values()
        for phrase in phrases
    }
