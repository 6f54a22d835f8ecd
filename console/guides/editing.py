"""Writing a guide: from a file, or pasted; what a file holds is shown before it is saved."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from console.guides.apart import guide_apart
from console.guides.form import FIELDS, fields_of, read, sent_fields
from console.guides.views import owners, save
from console.names import alliance_names, language_names, name_of
from console.pages import rendered
from console.parts import parts
from console.policy import needs, takes_files
from console.visitor import page_language, subject, version_read
from knowledge import GuideEdition
from knowledge.errors import EditedMeanwhileError
from knowledge.guides import cut
from knowledge.importing.guide_files import GuideFileError, GuideText
from knowledge.importing.slugs import slug
from knowledge.values import Guide

guide_editing = Blueprint("guide_editing", __name__, url_prefix="/guides")
_MOST_BYTES = 20 * 1024 * 1024
# The text of a large guide, each letter written in several bytes, beside the file.
_LARGEST_FORM_BYTES = _MOST_BYTES + 12 * 1024 * 1024
# So many letters of a guide tell its language.
_TELLING = 2000


@guide_editing.get("/new")
@needs("guide.write")
def begin() -> Response:
    """Show an empty form."""
    mine = owners()
    return _page({**dict.fromkeys(FIELDS, ""), "alliance": mine[0] if len(mine) == 1 else ""})


@guide_editing.post("/new")
@needs("guide.write")
@takes_files(_LARGEST_FORM_BYTES, in_fields=True)
def create() -> ResponseReturnValue:
    """Take a new guide, or read the file that it is to be made of."""
    fields = sent_fields(request.form)
    return _taken(fields, id_=_new_id(fields))


@guide_editing.get("/<guide_id>/edit")
@needs("guide.write")
def edit(guide_id: str) -> Response:  # noqa: ARG001  # the guard has read it
    """Show the form of a guide."""
    edition = subject(GuideEdition)
    return _page(fields_of(edition.guide), edition=edition, version=edition.version)


@guide_editing.post("/<guide_id>/edit")
@needs("guide.write")
@takes_files(_LARGEST_FORM_BYTES, in_fields=True)
def change(guide_id: str) -> ResponseReturnValue:
    """Take a guide's form, or read the file of its new edition."""
    edition = subject(GuideEdition)
    return _taken(sent_fields(request.form), id_=guide_id, edition=edition)


def _taken(fields: dict[str, str], *, id_: str, edition: GuideEdition | None = None) -> ResponseReturnValue:
    version = version_read()
    file = request.files.get("file")
    if file and file.filename:
        content = file.stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            return _page(fields, edition=edition, version=version, faults={"file": "fault_guide_large"})
        try:
            found = guide_apart(file.filename, content)
        except GuideFileError as error:
            return _page(fields, edition=edition, version=version, faults={"file": f"fault_guide_{error.fault}"})
        return _page(_filled(fields, found), edition=edition, version=version, is_read=True)
    read_ = read(fields, id_=id_, owners=owners())
    if read_.guide is None:
        return _page(fields, edition=edition, version=version, faults=read_.faults)
    if request.form.get("do") == "look":
        return _page(fields, edition=edition, version=version)
    try:
        return save(read_.guide)
    except EditedMeanwhileError:
        return _conflict(fields, id_)


def _filled(fields: Mapping[str, str], found: GuideText) -> dict[str, str]:
    """Return the fields with what a file holds; what somebody wrote of title and address stays."""
    language = parts().knowledge.identifier.identify(found.text[:_TELLING], default="de")
    title = " ".join((found.title or "").split())
    return {
        **fields, "text": found.text.strip(), "title": fields["title"] or title, "url": fields["url"] or found.url or "",
        "language": fields["language"] or language,
    }  # fmt: skip


def _conflict(fields: Mapping[str, str], guide_id: str) -> Response:
    """Show that somebody else has written meanwhile; saving again then puts one's own in its place, knowingly."""
    editions = parts().knowledge.guide_editions
    edition, latest = editions.one(guide_id), editions.history(guide_id)[-1]
    if edition is None:
        abort(404)
    return _page(
        fields, edition=edition, version=edition.version, status=409, latest=latest, editor=name_of(latest.editor)
    )


def _new_id(fields: Mapping[str, str]) -> str:
    """Return an id that no guide has or had, made from whose it is and its title."""
    knowledge, number = parts().knowledge, 1
    id_ = first = slug(f"{fields['alliance']} {fields['title']} {fields['language']}", longest=70) or "guide"
    while knowledge.guide_editions.history(id_):
        number += 1
        id_ = f"{first}-{number}"
    return id_


def _page(
    fields: Mapping[str, str],
    *,
    edition: GuideEdition | None = None,
    version: int = 0,
    faults: Mapping[str, str] | None = None,
    status: int | None = None,
    **values: Any,
) -> Response:
    faults = faults or {}
    sections = _sections(fields["text"])
    names = alliance_names()
    return rendered(
        "guide_form.html", status=status or (422 if faults else 200), fields=fields, faults=faults, edition=edition,
        version=version, owners=[(code, names.get(code)) for code in owners()], names=language_names(),
        page_language=page_language(), sections=sections, **values,
    )  # fmt: skip


def _sections(text: str) -> list[Any]:
    """Return how the search would cut a text."""
    return (
        cut(Guide.model_construct(id="g", alliance=None, language="de", title="", url=None, text=text)) if text else []
    )
