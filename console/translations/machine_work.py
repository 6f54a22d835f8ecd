"""Machine translation of all that lacks one, in the background: bounded, gone on with after a crash, and ended with a reason."""

from collections.abc import Callable

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from console.parts import Parts, parts
from console.policy import needs
from console.translations.saving import save_translation
from console.translations.standing import TRANSLATED, needs_translation, standing_of
from console.translations.translator import ENDS, Translator, TranslatorError
from console.translations.views import own_entries, translator
from console.visitor import signed_in
from knowledge import Edition, Knowledge
from knowledge.errors import EditedMeanwhileError, UnknownRecordError
from knowledge.store import TranslationJob
from knowledge.translation import Translation
from widget.rounds import Round

machine = Blueprint("machine", __name__, url_prefix="/translations/machine")
MOST_AT_ONCE = 100
_EVERY_S = 3.0


@machine.post("/")
@needs("offering.publish")
def ask() -> ResponseReturnValue:
    """Have what lacks a translation into a language translated, as many as one wish may be for."""
    language, alliance, account = request.form.get("language", ""), request.form.get("alliance", ""), signed_in()
    if language not in TRANSLATED or translator() is None:
        return redirect(url_for("console.translations.overview"))
    missing = [
        one
        for one in own_entries(language)
        if one.standing == "missing" and (not alliance or one.offering.alliance == alliance)
    ]
    said = "machine_nothing"
    if missing:
        # Whose offerings: those that one works for, however the form names the alliance.
        alliances = [alliance] if alliance else account.tenants
        asked = parts().knowledge.translation_jobs.ask(
            language=language, alliances=alliances, editor=account.email, total=min(len(missing), MOST_AT_ONCE)
        )
        said = "machine_asked" if asked else "machine_already"
    return redirect(url_for("console.translations.overview", language=language, said=said))


def machine_round(wired: Parts) -> list[Round]:
    """Return the work on wishes as what comes round; nothing where no server is set."""
    if wired.settings.translator is None:
        return []
    server = Translator(wired.settings.translator)
    return [
        Round(
            name="machine translation", work=lambda: work_on_wishes(wired.knowledge, server, wired.reindex),
            every_s=_EVERY_S, again_s=_EVERY_S,
        )
    ]  # fmt: skip


def work_on_wishes(knowledge: Knowledge, server: Translator, reindex: Callable[[], None]) -> None:
    """Work on all wishes that wait."""
    while job := knowledge.translation_jobs.claim():
        try:
            seen = _work(knowledge, job, server)
        except UnknownRecordError:
            continue  # forgotten, or ended by somebody else meanwhile
        if seen:
            reindex()


def _work(knowledge: Knowledge, job: TranslationJob, server: Translator) -> bool:
    """Translate what lacks a translation, one offering after another, and return whether parents see something else."""
    seen: list[bool] = []
    done, skipped = job.done, job.skipped
    for edition in _missing(knowledge, job)[: max(0, job.total - done - skipped)]:
        try:
            _translate(knowledge, edition, job, server, seen)
            done += 1
        except (EditedMeanwhileError, ValidationError):
            skipped += 1
        except TranslatorError as error:
            if error.fault in ENDS:
                knowledge.translation_jobs.note(job.id, done=done, skipped=skipped, state="failed", fault=error.fault)
                return bool(seen)
            skipped += 1
        knowledge.translation_jobs.note(job.id, done=done, skipped=skipped)
    knowledge.translation_jobs.note(job.id, done=done, skipped=skipped, state="finished")
    return bool(seen)


def _translate(
    knowledge: Knowledge, edition: Edition, job: TranslationJob, server: Translator, seen: list[bool]
) -> None:
    german, present = edition.offering, edition.offering.translations.get(job.language)
    title, description = server.translate([german.title, german.description], job.language)
    # A title that a person wrote stays; the whole is a machine's all the same.
    title = present.title if present else " ".join(title.split())
    translation = Translation(title=title, description=description, machine=True)
    save_translation(
        knowledge,
        edition,
        job.language,
        translation,
        editor=job.editor,
        may_publish=True,
        seen=lambda: seen.append(True),
    )


def _missing(knowledge: Knowledge, job: TranslationJob) -> list[Edition]:
    today = knowledge.settings.current_date()
    editions = [
        one
        for one in knowledge.editions.all(job.alliances)
        if needs_translation(one, today) and standing_of(one.offering, job.language, {}) == "missing"
    ]
    # As it is now, with the latest version; what is public first.
    fresh = [knowledge.editions.one(one.offering.id) for one in sorted(editions, key=lambda one: one.public is None)]
    return [one for one in fresh if one is not None]
