"""What other programs need besides: GET /api/offerings.geojson for maps, and /api/openapi.json, which describes all of it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, Response, json, jsonify, request

from widget.api.offerings import read_query, search_offerings
from widget.wiring import wired_knowledge

open_data = Blueprint("open_data", __name__)
_DESCRIPTION = Path(__file__).resolve().parent / "openapi.yml"
# A map shows many at once.
_USUAL = 100
_MOST = 1000


@open_data.get("/api/offerings.geojson")
def map_offerings() -> Response:
    """Return the offerings of a search as GeoJSON (RFC 7946), with the same parameters as GET /api/offerings."""
    knowledge = wired_knowledge()
    found, _ = search_offerings(knowledge, read_query(request.args, knowledge, usual=_USUAL, most=_MOST))
    cards = found.pop("results")
    offerings = {one.id: one for one in knowledge.store.offerings([card["id"] for card in cards])}
    features = []
    for card in cards:
        offering = offerings.get(card["id"])
        position = knowledge.places.position(offering) if offering else None
        exact = offering is not None and offering.latitude is not None
        features.append(_feature(card, position, exact=exact))
    content = {"type": "FeatureCollection", **found, "features": features}
    return Response(json.dumps(content, separators=(",", ":")), content_type="application/geo+json")


@open_data.get("/api/openapi.json")
def describe() -> Response:
    """Return the description of all JSON addresses after OpenAPI 3.1."""
    return jsonify(_description())


def _feature(card: dict[str, Any], position: tuple[float, float] | None, *, exact: bool) -> dict[str, Any]:
    """Return a card on the map; online ones have no geometry, and `position` says how sure it is."""
    geometry = {"type": "Point", "coordinates": [position[1], position[0]]} if position else None
    how = ("exact" if exact else "about") if position else None
    return {"type": "Feature", "id": card["id"], "geometry": geometry, "properties": {**card, "position": how}}


@lru_cache(maxsize=1)
def _description() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_DESCRIPTION.read_text(encoding="utf-8"))
    return content
