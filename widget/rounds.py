"""Work that comes round again and again while the server runs, each kind in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Round:
    """One kind of work.

    Attributes:
        work: Returns False where something is left that should be tried again soon; it may raise.
        every_s: Pause between two rounds, in seconds.
        again_s: Pause after a round that failed or left something, in seconds.
    """

    name: str
    work: Callable[[], bool | None]
    every_s: float
    again_s: float


def begin_rounds(rounds: Iterable[Round]) -> None:
    """Start them all; returns at once. They end with the process."""
    for one in rounds:
        threading.Thread(target=_go, args=(one,), name=one.name, daemon=True).start()


def _go(one: Round) -> None:
    while True:
        time.sleep(one.every_s if once(one) else one.again_s)


def once(one: Round) -> bool:
    """Do the work one time, and return whether it is done for now."""
    try:
        return one.work() is not False
    except Exception as error:
        # Never the error's text: it may quote a mail or a parent.
        _log.warning("%s failed: %s; trying again in %.0f s", one.name, type(error).__name__, one.again_s)
        return False
