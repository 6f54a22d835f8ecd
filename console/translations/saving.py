"""Writes a translation by the rules of drafts: what is public stays public where the editor may publish, and waits for review where not."""

from collections.abc import Callable, Mapping

from knowledge import Edition, Knowledge, Offering
from knowledge.store import EditionState
from knowledge.translation import Translation


def with_translation(offering: Offering, language: str, translation: Translation | None) -> Offering:
    """Return an offering with a translation put in, or taken out."""
    others = {code: one for code, one in offering.translations.items() if code != language}
    return offering.model_copy(
        update={"translations": others if translation is None else {**others, language: translation}}
    )


def state_after(edition: Edition, *, may_publish: bool) -> EditionState:
    """Return the state that an offering has with a new translation: a draft stays one, however finished the translation."""
    if edition.state == "published":
        return "published" if may_publish else "review"
    return "draft" if edition.state == "withdrawn" else edition.state


def save_translation(
    knowledge: Knowledge,
    edition: Edition,
    language: str,
    translation: Translation | None,
    *,
    editor: str,
    may_publish: bool,
    read_version: int | None = None,
    translated_from: Mapping[str, int] | None = None,
    seen: Callable[[], None] = lambda: None,
) -> Edition:
    """Write a translation, or note that it was compared where it is the same as before.

    Args:
        read_version: The version that the editor read; None: the edition's.
        translated_from: As for `Editions.save`.
        seen: Called when parents see something else now.

    Raises:
        EditedMeanwhileError: Somebody else has written another version since.
    """
    offering = with_translation(edition.offering, language, translation)
    if offering == edition.offering and read_version in {None, edition.version}:
        if translation is not None and translated_from is None:
            knowledge.translations.compare(offering, language)
        return edition
    saved = knowledge.editions.save(
        offering, state=state_after(edition, may_publish=may_publish), editor=editor,
        read_version=edition.version if read_version is None else read_version, translated_from=translated_from,
    )  # fmt: skip
    # With the German text as it is now; without this, one like an earlier translation would count as that.
    if translation is not None and translated_from is None:
        knowledge.translations.compare(offering, language)
    if saved.public != edition.public:
        seen()
    return saved
