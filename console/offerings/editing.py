"""Writing an offering: the form, its preview, what to look at before saving, and what somebody else wrote meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.bench.at_stake import at_stake
from console.names import category_labels, language_name, name_of, own_alliances
from console.offerings import form
from console.offerings.differences import differences, written
from console.offerings.duplicates import likely_same
from console.offerings.place_check import Doubt, place_doubts
from console.offerings.preview import cards, hours_read
from console.offerings.views import digest, save
from console.pages import rendered
from console.parts import parts
from console.policy import may, needs
from console.visitor import signed_in, subject, version_read
from knowledge import LANGUAGES, Edition, Offering
from knowledge.errors import EditedMeanwhileError
from knowledge.importing.slugs import stable_id
from knowledge.store import EditionState
from widget.texts import language_names

editing = Blueprint("editing", __name__, url_prefix="/offerings")
_STATES: Mapping[str, EditionState] = {"draft": "draft", "review": "review", "publish": "published"}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form as it is shown: whose it is, its fields, and what is said about them."""

    edition: Edition | None
    alliance: str
    fields: Mapping[str, Any]
    version: int
    faults: Mapping[str, str]


@editing.get("/new")
@needs("offering.draft")
def begin() -> Response:
    """Show an empty form."""
    alliances = own_alliances()
    empty = {**form.sent_fields(request.args), "format": "on_site", "languages": ["de"]}
    alliance = alliances[0].id if len(alliances) == 1 else ""
    return _page(Sheet(edition=None, alliance=alliance, fields=empty, version=0, faults={}))


@editing.post("/new")
@needs("offering.draft")
def create() -> ResponseReturnValue:
    """Take a new offering."""
    fields, alliance = form.sent_fields(request.form), request.form.get("alliance", "")
    if alliance not in {one.id for one in own_alliances()}:
        return _page(
            Sheet(edition=None, alliance="", fields=fields, version=0, faults={"alliance": "fault_no_alliance"})
        )
    id_ = _new_id(alliance, fields)
    read = form.read(fields, id_=id_, alliance=alliance, taxonomy=parts().knowledge.taxonomy)
    sheet = Sheet(edition=None, alliance=alliance, fields=fields, version=0, faults=read.faults)
    return _taken(sheet, read.offering)


@editing.get("/<offering_id>/edit")
@needs("offering.draft")
def edit(offering_id: str) -> Response:  # noqa: ARG001  # the guard has read it
    """Show the form of an offering."""
    edition = subject(Edition)
    fields = form.fields_of(edition.offering)
    return _page(
        Sheet(edition=edition, alliance=edition.offering.alliance, fields=fields, version=edition.version, faults={})
    )


@editing.post("/<offering_id>/edit")
@needs("offering.draft")
def change(offering_id: str) -> ResponseReturnValue:
    """Take an offering's form."""
    edition = subject(Edition)
    fields, alliance = form.sent_fields(request.form), edition.offering.alliance
    read = form.read(
        fields, id_=offering_id, alliance=alliance, taxonomy=parts().knowledge.taxonomy, before=edition.offering
    )
    sheet = Sheet(edition=edition, alliance=alliance, fields=fields, version=version_read(), faults=read.faults)
    return _taken(sheet, read.offering)


def _taken(sheet: Sheet, offering: Offering | None) -> ResponseReturnValue:
    """Save what a form says, or show it again: with faults, as a preview, with doubts, or beside what somebody else wrote."""
    do = request.form.get("do", "draft")
    if do == "publish" and not may(signed_in(), "offering.publish"):
        abort(403)
    if offering is None:
        return _page(sheet)
    doubts = _doubts(offering, is_new=sheet.edition is None)
    if do not in {"draft", "review"} and may(signed_in(), "offering.publish"):
        doubts = [*doubts, *at_stake(offering)]
    seen = digest(doubts)
    if do not in _STATES or (doubts and request.form.get("seen") != seen):
        previews = cards(offering, parts().knowledge.taxonomy) if do not in _STATES else []
        return _page(sheet, offering=offering, doubts=doubts, seen=seen, previews=previews)
    try:
        save(offering, _STATES[do])
    except EditedMeanwhileError:
        return _conflict(sheet, offering)
    return redirect(url_for("console.offerings.show", offering_id=offering.id, said=f"state_{_STATES[do]}"))


def _doubts(offering: Offering, *, is_new: bool) -> Sequence[Doubt]:
    knowledge = parts().knowledge
    home = knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
    doubts = list(place_doubts(offering, knowledge.places, home))
    if is_new:
        # Of other alliances only what everybody can see; one's own drafts, too.
        own = [one.offering for one in knowledge.editions.all(signed_in().tenants)]
        others = {one.id: one for one in [*knowledge.store.offerings(), *own]}
        for same in likely_same(offering, others.values()):
            place = " ".join(filter(None, (same.postal_code, same.city)))
            doubts.append(
                Doubt(key="warning_duplicate", at="title", values={"title": same.title, "place": place or "–"})
            )
    return doubts


def _conflict(sheet: Sheet, mine: Offering) -> Response:
    """Show what somebody else wrote beside one's own version; saving again then puts one's own in its place, knowingly."""
    theirs = parts().knowledge.editions.one(mine.id)
    latest = parts().knowledge.editions.history(mine.id)[-1]
    if theirs is None:
        abort(404)
    between = differences(theirs.offering.model_dump(mode="json"), mine.model_dump(mode="json"))
    newer = Sheet(edition=theirs, alliance=sheet.alliance, fields=sheet.fields, version=theirs.version, faults={})
    return _page(newer, status=409, offering=mine, conflict=between, latest=latest, editor=name_of(latest.editor))


def _new_id(alliance: str, fields: Mapping[str, Any]) -> str:
    """Return an id that no offering has or had, made from alliance, title and place."""
    title, place = str(fields["title"]).strip(), str(fields["postal_code"] or fields["city"]).strip()
    knowledge, number = parts().knowledge, 1
    id_ = first = stable_id(alliance, title, place)
    while knowledge.editions.history(id_):
        number += 1
        id_ = f"{first}-{number}"
    return id_


def _page(sheet: Sheet, *, status: int | None = None, offering: Offering | None = None, **values: Any) -> Response:
    return rendered(
        "offering_form.html", status=status or (422 if sheet.faults else 200), sheet=sheet,
        fields=sheet.fields, faults=sheet.faults, alliances=own_alliances(),
        categories=[(code, label, "") for code, label in category_labels()],
        languages_of_service=[(code, language_name(code), "") for code in LANGUAGES],
        translated=[(code, language_names()[code]) for code in form.TRANSLATED],
        hours=hours_read(offering.opening_hours) if offering else hours_read(str(sheet.fields["opening_hours"]) or None),
        written=written,
        **values,
    )  # fmt: skip
