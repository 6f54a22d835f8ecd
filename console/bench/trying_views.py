"""The page to try a question: asked as parents ask, with what was understood and why the answer is what it is."""

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, request

from console.bench import form
from console.bench.trying import tried
from console.names import language_names
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.visitor import page_language, signed_in, subject
from knowledge import Edition, SavedQuestion
from knowledge.errors import IndexMissingError
from knowledge.text import fold_german

trying = Blueprint("trying", __name__, url_prefix="/try")
# A longer list is no list to choose from; such accounts come here from the offering's page.
_MOST_CHOICES = 400


@trying.get("/")
@needs("offering.read")
def show() -> Response:
    """Show the page, with an offering chosen that the address names."""
    return _page({"text": "", "near": "", "language": "", "offering": request.args.get("offering", "")})


@trying.post("/")
@needs("offering.read")
def ask() -> Response:
    """Answer a question and explain the answer. It is no part of the address: what is tried may be a parent's words."""
    fields = {name: request.form.get(name, "") for name in (*form.FIELDS, "offering")}
    return _page(fields, asks=True)


@trying.get("/saved/<int:saved_id>")
@needs("offering.read")
def show_saved(saved_id: int) -> Response:  # noqa: ARG001  # the guard has read it
    """Answer a saved question and explain the answer."""
    question = subject(SavedQuestion)
    return _page({**form.fields_of(question.asked), "offering": question.offering}, asks=True)


def _page(fields: Mapping[str, str], *, asks: bool = False) -> Response:
    knowledge = parts().knowledge
    wanted = _wanted(fields["offering"])
    read = form.read(fields, knowledge) if asks else form.Read()
    answer, crisis, no_index = None, False, False
    if read.asked is not None:
        try:
            answer = tried(knowledge, read.asked, wanted, page_language())
            crisis = current_app.extensions["gateway"].check_crisis(read.asked.text, read.asked.language) is not None
        except IndexMissingError:
            no_index = True
    return rendered(
        "try.html", status=422 if read.faults else 200, fields=fields, faults=read.faults, answer=answer, crisis=crisis,
        no_index=no_index, asked=read.asked, wanted=wanted, offerings=_offerings(wanted),
        language_names=language_names(),
    )  # fmt: skip


def _wanted(offering_id: str) -> Edition | None:
    """Return the offering that one looks for; None for what is not one's own."""
    edition = parts().knowledge.editions.one(offering_id) if offering_id else None
    return edition if edition and signed_in().may_see(edition.offering.alliance) else None


def _offerings(wanted: Edition | None) -> list[tuple[str, str]]:
    """Return id and title of the offerings to choose from."""
    own = parts().knowledge.editions.all(signed_in().tenants)
    shown = own if len(own) <= _MOST_CHOICES else [wanted] if wanted else []
    titles = [(one.offering.id, " · ".join(filter(None, (one.offering.title, one.offering.city)))) for one in shown]
    return sorted(titles, key=lambda one: fold_german(one[1]))
