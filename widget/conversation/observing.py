"""What the gateway tells who listens after each turn: what the turn was, once its answer is made."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from knowledge import Place, Understanding

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn, in memory alone.

    Of a crisis nothing is told but that there was one, and of what a parent leaves for an alliance nothing but that there was
    a turn: then there are no words, no understanding, no request, no needs and no place.

    Attributes:
        conversation: Its id; None for a search of the open data, which belongs to none.
        is_first: Whether it is the first of its conversation. What nobody could read, or was empty, begins none.
        language: The language of the reply: one of the ten, or `de-simple`.
        by: Who answered: rasa, search, crisis, gateway or failure; or api for a search of the open data.
        words: What the parent wrote, cleaned; "" for a button.
        understood: What the words say.
        request: What is asked for as far as is known: words of this turn or an earlier one, or the code of a button's need.
        place: Where, as far as is known; as exact as the parent said it, even a position: whoever keeps it makes it coarser.
        needs: What was searched for: need code -> probability, best first.
        alliance: Id of the alliance on whose page the conversation began.
        offerings: Ids of the offerings in the reply, in order.
        searched: Whether the turn was a search of its own; asking for more of the same results is none.
        answered: Whether the search found something that does what was asked and meets every wish; None where none was made.
        deletes: Whether the parent had the conversation deleted.
        channel: Where the parent writes.
    """

    conversation: str | None
    is_first: bool
    language: str
    by: str
    words: str = ""
    understood: Understanding | None = None
    request: str | None = None
    place: Place | None = None
    needs: Mapping[str, float] = field(default_factory=dict)
    alliance: str | None = None
    offerings: tuple[str, ...] = ()
    searched: bool = False
    answered: bool | None = None
    deletes: bool = False
    channel: str = "web"


Observer = Callable[[Turn], None]
"""Is told each turn before its answer leaves: it takes less than a millisecond, or works in a thread of its own."""


@dataclass(frozen=True, kw_only=True)
class Searched:
    """The outcome of a search, from whoever made it: what it was for, and whether something does that and meets every wish."""

    answered: bool
    needs: Mapping[str, float]


def tell(observers: Iterable[Observer], turn: Turn) -> None:
    """Tell all observers; one that fails costs neither the parent the answer nor the others the turn."""
    for observer in observers:
        try:
            observer(turn)
        except Exception as error:  # its text may quote the parent
            _log.error("an observer of turns failed: %s", type(error).__name__)
