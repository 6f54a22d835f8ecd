"""Offerings: the list, one offering, and what is done with it besides writing."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from console.bench.at_stake import at_stake
from console.freshness.on_page import freshness_of
from console.offerings.differences import differences
from console.offerings.listing import Wish, is_unchecked, listed, page_of
from console.offerings.place_check import Doubt
from console.offerings.preview import cards, hours_read
from console.pages import rendered
from console.parts import parts
from console.policy import may, needs
from console.texts import say
from console.visitor import page_language, signed_in, subject
from knowledge import Alliance, Edition, Offering
from knowledge.errors import EditedMeanwhileError, UnknownRecordError
from knowledge.store import EditionState
from knowledge.store.editions import EDITION_STATES
from widget.texts import day, texts

offerings = Blueprint("offerings", __name__, url_prefix="/offerings")


@offerings.get("/")
@needs("offering.read")
def listing() -> Response:
    """Show the offerings of one's own alliances that fit the search."""
    knowledge, args = parts().knowledge, request.args
    today = knowledge.settings.current_date()
    wish = Wish.of(args)
    found = listed(knowledge.editions.all(signed_in().tenants), wish, today=today)
    shown, number, pages = page_of(found, args.get("page", 1, type=int))
    chosen = {name: value for name, value in args.items() if name != "page"}
    return rendered(
        "offerings.html", wish=wish, found=shown, total=len(found), number=number, pages=pages, chosen=chosen,
        states=EDITION_STATES, categories=category_labels(), alliances=own_alliances(),
        is_unchecked=lambda edition: is_unchecked(edition, today),
    )  # fmt: skip


@offerings.get("/<offering_id>")
@needs("offering.read")
def show(offering_id: str) -> Response:  # noqa: ARG001  # the guard has read it
    """Show an offering as parents see it, and what can be done with it."""
    return offering_page(subject(Edition))


@offerings.get("/<offering_id>/history")
@needs("offering.read")
def history(offering_id: str) -> Response:
    """Show all edits with what each changed, the latest first."""
    steps: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    for revision in parts().knowledge.editions.history(offering_id):
        after = dict(revision.content or {})
        changed = differences(before, after) if after else []
        steps.insert(0, {"revision": revision, "changed": changed, "is_first": not before})
        before = after or before
    return rendered("history.html", edition=subject(Edition), steps=steps, written=written, name_of=name_of)


