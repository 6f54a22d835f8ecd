"""The taxonomy of needs: what families ask for, with names in ten languages. Its files stand beside this module."""

from knowledge.taxonomy.concepts import UNRELATED, Concept, Taxonomy, broader, load_taxonomy, typical_ages

__all__ = ["UNRELATED", "Concept", "Taxonomy", "broader", "load_taxonomy", "typical_ages"]
