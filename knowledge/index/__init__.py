"""The index: made from the store, disposable, switched atomically, read by every searching process."""

from knowledge.index.building import build_index
from knowledge.index.library import Library, open_library
from knowledge.index.snapshot import Snapshot
from knowledge.index.text_index import TextIndex

__all__ = ["Library", "Snapshot", "TextIndex", "build_index", "open_library"]
