"""The present snapshot for a searching process: loaded once, and again whenever another one was switched to."""

import threading
from pathlib import Path

from knowledge.errors import IndexMissingError
from knowledge.index.snapshot import FILES, Snapshot, current_folder
from knowledge.index.vectors import VectorStorage


class Library:
    """Hands out the present snapshot. Searches go on with the old one while a new one is loaded."""

    def __init__(self, index_dir: Path, storage: VectorStorage = FILES) -> None:
        self._index_dir = index_dir
        self._storage = storage
        self._folder: Path | None = None
        self._snapshot: Snapshot | None = None
        self._loading = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Return the present snapshot.

        Raises:
            IndexMissingError: There is none, and none was ever loaded.
        """
        try:
            folder = current_folder(self._index_dir)
        except IndexMissingError:
            if self._snapshot is None:
                raise
            return self._snapshot
        if folder != self._folder and (self._loading.acquire(blocking=self._snapshot is None)):
            try:
                if folder != self._folder:
                    self._load(folder)
            finally:
                self._loading.release()
        if self._snapshot is None:
            raise IndexMissingError("no index yet; build it with `lotse index`")
        return self._snapshot

    def _load(self, folder: Path) -> None:
        try:
            self._snapshot = Snapshot.load(folder, self._storage)
        except IndexMissingError:
            if self._snapshot is None:
                raise
        self._folder = folder
