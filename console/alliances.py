"""The names of alliances, as pages show them."""

from collections.abc import Mapping

from console.parts import parts


def alliance_names() -> Mapping[str, str]:
    """Return the name of each alliance by its id."""
    return {one.id: one.name for one in parts().knowledge.store.alliances()}
