"""Entities as plain JSON objects: what is not stated is left out, since HSDS knows no null."""

from typing import Any

Entity = dict[str, Any]


def stated(**fields: Any) -> Entity:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value is not None and value not in ([], "")}


def one_to_one(entity: Entity) -> Entity:
    """Return an entity as HSDS lists it: without what it has several of."""
    kept = {name: value for name, value in entity.items() if not isinstance(value, list)}
    return {name: one_to_one(value) if isinstance(value, dict) else value for name, value in kept.items()}
