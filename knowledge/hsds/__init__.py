"""Offerings and alliances in the words of Open Referral's Human Services Data Specification (HSDS) 3.1, for other directories."""

from knowledge.hsds.directory import Directory
from knowledge.hsds.document import VERSION, document
from knowledge.hsds.ids import hsds_id
from knowledge.hsds.locations import is_somewhere, service_at_location
from knowledge.hsds.organizations import organization, organization_id, organizations
from knowledge.hsds.plain import one_to_one
from knowledge.hsds.services import service
from knowledge.hsds.terms import TAXONOMY_ID, taxonomies, taxonomy_term, taxonomy_terms

__all__ = [
    "TAXONOMY_ID", "VERSION", "Directory", "document", "hsds_id", "is_somewhere", "one_to_one", "organization",
    "organization_id", "organizations", "service", "service_at_location", "taxonomies", "taxonomy_term", "taxonomy_terms",
]  # fmt: skip
