"""What an export holds: all that is published, or what is one alliance's."""

from dataclasses import dataclass

from knowledge.store import Store
from knowledge.values import Alliance, Guide, Offering


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Published records, each kind by id."""

    alliances: tuple[Alliance, ...]
    offerings: tuple[Offering, ...]
    guides: tuple[Guide, ...]


def published(store: Store, *, alliance: str | None = None) -> Selection:
    """Return what is published; with `alliance` only that alliance with its offerings and guides.

    Raises:
        UnknownRecordError: No alliance has this id.
    """
    # Alliances last: whatever is added meanwhile, none that an offering names is missing.
    offerings, guides, alliances = store.offerings(), store.guides(), store.alliances()
    if alliance is not None:
        alliances = [store.alliance(alliance)]
        offerings = [one for one in offerings if one.alliance == alliance]
        guides = [one for one in guides if one.alliance == alliance]
    return Selection(alliances=tuple(alliances), offerings=tuple(offerings), guides=tuple(guides))
