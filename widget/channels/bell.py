"""Wakes those who wait for work, so that they need not look all the time."""

import threading


class Bell:
    """Rung by whoever brings work; every one who waits hears it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rung = 0

    def ring(self) -> None:
        """Wake all who wait."""
        with self._changed:
            self._rung += 1
            self._changed.notify_all()

    def rung(self) -> int:
        """Return how often it has rung; to be asked before looking for work."""
        return self._rung

    def wait(self, rung: int, *, timeout_s: float) -> None:
        """Wait until it has rung more often than `rung`, or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._rung > rung, timeout_s)
