"""Saved questions: the overview, those of one offering with suggestions, changing one, and files to take away."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.bench import form
from console.bench.asking import Row, asked_of_offering, suggested
from console.bench.files import write_table
from console.bench.suggesting import WAYS, suggestions
from console.downloads import CSV, JSON_LINES, attached
from console.names import language_names, own_alliances
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.visitor import page_language, signed_in, subject
from knowledge import LANGUAGES, Edition, SavedQuestion
from knowledge.bench import is_current, judged_lines, refresh
from knowledge.errors import IndexMissingError, TooManyQuestionsError, UnknownRecordError
from knowledge.store import ASKED_FOR
from knowledge.store.saved_questions import MOST_OF_AN_OFFERING

bench = Blueprint("bench", __name__)
_STATES = ("failed", "passed", "resting", "new")
# A page may take so long to be up to date; what is left is asked by the next one, or by the round at night.
_WHEN_SHOWN_S, _WHEN_ASKED_S = 1.0, 10.0


@bench.get("/bench/")
@needs("offering.read")
def listing() -> Response:
    """Show the saved questions of one's own alliances that fit the filter, each as it goes at the present index."""
    left = _refreshed(at_most_s=_WHEN_SHOWN_S)
    everything = _own()
    counts = {state: sum(one.last.state == state for one in everything) for state in _STATES}
    return rendered(
        "bench.html", questions=_wanted(everything), counts=counts, left=left, chosen=request.args, states=_STATES,
        titles=_titles(), alliances=own_alliances(), language_names=language_names(),
        languages_used=[code for code in LANGUAGES if any(one.asked.language == code for one in everything)],
    )  # fmt: skip


@bench.post("/bench/run")
@needs("offering.draft")
def run() -> ResponseReturnValue:
    """Ask all questions of one's own alliances again."""
    left = _refreshed(at_most_s=_WHEN_ASKED_S, afresh=True)
    said = "questions_no_index" if left is None else "questions_asked_partly" if left else "questions_asked"
    return redirect(url_for("console.bench.listing", said=said))


@bench.get("/bench/questions.csv")
@needs("offering.read")
def spreadsheet() -> Response:
    """Return the overview for a spreadsheet program."""
    titles = _titles()
    wanted, language = _wanted(_own()), page_language()
    return attached(
        lambda out: write_table(wanted, lambda id_: titles.get(id_, id_), language, out), "testfragen.csv", CSV
    )


@bench.get("/bench/questions.jsonl")
@needs("offering.read")
def judged() -> Response:
    """Return the questions as `lotse evaluate` reads them."""
    lines = judged_lines(_wanted(_own())).encode()
    return attached(lambda out: out.write(lines), "testfragen.jsonl", JSON_LINES)


@bench.get("/offerings/<offering_id>/questions")
@needs("offering.read")
def of_offering(offering_id: str) -> Response:  # noqa: ARG001  # the guard has read it
    """Show with which questions an offering should be found, how each goes now, and suggestions."""
    return _of_offering()


@bench.post("/offerings/<offering_id>/questions")
@needs("offering.draft")
def add(offering_id: str) -> ResponseReturnValue:
    """Save a question that was written, or those that were picked among the suggestions."""
    knowledge, edition = parts().knowledge, subject(Edition)
    if request.form.get("do") == "pick":
        offered = {one.language: one for one in suggestions(knowledge, edition.offering, _way())}
        wanted = [offered[code] for code in request.form.getlist("pick") if code in offered]
        fields: Mapping[str, str] = {}
    else:
        fields = {name: request.form.get(name, "") for name in form.FIELDS}
        read = form.read(fields, knowledge)
        if read.asked is None:
            return _of_offering(fields=fields, faults=read.faults)
        wanted = [read.asked]
    try:
        for asked in wanted:
            knowledge.saved_questions.add(asked, offering=offering_id, alliance=edition.offering.alliance)
    except TooManyQuestionsError:
        return _of_offering(fields=fields, faults={"text": "fault_question_many"})
    said = "questions_saved" if wanted else "questions_none_picked"
    return redirect(url_for("console.bench.of_offering", offering_id=offering_id, said=said))


@bench.get("/bench/<int:saved_id>")
@needs("offering.draft")
def edit(saved_id: int) -> Response:  # noqa: ARG001
    """Show the form of a saved question."""
    return _form(form.fields_of(subject(SavedQuestion).asked))


