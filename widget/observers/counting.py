"""Counts what happens, for the figures that coordinators look at: no words, no conversation, no person."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from knowledge import UNRELATED, Figure, FigureKind, Knowledge, Place, categories_of
from knowledge.german_time import GERMANY
from widget.conversation.contact import alliance_for
from widget.conversation.observing import Turn

CHANNELS = ("web", "telegram", "whatsapp", "twilio", "messenger")
# The hours at which the parts of a day begin; the last is its end.
HOURS = (0, 6, 9, 12, 15, 18, 21, 24)
TIMES = tuple(f"{first:02}-{after:02}" for first, after in pairwise(HOURS))
# A parent farther away from every alliance is none's.
_FARTHEST_KM = 50.0
# With less, nobody can say what was searched for.
_TOLD_NEED = 0.3
# The database may be away for an hour of a busy day.
_MOST_WAITING = 50_000


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What is counted of one turn: when, whose page and where, and its values."""

    at: datetime
    alliance: str | None
    place: Place | None
    values: tuple[tuple[FigureKind, str], ...]


def _now() -> datetime:
    return datetime.now(GERMANY)


@dataclass
class Counting:
    """An observer of turns that notes them in memory; `write` adds them to the counters. A kill loses what was not written."""

    knowledge: Knowledge
    now: Callable[[], datetime] = _now
    _waiting: deque[Noted] = field(default_factory=lambda: deque(maxlen=_MOST_WAITING))
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, turn: Turn) -> None:
        """Note a turn."""
        at = self.now()
        values = tuple(_values(turn, at))
        if values:
            self._waiting.append(Noted(at=at, alliance=turn.alliance, place=turn.place, values=values))

    def write(self) -> None:
        """Add what was noted to the counters in the store; what cannot be written waits for the next time."""
        with self._writing:
            noted = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not noted:
                return
            try:
                self.knowledge.figures.add(self._counted(noted))
            except BaseException:
                self._waiting.extendleft(reversed(noted))
                raise

    def _counted(self, noted: Sequence[Noted]) -> Counter[Figure]:
        alliances = {one.id for one in self.knowledge.store.alliances()}
        counts: Counter[Figure] = Counter()
        for one in noted:
            code = self.knowledge.places.code_of(one.place) if one.place else None
            place = replace(one.place, postal_code=code) if one.place else None
            # The page's alliance comes from outside; only those that there are may have counters.
            alliance = one.alliance if one.alliance in alliances else self._alliance_of(place)
            day = one.at.date()
            counts.update(Figure(day, alliance, kind, value) for kind, value in one.values)
            if code and any(kind == "search" for kind, _ in one.values):
                counts[Figure(day, alliance, "region", code[:2])] += 1
        return counts

    def _alliance_of(self, place: Place | None) -> str | None:
        return alliance_for(self.knowledge, place, within_km=_FARTHEST_KM) if place else None


def _values(turn: Turn, at: datetime) -> Iterator[tuple[FigureKind, str]]:
    if turn.is_first:
        time = next(name for name, after in zip(TIMES, HOURS[1:], strict=True) if at.hour < after)
        yield "conversation", ""
        yield "language", turn.language
        yield "channel", turn.channel
        yield "time", time
        yield "weekday", str(at.weekday())
    if turn.searched:
        yield "search", "answered" if turn.answered else "unanswered"
        if need := _need(turn):
            yield "need", need
    # A search of the open data lists offerings for another program, which nobody may have looked at.
    if turn.conversation is not None:
        yield from (("offering", offering) for offering in dict.fromkeys(turn.offerings))


def _need(turn: Turn) -> str | None:
    """Return the likeliest category, where it is likelier than none."""
    need, probability = next(iter(categories_of(turn.needs).items()), ("", 0.0))
    return need if probability >= max(_TOLD_NEED, turn.needs.get(UNRELATED, 0.0)) else None
