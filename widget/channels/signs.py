"""Signs of life: the user sees that an event was noticed, and that an answer is coming where it takes a moment."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from widget.channels.channel import Channel, Incoming

# A quick answer needs no sign that it is coming.
_TYPING_AFTER_S = 0.7
# A platform that hangs must not gather them.
_AT_ONCE = 50


class Signs:
    """Gives them in threads of their own, so that nothing waits for them."""

    def __init__(self) -> None:
        self._others = ThreadPoolExecutor(2, thread_name_prefix="channel signs")
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    @contextmanager
    def of(self, channel: Channel, incoming: Incoming) -> Iterator[None]:
        """Give the signs while an answer is made."""
        if incoming.handle:
            self._give(channel.acknowledge, incoming)
        typing = threading.Timer(_TYPING_AFTER_S, self._give, [channel.show_typing, incoming])
        typing.daemon = True
        typing.start()
        try:
            yield
        finally:
            typing.cancel()

    def _give(self, sign: Callable[[Incoming], None], incoming: Incoming) -> None:
        if self._room.acquire(blocking=False):
            self._others.submit(sign, incoming).add_done_callback(lambda _: self._room.release())
