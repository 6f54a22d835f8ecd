"""HSDS 3.1: one JSON document that other directories can take in."""

import json
from datetime import date
from functools import cache
from typing import BinaryIO

from knowledge.exporting.selection import Selection
from knowledge.hsds import Directory, document
from knowledge.places import Places
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy


def directory_of(
    selection: Selection, *, store: Store, taxonomy: Taxonomy, today: date, places: Places | None
) -> Directory:
    """Return published records as one feed.

    Args:
        places: What knows in which Land a postal code is; without it, addresses do not say.
    """

    @cache
    def region_of(code: str) -> str | None:
        place = places.resolve(code).place if places else None
        return place.region if place else None

    return Directory(
        alliances={one.id: one for one in selection.alliances}, offerings=selection.offerings, taxonomy=taxonomy,
        edited=store.edited_at(), today=today, region_of=region_of,
    )  # fmt: skip


def write_hsds(directory: Directory, out: BinaryIO) -> None:
    """Write a feed as one JSON document in UTF-8."""
    out.write(json.dumps(document(directory), ensure_ascii=False, indent=1).encode() + b"\n")
