"""Guides: families' brochures cut into sections, found by meaning, and quoted word for word."""

from knowledge.guides.search import FoundSection, GuideAnswer, GuideSearch

__all__ = ["FoundSection", "GuideAnswer", "GuideSearch"]
