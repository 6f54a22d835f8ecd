"""Which saved questions would lose their answer by an edit, told before it is saved."""

from collections.abc import Mapping, Sequence

from console.offerings.place_check import Doubt
from console.parts import parts
from console.texts import say
from console.visitor import page_language
from knowledge import Offering
from knowledge.bench import Loss, lost
from knowledge.errors import IndexMissingError

_MOST = 8
# Cause -> the field of the offering's form where it can be mended.
_AT: Mapping[str, str] = {
    "too_far": "postal_code",
    "no_position": "postal_code",
    "ended": "valid_to",
    "declined": "categories",
}


def at_stake(offering: Offering, *, stays: bool = True) -> Sequence[Doubt]:
    """Return the questions of the offering's alliance that pass now and would not once it is published so.

    Args:
        stays: False where the offering is withdrawn.
    """
    knowledge = parts().knowledge
    questions = knowledge.saved_questions.all([offering.alliance])
    if not questions:
        return []
    try:
        losses = lost(knowledge.search, questions, knowledge.index_with(offering.id, offering if stays else None))
    except IndexMissingError:
        return []  # nothing is found now, so that nothing can be lost
    # The offering's own first.
    losses.sort(key=lambda loss: (loss.question.offering != offering.id, loss.question.offering, loss.question.id))
    doubts = [_doubt(loss, offering) for loss in losses[:_MOST]]
    if len(losses) > _MOST:
        doubts.append(Doubt(key="warning_questions_more", at="title", values={"count": str(len(losses) - _MOST)}))
    return doubts


def _doubt(loss: Loss, edited: Offering) -> Doubt:
    question, why = loss.question, loss.outcome.why or "behind"
    own = question.offering == edited.id
    # Isolated (UAX 9), so that an Arabic question does not turn the sentence around it.
    words = f"\u2068{question.asked.text}\u2069" + (f" ({question.asked.near})" if question.asked.near else "")
    values = {"question": words, "why": say(page_language(), f"why_{why}")}
    if own and why == "not_there":
        key = "warning_question_withdrawn" if loss.instead else "warning_question_withdrawn_nothing"
        return Doubt(key=key, at="title", values={**values, "instead": _title(loss.instead, edited)})
    if own:
        return Doubt(key="warning_question_own", at=_AT.get(why, "title"), values=values)
    return Doubt(
        key="warning_question_other", at="title", values={**values, "offering": _title(question.offering, edited)}
    )


def _title(offering_id: str | None, edited: Offering) -> str:
    if offering_id == edited.id:
        return edited.title
    found = parts().knowledge.store.offering(offering_id) if offering_id else None
    return found.title if found else ""
