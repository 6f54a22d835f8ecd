"""What a translator's file would change, offering by offering, and doing it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import ValidationError

from console.translations.saving import save_translation
from knowledge import Edition, Knowledge, Offering
from knowledge.errors import EditedMeanwhileError
from knowledge.store import same_text
from knowledge.translation import Translation
from knowledge.xliff import Unit, XliffFile

# taken: written; late: written, and out of date at once; machine: written as a machine's; confirmed: somebody has finished what was
# there; open: not translated yet; same: nothing to do. The rest are faults.
Kind = Literal[
    "taken",
    "late",
    "machine",
    "confirmed",
    "open",
    "same",
    "unknown",
    "withdrawn",
    "unit",
    "twice",
    "title",
    "long",
    "conflict",
]
WRITTEN: frozenset[Kind] = frozenset({"taken", "late", "machine", "confirmed"})
FAULTY: frozenset[Kind] = frozenset({"unknown", "withdrawn", "unit", "twice", "title", "long", "conflict"})
_PARTS = {"title", "description"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is done with one offering of a file.

    Attributes:
        name: Its title, or the id that the file gives where there is no such offering.
        translated_from: As for `Editions.save`.
    """

    name: str
    kind: Kind
    edition: Edition | None = None
    translation: Translation | None = None
    translated_from: Mapping[str, int] | None = None


def plan(file: XliffFile, editions: Iterable[Edition], knowledge: Knowledge) -> list[Step]:
    """Return what a file would do, in its order; nothing is written.

    Args:
        editions: Those that the visitor may see; any other id is unknown.
    """
    known = {one.offering.id: one for one in editions}
    outdated = knowledge.translations.outdated(one.offering for one in known.values())
    by_offering: dict[str, list[Unit]] = {}
    for unit in file.units:
        by_offering.setdefault(unit.offering_id, []).append(unit)
    steps = []
    for offering_id, units in by_offering.items():
        # Read once more by itself: with the version of its latest edit, a thrown-away draft included.
        edition = knowledge.editions.one(offering_id) if offering_id in known else None
        if edition is None:
            steps.append(Step(name=offering_id or "–", kind="unknown"))
            continue
        is_outdated = file.language in outdated.get(offering_id, ())
        steps.append(_step(edition, units, file.language, is_outdated=is_outdated, knowledge=knowledge))
    return steps


def take(
    steps: Sequence[Step], language: str, knowledge: Knowledge, *, editor: str, may_publish: bool
) -> tuple[list[Step], bool]:
    """Write what was planned, each offering by itself, and return what became of it, and whether parents see something else.

    A file taken twice changes nothing the second time, so that one that was interrupted is simply taken again.
    """
    done, seen = [], []
    for step in steps:
        if step.kind in WRITTEN:
            # What was planned a moment ago may have been edited since.
            assert step.edition is not None
            try:
                save_translation(
                    knowledge, step.edition, language, step.translation, editor=editor, may_publish=may_publish,
                    translated_from=step.translated_from, seen=lambda: seen.append(True),
                )  # fmt: skip
            except EditedMeanwhileError:
                done.append(replace(step, kind="conflict"))
                continue
        done.append(step)
    return done, bool(seen)


def _step(edition: Edition, units: Sequence[Unit], language: str, *, is_outdated: bool, knowledge: Knowledge) -> Step:
    offering, present = edition.offering, edition.offering.translations.get(language)
    step = Step(name=offering.title, kind="same", edition=edition)
    parts = {unit.part: unit for unit in units}
    if edition.state == "withdrawn":
        return replace(step, kind="withdrawn")
    if not parts.keys() <= _PARTS:
        return replace(step, kind="unit")
    if len(parts) < len(units):
        return replace(step, kind="twice")
    had = {part: getattr(present, part) if present else "" for part in _PARTS}
    given = {part: unit for part, unit in parts.items() if unit.target}
    new = {part for part, unit in given.items() if not same_text(unit.target, had[part])}
    finished = {part for part, unit in given.items() if unit.looked_at}
    late = _late(offering, parts, language, knowledge)
    if not new:
        unread = is_outdated or (present is not None and present.machine)
        if not given or (unread and (late or not _whole(offering, finished))):
            return replace(step, kind="open")
        return replace(step, kind="confirmed", translation=_as_read(present)) if unread and present else step
    machine = any(given[part].machine for part in new)
    texts = {part: given[part].target if part in new else had[part] for part in _PARTS}
    if not texts["title"]:
        return replace(step, kind="title")
    try:
        translation = Translation(
            title=" ".join(texts["title"].split()), description=texts["description"], machine=machine
        )
    except ValidationError:
        return replace(step, kind="long")
    if late is None and is_outdated and not _whole(offering, new | finished):
        late = {language: 0}  # a part is still that of another German text
    kind: Kind = "late" if late else "machine" if machine else "taken"
    return replace(step, kind=kind, translation=translation, translated_from=late)


def _whole(offering: Offering, parts: set[str]) -> bool:
    """Return whether these parts are all that the German text has."""
    return {part for part in _PARTS if getattr(offering, part)} <= parts


def _as_read(present: Translation | None) -> Translation | None:
    return present and present.model_copy(update={"machine": False})


def _late(
    offering: Offering, parts: Mapping[str, Unit], language: str, knowledge: Knowledge
) -> Mapping[str, int] | None:
    """Return from which version the file's German text is, where it is not the present one's."""
    if all(same_text(unit.source, getattr(offering, part)) for part, unit in parts.items()):
        return None
    title, description = (parts[part].source if part in parts else None for part in ("title", "description"))
    return {language: knowledge.translations.version_of(offering.id, (title, description))}