@bench.post("/bench/<int:saved_id>")
@needs("offering.draft")
def change(saved_id: int) -> ResponseReturnValue:
    """Take the form of a saved question, or delete the question."""
    knowledge, question = parts().knowledge, subject(SavedQuestion)
    if request.form.get("do") == "delete":
        knowledge.saved_questions.delete(saved_id)
        return _back(question, "question_deleted")
    fields = {name: request.form.get(name, "") for name in form.FIELDS}
    read = form.read(fields, knowledge)
    if read.asked is None:
        return _form(fields, read.faults)
    try:
        if not knowledge.saved_questions.change(saved_id, read.asked):
            return _form(fields, {"text": "fault_question_twice"})
    except UnknownRecordError:  # deleted this moment by somebody else: what was written is saved as new
        knowledge.saved_questions.add(read.asked, offering=question.offering, alliance=question.alliance)
    return _back(question, "questions_saved")


def _back(question: SavedQuestion, said: str) -> ResponseReturnValue:
    """Go back to the questions of the offering, or to the overview where the offering is gone."""
    if parts().knowledge.editions.one(question.offering) is None:
        return redirect(url_for("console.bench.listing", said=said))
    return redirect(url_for("console.bench.of_offering", offering_id=question.offering, said=said))


def _own() -> list[SavedQuestion]:
    return parts().knowledge.saved_questions.all(signed_in().tenants)


def _titles() -> dict[str, str]:
    return {one.offering.id: one.offering.title for one in parts().knowledge.editions.all(signed_in().tenants)}


def _wanted(questions: Sequence[SavedQuestion]) -> list[SavedQuestion]:
    """Return the questions that fit the filter in the address; those that failed come first."""
    state, alliance, language = (request.args.get(name, "") for name in ("state", "alliance", "language"))
    found = [
        one
        for one in questions
        if state in {"", one.last.state} and alliance in {"", one.alliance} and language in {"", one.asked.language}
    ]
    return sorted(found, key=lambda one: one.last.state != "failed")


def _refreshed(*, at_most_s: float, afresh: bool = False) -> int | None:
    """Ask one's own questions again, all or those that are out of date; return how many are left, None without an index."""
    knowledge = parts().knowledge
    try:
        snapshot, today = knowledge.search.library.snapshot(), knowledge.settings.current_date()
        due = [one for one in _own() if afresh or not is_current(one, snapshot, today)]
        # What was asked longest ago comes first, so that asking once more goes on where it stopped.
        due.sort(key=lambda one: (is_current(one, snapshot, today), one.index_of or 0))
        return refresh(knowledge.search, knowledge.saved_questions, due, at_most_s=at_most_s)
    except IndexMissingError:
        return None


def _way() -> str:
    way = request.values.get("way", "")
    return way if way in WAYS else WAYS[0]


def _of_offering(*, fields: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None) -> Response:
    knowledge, edition = parts().knowledge, subject(Edition)
    place = edition.offering.postal_code or edition.offering.city or ""
    given = fields or {"text": "", "language": "", "near": place, "within": str(ASKED_FOR[0])}
    saved: list[Row] = asked_of_offering(knowledge, edition)
    there = {one.question.asked.text for one in saved if one.question}
    more = [one for one in suggested(knowledge, edition, _way()) if one.asked.text not in there]
    return rendered(
        "bench_offering.html", status=422 if faults else 200, edition=edition, saved=saved, more=more, way=_way(), ways=WAYS,
        fields=given, faults=faults or {}, most=MOST_OF_AN_OFFERING, as_draft=edition.state in {"draft", "review"},
        no_index=any(one.outcome is None for one in (*saved, *more)), **_choices(),
    )  # fmt: skip


def _form(fields: Mapping[str, str], faults: Mapping[str, str] | None = None) -> Response:
    question = subject(SavedQuestion)
    edition = parts().knowledge.editions.one(question.offering)
    return rendered(
        "bench_question.html", status=422 if faults else 200, question=question, edition=edition, fields=fields,
        faults=faults or {}, **_choices(),
    )  # fmt: skip


def _choices() -> dict[str, Any]:
    return {"language_names": language_names(), "asked_for": ASKED_FOR}
