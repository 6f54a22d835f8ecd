"""Translations: the overview, and one offering in German and another language side by side."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from console.names import language_name, name_of, own_alliances
from console.pages import rendered
from console.paging import page_of
from console.parts import parts
from console.policy import may, needs
from console.translations.marking import marked
from console.translations.saving import save_translation
from console.translations.standing import (
    STANDINGS,
    TRANSLATED,
    Entry,
    Wish,
    counts,
    entries,
    listed,
    standing_of,
)
from console.translations.translator import Translator, TranslatorError
from console.visitor import signed_in, subject, version_read
from knowledge import Edition
from knowledge.errors import EditedMeanwhileError
from knowledge.translation import Translation
from widget.texts import direction

translations = Blueprint("translations", __name__, url_prefix="/translations")
_PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A translation as it is shown: whose, what stands in its fields, and where that comes from.

    Attributes:
        fault: The key of a sentence about the title or the description, by field.
        by_machine: True when a machine has just filled the fields; nothing is saved yet.
    """

    edition: Edition
    language: str
    title: str
    description: str
    version: int
    fault: dict[str, str]
    by_machine: bool = False


@translations.get("/")
@needs("offering.read")
def overview() -> Response:
    """Show how many translations lack, and which are needed most."""
    args = request.args
    language = args.get("language", "")
    wish = Wish(
        q=args.get("q", "")[:200], language=language if language in TRANSLATED else "",
        standing=args.get("standing", "open"), alliance=args.get("alliance", ""), offering=args.get("offering", ""),
    )  # fmt: skip
    everything = own_entries()
    found = listed(everything, wish)
    shown, number, pages = page_of(found, args.get("page", 1, type=int), size=_PAGE_SIZE)
    machine = translator()
    missing = sum(one.standing == "missing" and one.language == wish.language for one in everything)
    return rendered(
        "translations.html", wish=wish, found=shown, total=len(found), number=number, pages=pages, standings=STANDINGS,
        chosen={name: value for name, value in args.items() if name not in {"page", "said"}}, counts=counts(everything),
        names=_language_names(), alliances=own_alliances(), translator=machine, missing=missing,
        jobs=parts().knowledge.translation_jobs.of(signed_in().email) if machine else [], is_listed=True,
    )  # fmt: skip


@translations.get("/<offering_id>")
@needs("offering.draft")
def edit(offering_id: str) -> ResponseReturnValue:  # noqa: ARG001  # the guard has read it
    """Show the German text and its translation side by side."""
    language = request.args.get("language", "")
    if language not in TRANSLATED:
        return redirect(url_for("console.translations.overview"))
    return _page(_sheet(subject(Edition), language))


@translations.post("/<offering_id>")
@needs("offering.draft")
def change(offering_id: str) -> ResponseReturnValue:
    """Save a translation, take it away, or let a machine propose one."""
    edition, form = subject(Edition), request.form
    language, do = form.get("language", ""), form.get("do", "save")
    if language not in TRANSLATED:
        return redirect(url_for("console.translations.overview"))
    title, description = (form.get(name, "").replace("\r\n", "\n").strip() for name in ("title", "description"))
    sheet = Sheet(
        edition=edition, language=language, title=title, description=description, version=version_read(), fault={},
        by_machine=form.get("by_machine") == "yes",
    )  # fmt: skip
    if do == "machine":
        return _proposed(sheet)
    translation = None
    if do != "remove":
        translation, fault = _read(title, description, machine=do == "keep_machine")
        if translation is None:
            return _page(_with(sheet, fault=fault), status=422)
    try:
        saved = save_translation(
            parts().knowledge, edition, language, translation, editor=signed_in().email,
            may_publish=may(signed_in(), "offering.publish"), read_version=sheet.version, seen=parts().reindex,
        )  # fmt: skip
    except EditedMeanwhileError:
        return _conflict(sheet)
    following = _following(offering_id, language) if do == "next" else None
    said = f"translation_{saved.state}"
    if following is not None:
        return redirect(
            url_for("console.translations.edit", offering_id=following.offering.id, language=language, said=said)
        )
    return redirect(url_for("console.translations.overview", language=language, said=said))


