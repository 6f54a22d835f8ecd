"""Guides: families' brochures cut into sections, found by meaning, and quoted word for word."""

from knowledge.guides.search import FoundSection, GuideAnswer, GuideSearch
from knowledge.guides.sections import Section, cut

__all__ = ["FoundSection", "GuideAnswer", "GuideSearch", "Section", "cut"]
