"""What an offering is seen in when it becomes a service: its alliance, the taxonomy, the day, and when it was last edited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Offering


@dataclass(frozen=True, kw_only=True)
class Directory:
    """All that is published, as one feed.

    Attributes:
        alliances: By id; each offering's is among them.
        edited: Offering's id -> when it was last edited.
        today: Offerings that have ended before are no longer active.
        region_of: Postal code -> its Land, or None where it is not known.
    """

    alliances: Mapping[str, Alliance]
    offerings: Sequence[Offering]
    taxonomy: Taxonomy
    edited: Mapping[str, datetime]
    today: date
    region_of: Callable[[str], str | None] = lambda code: None
