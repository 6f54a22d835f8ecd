"""Looking after freshness in the console: what is still true, a day of one's own, notes that are dealt with."""

from datetime import date, timedelta

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.offerings.views import offering_page
from console.parts import parts
from console.policy import needs
from console.visitor import signed_in, subject, version_read
from knowledge import Edition
from knowledge.errors import EditedMeanwhileError
from knowledge.importing.cells import day
from knowledge.importing.rows import CellError
from knowledge.store import Note

freshness = Blueprint("freshness", __name__, url_prefix="/offerings")
_FARTHEST = timedelta(days=5 * 366)


@freshness.post("/<offering_id>/still-true")
@needs("offering.publish")
def confirm(offering_id: str) -> ResponseReturnValue:
    """Note that what is published was found still right today, and go back to what is to be done."""
    knowledge = parts().knowledge
    today = knowledge.settings.current_date()
    try:
        knowledge.reviews.confirm(offering_id, on=today, editor=signed_in().email, read_version=version_read())
    except EditedMeanwhileError:
        abort(409)
    parts().reindex()
    page = request.form.get("page", 1, type=int)
    return redirect(url_for("console.welcome.start", page=page if page > 1 else None, said="still_true"))


@freshness.post("/<offering_id>/review-date")
@needs("offering.publish")
def set_review_date(offering_id: str) -> ResponseReturnValue:
    """Set the day on which this offering should be looked at; an empty one gives it back to the rules."""
    knowledge = parts().knowledge
    if knowledge.reviews.one(offering_id) is None:
        abort(409)
    text, today = request.form.get("review_on", "").strip(), knowledge.settings.current_date()
    if not text:
        knowledge.reviews.set_own(offering_id, None)
        return _to(offering_id, "review_date_gone")
    try:
        chosen = date.fromisoformat(day(text))
    except CellError:
        return offering_page(subject(Edition), status=422, review_on=text, review_fault="fault_date")
    if not today < chosen <= today + _FARTHEST:
        return offering_page(subject(Edition), status=422, review_on=text, review_fault="fault_review_date")
    knowledge.reviews.set_own(offering_id, chosen)
    return _to(offering_id, "review_date")


@freshness.post("/notes/<int:note_id>/done")
@needs("offering.draft")
def tick_note(note_id: int) -> ResponseReturnValue:
    """Tick a note off."""
    parts().knowledge.notes.tick(note_id)
    return _to(subject(Note).offering, "note_done")


def _to(offering_id: str, said: str) -> ResponseReturnValue:
    return redirect(url_for("console.offerings.show", offering_id=offering_id, said=said))
