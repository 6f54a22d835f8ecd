"""German places: postal codes, towns, districts, in all scripts, misspelt, ambiguous."""

from knowledge.places.extract import extract_places
from knowledge.places.places import Places, open_places

__all__ = ["Places", "extract_places", "open_places"]