def own_entries(language: str = "") -> list[Entry]:
    """Return how the translations of one's own alliances' offerings stand, the most needed first."""
    knowledge = parts().knowledge
    editions = knowledge.editions.all(signed_in().tenants)
    outdated = knowledge.translations.outdated(one.offering for one in editions)
    return entries(editions, outdated, today=knowledge.settings.current_date(), language=language)


def translator() -> Translator | None:
    """Return what translates, where a server is set."""
    settings = parts().settings.translator
    return Translator(settings) if settings else None


def _language_names() -> dict[str, str]:
    return {code: language_name(code) for code in TRANSLATED}


def _sheet(edition: Edition, language: str) -> Sheet:
    found = edition.offering.translations.get(language)
    return Sheet(
        edition=edition, language=language, title=found.title if found else "", description=found.description if found else "",
        version=edition.version, fault={},
    )  # fmt: skip


def _with(sheet: Sheet, **values: object) -> Sheet:
    return Sheet(**{**sheet.__dict__, **values})


def _read(title: str, description: str, *, machine: bool) -> tuple[Translation | None, dict[str, str]]:
    """Return the translation that the fields make, or what is wrong with them."""
    if not title:
        return None, {"title": "fault_translation_empty" if not description else "fault_translation_title"}
    try:
        return Translation(title=title, description=description, machine=machine), {}
    except ValidationError as error:
        return None, {str(one["loc"][0]): "fault_too_long" for one in error.errors()}


def _proposed(sheet: Sheet) -> Response:
    """Show what a machine makes of the German text; it is saved only by a person."""
    machine = translator()
    if machine is None:
        abort(404)
    german = sheet.edition.offering
    try:
        title, description = machine.translate([german.title, german.description], sheet.language)
    except TranslatorError as error:
        return _page(sheet, status=502, trouble=f"fault_translator_{error.fault}")
    return _page(_with(sheet, title=" ".join(title.split()), description=description, by_machine=True))


def _conflict(sheet: Sheet) -> Response:
    """Show what somebody else wrote meanwhile; saving again then puts one's own in its place, knowingly."""
    knowledge = parts().knowledge
    history = knowledge.editions.history(sheet.edition.offering.id)
    read = next((one.content for one in history if one.version == sheet.version), None)
    newer = _with(sheet, version=sheet.edition.version)
    return _page(
        newer, status=409, latest=history[-1], editor=name_of(history[-1].editor),
        theirs=sheet.edition.offering.translations.get(sheet.language),
        base=(str(read["title"]), str(read.get("description") or "")) if read else None,
    )  # fmt: skip


def _following(offering_id: str, language: str) -> Entry | None:
    """Return the next one that waits in this language."""
    waiting = (one for one in own_entries(language) if one.standing != "done" and one.offering.id != offering_id)
    return next(waiting, None)


def _page(sheet: Sheet, *, status: int = 200, base: tuple[str, str] | None = None, **values: object) -> Response:
    offering, knowledge = sheet.edition.offering, parts().knowledge
    outdated = knowledge.translations.outdated([offering])
    standing = standing_of(offering, sheet.language, outdated)
    if base is None and standing == "outdated":
        base = knowledge.translations.made_from(offering, sheet.language)
    german = (offering.title, offering.description)
    pieces = None if base is None else [marked(before, now) for before, now in zip(base, german, strict=True)]
    return rendered(
        "translation.html", status=status, sheet=sheet, edition=sheet.edition, standing=standing, pieces=pieces,
        names=_language_names(), direction=direction(sheet.language), translator=translator(),
        present=offering.translations.get(sheet.language), **values,
    )  # fmt: skip
