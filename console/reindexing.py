"""Lets the index follow the store in the background: an edit is answered at once and found a moment later."""

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)
_AGAIN_S = 30.0


class Reindexing:
    """Builds the index once for all edits that came meanwhile; tries again where it failed."""

    def __init__(self, build: Callable[[], object]) -> None:
        self._build = build
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def soon(self) -> None:
        """Have the index built from what the store holds now; returns at once."""
        self._wanted.set()
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._follow, name="reindex", daemon=True)
                self._thread.start()

    def _follow(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                self._build()
            except Exception as error:
                _log.warning("the index was not built: %s; trying again later", type(error).__name__)
                threading.Timer(_AGAIN_S, self._wanted.set).start()
