"""Names that parents use for a need: adding one to a group's need, the list of all, and taking one back."""

from collections.abc import Mapping

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.in_vain.views import group_here, label_of
from console.names import language_name, language_names
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.visitor import page_language, signed_in, subject
from knowledge import LANGUAGES, clean, written_language
from knowledge.errors import NameTakenError
from knowledge.naming import name_fault
from knowledge.store import LearntName

naming = Blueprint("naming", __name__, url_prefix="/in-vain")
_LONGEST_READ = 200


@naming.get("/<int:vain_id>/name")
@needs("offering.publish")
def begin(vain_id: int) -> Response:  # noqa: ARG001  # the guard has read it
    """Show the form, with the word that most families use."""
    group = group_here()
    words = list(group.frequent_words().values()) if group.shows_words else []
    language = written_language(next(iter(group.languages)))
    return _page({"name": words[0] if words else "", "language": language, "code": group.need or ""}, {})


@naming.post("/<int:vain_id>/name")
@needs("offering.publish")
def add(vain_id: int) -> ResponseReturnValue:
    """Learn a name, which the search then understands at once."""
    fields = {name: request.form.get(name, "") for name in ("name", "language", "code")}
    name = clean(fields["name"][:_LONGEST_READ])
    faults = _faults(name, fields)
    group = group_here()
    if not faults:
        try:
            parts().knowledge.learnt_names.add(
                name, language=fields["language"], code=fields["code"], alliance=group.alliance, by=signed_in().email
            )
        except NameTakenError:
            faults = {"name": "fault_name_taken"}
    if faults:
        return _page(fields, faults)
    return redirect(url_for("console.in_vain.again", vain_id=vain_id, said="name_learnt"))


@naming.get("/names")
@needs("question.read")
def listing() -> Response:
    """Show all names that were learnt: they count for every alliance."""
    knowledge = parts().knowledge
    return rendered(
        "in_vain_names.html", names=knowledge.learnt_names.all(), may_see=signed_in().may_see, language_name=language_name,
        label=lambda code: knowledge.taxonomy.label(code, page_language()),
    )  # fmt: skip


@naming.post("/names/<int:name_id>/revoke")
@needs("offering.publish")
def revoke(name_id: int) -> ResponseReturnValue:
    """Take a name back."""
    assert subject(LearntName).id == name_id
    parts().knowledge.learnt_names.revoke(name_id, by=signed_in().email)
    return redirect(url_for("console.naming.listing", said="name_revoked"))


def _faults(name: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return field -> the key of what is wrong with it."""
    knowledge, language, code = parts().knowledge, fields["language"], fields["code"]
    faults = {}
    if language not in LANGUAGES:
        faults["language"] = "fault_name_language"
    if code not in knowledge.taxonomy.concepts:
        faults["code"] = "fault_name_code"
    if not faults:
        home = knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
        fault = name_fault(
            name, code, language=language, taxonomy=knowledge.taxonomy, reader=knowledge.reader,
            today=knowledge.settings.current_date(), home=home,
        )  # fmt: skip
        faults = {"name": f"fault_name_{fault}"} if fault else {}
    return faults


def _page(fields: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    group, taxonomy = group_here(), parts().knowledge.taxonomy
    codes = [(code, taxonomy.label(code, page_language())) for code in taxonomy.concepts]
    return rendered(
        "in_vain_name.html", status=422 if faults else 200, group=group, heading=label_of(group), fields=fields, faults=faults,
        codes=sorted(codes, key=lambda one: one[1].casefold()), languages_of_name=list(language_names().items()),
    )  # fmt: skip
