"""Guides: the list, one with its sections as the search has them, trying questions, history, withdrawing."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from console.guides.form import EVERYWHERE
from console.names import alliance_names, language_names, name_of, own_alliances
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.visitor import page_language, signed_in, subject, version_read
from knowledge import GuideEdition
from knowledge.errors import EditedMeanwhileError, UnknownRecordError
from knowledge.guides import GuideAnswer, cut
from knowledge.values import Guide
from widget.texts import direction

guides = Blueprint("guides", __name__, url_prefix="/guides")
_LONGEST_QUESTION = 500
_SHOWN = 5


@guides.get("/")
@needs("guide.write")
def listing() -> Response:
    """Show the guides of one's own alliances; with `?q=`, what they answer to a question."""
    editions = parts().knowledge.guide_editions.all(signed_in().tenants)
    return rendered(
        "guides.html", editions=editions, owner_name=alliance_names(), names=language_names(), direction=direction,
        **_tried({one.guide.id for one in editions}),
    )  # fmt: skip


@guides.get("/<guide_id>")
@needs("guide.write")
def show(guide_id: str) -> Response:
    """Show a guide cut into sections as the search has them; with `?q=`, what it answers to a question."""
    edition = subject(GuideEdition)
    return rendered(
        "guide.html", edition=edition, sections=cut(edition.guide), names=language_names(), owner_name=alliance_names(),
        direction=direction, **_tried({guide_id} if edition.public else set()),
    )  # fmt: skip


@guides.get("/<guide_id>/history")
@needs("guide.write")
def history(guide_id: str) -> Response:
    """Show all editions with what each changed, the latest first."""
    steps: list[dict[str, Any]] = []
    before: Mapping[str, Any] = {}
    for revision in parts().knowledge.guide_editions.history(guide_id):
        after = revision.content or {}
        steps.insert(0, {"revision": revision, "is_first": not before, **_change(before, after)})
        before = after or before
    return rendered(
        "guide_history.html", edition=subject(GuideEdition), steps=steps, name_of=name_of, names=language_names(),
        owner_name=alliance_names(),
    )  # fmt: skip


@guides.post("/<guide_id>/restore")
@needs("guide.write")
def restore(guide_id: str) -> ResponseReturnValue:
    """Make an old edition the present one again, as a new revision."""
    wanted = request.form.get("revision", type=int)
    found = next((one for one in parts().knowledge.guide_editions.history(guide_id) if one.version == wanted), None)
    back = url_for("console.guides.history", guide_id=guide_id)
    if found is None or found.content is None:
        return redirect(back)
    try:
        guide = Guide.model_validate(found.content)
    except ValidationError:
        return redirect(url_for("console.guides.history", guide_id=guide_id, said="not_restored"))
    # An old edition may have belonged to somebody else.
    if not signed_in().may_see(guide.alliance):
        abort(403)
    try:
        return save(guide)
    except (EditedMeanwhileError, UnknownRecordError):
        abort(409)


@guides.post("/<guide_id>/withdraw")
@needs("guide.write")
def withdraw(guide_id: str) -> ResponseReturnValue:
    """Take a guide out of the search; its history stays."""
    try:
        parts().knowledge.guide_editions.withdraw(guide_id, editor=signed_in().email, read_version=version_read())
    except (EditedMeanwhileError, UnknownRecordError):
        abort(409)
    parts().reindex()
    return redirect(url_for("console.guides.show", guide_id=guide_id, said="guide_withdrawn"))


def save(guide: Guide) -> ResponseReturnValue:
    """Write a guide over the version that the form was made from, and let the index follow.

    Raises:
        EditedMeanwhileError: Somebody else has written another version since.
        UnknownRecordError: There is no such alliance any more.
    """
    parts().knowledge.guide_editions.save(guide, editor=signed_in().email, read_version=version_read())
    parts().reindex()
    return redirect(url_for("console.guides.show", guide_id=guide.id, said="guide_saved"))


def owners() -> list[str]:
    """Return whose guides the visitor may write: alliances, and for the service office those that hold everywhere."""
    everywhere = [EVERYWHERE] if signed_in().may_see(None) else []
    return [*everywhere, *(one.id for one in own_alliances())]


def _tried(among: set[str]) -> dict[str, Any]:
    """Return a question and what some guides answer to it, as parents get it."""
    question = request.args.get("q", "").strip()[:_LONGEST_QUESTION]
    answer: GuideAnswer | None = None
    language = ""
    if question and among:
        knowledge = parts().knowledge
        language = knowledge.identifier.identify(question, default=page_language())
        answer = knowledge.guides(question, language=language, limit=_SHOWN, among=among)
    return {"question": question, "answer": answer, "question_language": language}


def _change(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return which fields differ, and how many sections are new and gone."""
    changed = [
        (name, before.get(name), after.get(name))
        for name in ("alliance", "language", "title", "url")
        if before and after and before.get(name) != after.get(name)
    ]
    old, new = _sections(before), _sections(after)
    return {"changed": changed, "added": (new - old).total(), "removed": (old - new).total(), "count": new.total()}


def _sections(content: Mapping[str, Any]) -> Counter[str]:
    return Counter(section.whole for section in cut(Guide.model_validate(content))) if content else Counter()
