"""German places: postal codes, towns, districts, in all scripts, misspelt, ambiguous."""

from knowledge.places.distances import distance_km
from knowledge.places.extract import extract_places
from knowledge.places.places import Places, open_places

__all__ = ["Places", "distance_km", "extract_places", "open_places"]
