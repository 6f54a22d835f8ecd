"""Brings lists that people have into the store: every row is checked, every fault is named, and nothing is half imported."""

from knowledge.importing.importer import ImportReport, import_files
from knowledge.importing.mapping import Mapping, load_mapping
from knowledge.importing.rows import RowError

__all__ = ["ImportReport", "Mapping", "RowError", "import_files", "load_mapping"]