@offerings.post("/<offering_id>/publish")
@needs("offering.publish")
def publish(offering_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Show the draft to parents."""
    return _unless_at_stake(subject(Edition).offering, "published")


@offerings.post("/<offering_id>/withdraw")
@needs("offering.publish")
def withdraw(offering_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Show the offering to parents no more; it and its history stay."""
    return _unless_at_stake(subject(Edition).offering, "withdrawn")


@offerings.post("/<offering_id>/checked")
@needs("offering.publish")
def confirm(offering_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Note that somebody has found everything still right today; a draft stays a draft."""
    edition = subject(Edition)
    today = parts().knowledge.settings.current_date()
    return _written(edition.offering.model_copy(update={"checked_on": today}), edition.state)


@offerings.post("/<offering_id>/discard")
@needs("offering.draft")
def discard(offering_id: str) -> ResponseReturnValue:
    """Throw the draft away."""
    try:
        parts().knowledge.editions.discard(offering_id, editor=signed_in().email, read_version=version_read())
    except EditedMeanwhileError:
        abort(409)
    except UnknownRecordError:
        abort(404)
    return redirect(url_for("console.offerings.listing", said="discarded"))


@offerings.post("/<offering_id>/restore")
@needs("offering.draft")
def restore(offering_id: str) -> ResponseReturnValue:
    """Make an old version the present one again, as a new revision: a draft, or published at once."""
    wanted = request.form.get("revision", type=int)
    state: EditionState = "published" if request.form.get("do") == "publish" else "draft"
    if state == "published" and not may(signed_in(), "offering.publish"):
        abort(403)
    found = next((one for one in parts().knowledge.editions.history(offering_id) if one.version == wanted), None)
    if found is None or found.content is None:
        return redirect(url_for("console.offerings.history", offering_id=offering_id))
    try:
        offering = Offering.model_validate(found.content)
    except ValidationError:
        return redirect(url_for("console.offerings.history", offering_id=offering_id, said="not_restored"))
    return _unless_at_stake(offering, state)


def offering_page(edition: Edition, *, status: int = 200, **values: Any) -> Response:
    """Return the page of an offering; `values` are of the form on it that has a fault."""
    return rendered(
        "offering.html", status=status, edition=edition, cards=cards(edition.offering, parts().knowledge.taxonomy),
        hours=hours_read(edition.offering.opening_hours), **freshness_of(edition), **values,
    )  # fmt: skip


def save(offering: Offering, state: EditionState) -> Edition:
    """Write an offering over the version that the form was made from, and let the index follow where parents see it.

    Raises:
        EditedMeanwhileError: Somebody else has written another version since.
    """
    before = parts().knowledge.editions.one(offering.id)
    edition = parts().knowledge.editions.save(
        offering, state=state, editor=signed_in().email, read_version=version_read()
    )
    if edition.public != (before.public if before else None):
        parts().reindex()
    return edition


def version_read() -> int:
    """Return the version that a form was made from."""
    return request.form.get("version", 0, type=int)


def own_alliances() -> list[Alliance]:
    """Return the alliances that the visitor works for."""
    return [one for one in parts().knowledge.store.alliances() if signed_in().may_see(one.id)]


def category_labels() -> list[tuple[str, str]]:
    """Return code and name of each category in the page's language, by name."""
    taxonomy = parts().knowledge.taxonomy
    return sorted(
        ((code, taxonomy.label(code, page_language())) for code in taxonomy.categories), key=lambda one: one[1]
    )


def written(name: str, value: Any) -> str:
    """Return a field's value as the history shows it."""
    if isinstance(value, list):
        labels = dict(category_labels()) if name == "categories" else texts(page_language())["languages"]
        return ", ".join(str(labels.get(one, one)) for one in value)
    if value and name in {"valid_from", "valid_to", "checked_on"}:
        return day(page_language(), date.fromisoformat(value))
    if isinstance(value, float):
        return str(value).removesuffix(".0").replace(".", "," if page_language() == "de" else ".")
    return "" if value is None else str(value)


def name_of(editor: str) -> str:
    """Return the name of whoever edited, or what the history knows: an e-mail address, or where an import came from."""
    if editor == "import":
        return say(page_language(), "editor_import")
    account = parts().knowledge.accounts.of_email(editor)
    return account.name if account and account.name else editor


def digest(doubts: Sequence[Doubt]) -> str:
    """Return a text that is the same when there is nothing new to look at."""
    return hashlib.sha256(repr(doubts).encode()).hexdigest()[:16] if doubts else ""


def _unless_at_stake(offering: Offering, state: EditionState) -> ResponseReturnValue:
    """Write an offering; where saved questions would lose their answer, ask once before."""
    seen_by_parents = state in {"published", "withdrawn"}
    doubts = at_stake(offering, stays=state == "published") if seen_by_parents else []
    seen = digest(doubts)
    if doubts and request.form.get("seen") != seen:
        sent = [(name, value) for name, value in request.form.items() if name not in {"form_token", "seen"}]
        return rendered("at_stake.html", edition=subject(Edition), state=state, doubts=doubts, seen=seen, sent=sent)
    return _written(offering, state)


def _written(offering: Offering, state: EditionState) -> ResponseReturnValue:
    try:
        save(offering, state)
    except EditedMeanwhileError:
        abort(409)
    return redirect(url_for("console.offerings.show", offering_id=offering.id, said=f"state_{state}"))
