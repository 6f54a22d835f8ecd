"""The ids of HSDS are UUIDs: made from ours, so that a record has the same one in every export and answer."""

from uuid import NAMESPACE_OID, uuid5

_OURS = uuid5(NAMESPACE_OID, "buendnislotse hsds")


def hsds_id(kind: str, *parts: str) -> str:
    """Return the id of an entity of a kind (`service`, `phone`, …) that our ids or names in `parts` tell apart."""
    return str(uuid5(_OURS, "\0".join((kind, *parts))))
