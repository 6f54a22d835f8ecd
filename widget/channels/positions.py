"""Positions that parents send, as the gateway takes them."""

from typing import Any


def position_of(latitude: Any, longitude: Any) -> str | None:
    """Return "lat,lon" with three decimals, about 100 metres: near enough to search, and no house number. None for what is none."""
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError):
        return None
    return f"{north:.3f},{east:.3f}" if abs(north) <= 90 and abs(east) <= 180 else None
