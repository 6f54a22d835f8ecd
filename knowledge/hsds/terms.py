"""Our categories and finer needs as one taxonomy with its terms."""

from knowledge.hsds.ids import hsds_id
from knowledge.hsds.plain import Entity, stated
from knowledge.hsds.words import words
from knowledge.taxonomy import Taxonomy

TAXONOMY_ID = hsds_id("taxonomy", "needs")


def taxonomies() -> list[Entity]:
    """Return the one taxonomy."""
    said = words()
    return [{"id": TAXONOMY_ID, "name": said["taxonomy_name"], "description": said["taxonomy_description"]}]


def taxonomy_terms(taxonomy: Taxonomy) -> list[Entity]:
    """Return all terms, categories before their finer needs."""
    return [taxonomy_term(code, taxonomy) for code in taxonomy.concepts]


def taxonomy_term(code: str, taxonomy: Taxonomy) -> Entity:
    """Return the term of a code; one that an offering has and the taxonomy does not stands for itself."""
    concept = taxonomy.concepts.get(code)
    return stated(
        id=hsds_id("taxonomy_term", code),
        code=code,
        name=taxonomy.label(code, "de"),
        description=concept.note if concept else code,
        parent_id=hsds_id("taxonomy_term", concept.broader) if concept and concept.broader else None,
        taxonomy=words()["taxonomy_name"],
        taxonomy_id=TAXONOMY_ID,
        language="de",
    )
