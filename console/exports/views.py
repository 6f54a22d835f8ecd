"""Taking offerings away: what parents see, as a table for spreadsheet programs or as JSON Lines; and an empty table."""

from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from flask import Blueprint, Response, abort, request

from console.downloads import CSV, JSON_LINES, XLSX, attached
from console.exports.template import write_template
from console.names import category_labels, own_alliances
from console.offerings.listing import Wish, listed
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.visitor import page_language, signed_in
from knowledge import Offering
from knowledge.exporting import Selection, write_csv, write_json_lines, write_xlsx

exports = Blueprint("exports", __name__, url_prefix="/exports")
Write = Callable[[Sequence[Offering], BinaryIO], None]


@exports.get("/")
@needs("offering.read")
def choose() -> Response:
    """Show what can be taken away."""
    return rendered("exports.html", alliances=own_alliances())


@exports.get("/offerings")
@needs("offering.read")
def offerings() -> Response:
    """Return the offerings that fit a search of the list, as parents see them: without drafts, withdrawn ones and their words."""
    args = request.args
    kind = args.get("format", "xlsx")
    if kind not in _FORMATS:
        abort(404)
    write, mimetype = _FORMATS[kind]
    knowledge = parts().knowledge
    found = listed(knowledge.editions.all(signed_in().tenants), Wish.of(args), today=knowledge.settings.current_date())
    public = [one.public for one in found if one.public]
    return attached(lambda out: write(public, out), f"angebote.{kind}", mimetype)


@exports.get("/template.xlsx")
@needs("offering.read")
def template() -> Response:
    """Return an empty table with headings and what belongs under them."""
    labels = [label for _, label in category_labels()]
    return attached(lambda out: write_template(page_language(), labels, out), "vorlage.xlsx", XLSX)


def _json_lines(found: Sequence[Offering], out: BinaryIO) -> None:
    write_json_lines(Selection(alliances=(), offerings=tuple(found), guides=()), out)


_FORMATS: Mapping[str, tuple[Write, str]] = {
    "xlsx": (write_xlsx, XLSX),
    "csv": (write_csv, CSV),
    "jsonl": (_json_lines, JSON_LINES),
}
