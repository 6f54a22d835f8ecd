"""The index: made from the store, disposable, switched atomically, read by every searching process."""

from knowledge.index.building import build_index
from knowledge.index.library import Library, open_library
from knowledge.index.snapshot import Snapshot

__all__ = ["Library", "Snapshot", "build_index", "open_library"]
