"""The form of a saved question: what was sent, and the question made of it, or what is wrong with each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge import LANGUAGES, Knowledge, clean
from knowledge.store import ASKED_FOR, Asked
from knowledge.store.saved_questions import LONGEST_PLACE, LONGEST_QUESTION

FIELDS = ("text", "language", "near", "within")


@dataclass(frozen=True, kw_only=True)
class Read:
    """A question, or the key of a sentence for each faulty field."""

    asked: Asked | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def fields_of(asked: Asked) -> dict[str, str]:
    """Return what stands in the form's fields for a question."""
    return {"text": asked.text, "language": asked.language, "near": asked.near, "within": str(asked.within)}


def read(fields: Mapping[str, str], knowledge: Knowledge) -> Read:
    """Return the question that the fields make; a language that is not chosen is guessed from the words."""
    text, near = (" ".join(clean(fields.get(name, "")).split()) for name in ("text", "near"))
    language = fields.get("language", "")
    faults = {}
    if not text:
        faults["text"] = "fault_question_text"
    elif len(text) > LONGEST_QUESTION:
        faults["text"] = "fault_question_long"
    if language not in LANGUAGES:
        language = knowledge.identifier.identify(text[:LONGEST_QUESTION], default="de")
    if len(near) > LONGEST_PLACE:
        faults["near"] = "fault_question_near"
    elif near:
        home = knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
        where = knowledge.places.resolve(near, language=language, home=home)
        if where.place is None:
            faults["near"] = "fault_question_near_which" if where.options else "fault_question_near"
    if faults:
        return Read(faults=faults)
    within = next((n for n in ASKED_FOR if str(n) == fields.get("within")), ASKED_FOR[0])
    return Read(asked=Asked(text=text, language=language, near=near, within=within))
