"""The index: made from the store, disposable, switched atomically, read by every searching process."""

from knowledge.index.building import Makers, build_index
from knowledge.index.library import Library
from knowledge.index.pgvector import PassageTable
from knowledge.index.snapshot import FILES, Snapshot
from knowledge.index.text_index import TextIndex
from knowledge.index.trial import with_edit
from knowledge.index.vectors import VectorStorage

__all__ = [
    "FILES", "Library", "Makers", "PassageTable", "Snapshot", "TextIndex", "VectorStorage", "build_index", "with_edit",
]  # fmt: skip
