"""Keeps the messages of one conversation in the order in which they came; other conversations do not wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST_WAIT_S = 10.0


class ConversationBusyError(Exception):
    """The messages before this one in its conversation have not been answered in time."""


class Turns:
    """One turn at a time for each conversation, first come, first served, within this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._last: dict[str, threading.Event] = {}

    @contextmanager
    def of(self, conversation: str) -> Iterator[None]:
        """Hold the conversation's turn.

        Raises:
            ConversationBusyError: Its turn did not come in time.
        """
        mine = threading.Event()
        with self._guard:
            before = self._last.get(conversation)
            self._last[conversation] = mine
        try:
            if before is not None and not before.wait(_LONGEST_WAIT_S):
                raise ConversationBusyError("earlier messages of this conversation are still being answered")
            yield
        finally:
            mine.set()
            with self._guard:
                if self._last.get(conversation) is mine:
                    del self._last[conversation]
