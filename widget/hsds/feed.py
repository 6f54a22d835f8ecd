"""What is published now as HSDS sees it; read again when the store has changed, or the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import current_app

from knowledge import Offering
from knowledge.exporting import published
from knowledge.hsds import Directory, hsds_id, organization_id, organizations
from knowledge.text import fold
from widget.wiring import wired_knowledge

_EXTENSION = "hsds feed"


@dataclass(frozen=True)
class Feed:
    """One state of the store on one day.

    Attributes:
        version: Changes whenever an answer may.
    """

    directory: Directory
    version: str

    @cached_property
    def by_service(self) -> dict[str, Offering]:
        """Service's id -> the offering that it stands for."""
        return {hsds_id("service", one.id): one for one in self.directory.offerings}

    @cached_property
    def by_place(self) -> dict[str, Offering]:
        """Service at location's id -> the offering that it stands for."""
        return {hsds_id("service_at_location", one.id): one for one in self.directory.offerings}

    @cached_property
    def organizations(self) -> dict[str, dict[str, object]]:
        """Organization's id -> organization."""
        return {str(one["id"]): one for one in organizations(self.directory)}

    @cached_property
    def of_organization(self) -> dict[str, Sequence[Offering]]:
        """Organization's id -> the offerings that it provides; an alliance's are also those of its partners."""
        found: dict[str, list[Offering]] = {}
        for one in self.directory.offerings:
            for owner in dict.fromkeys((organization_id(one), hsds_id("organization", one.alliance))):
                found.setdefault(owner, []).append(one)
        return dict(found)

    @cached_property
    def words(self) -> dict[str, str]:
        """Offering's id -> its folded words, for full text search."""
        taxonomy = self.directory.taxonomy
        return {
            one.id: fold(
                " ".join(
                    [one.title, one.description, one.provider or "", one.city or "", one.postal_code or ""]
                    + [taxonomy.label(code, "de") for code in one.categories]
                )
            )
            for one in self.directory.offerings
        }


def present_feed() -> Feed:
    """Return the feed of the store's present state."""
    knowledge = wired_knowledge()
    today = knowledge.settings.current_date()
    version = _version(knowledge.store.generation(), today)
    known: Feed | None = current_app.extensions.get(_EXTENSION)
    if known is None or known.version != version:
        known = Feed(directory=knowledge.directory(published(knowledge.store)), version=version)
        current_app.extensions[_EXTENSION] = known
    return known


def _version(generation: int, today: date) -> str:
    return f"{generation}-{today:%Y%m%d}"
