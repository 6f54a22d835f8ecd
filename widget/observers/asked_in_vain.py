"""Records questions without a good answer: redacted, by need, town and language. It listens to the gateway's turns."""

import logging
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge import UNRELATED, Knowledge, Place, categories_of, written_language
from knowledge.redaction import redacted
from knowledge.store import AskedInVain
from widget.conversation.contact import alliance_for
from widget.conversation.observing import Turn

_log = logging.getLogger(__name__)
_MOST_WAITING = 500
# From this probability on a finer need is what is asked for, and a category.
_CLEAR_NEED = 0.4
_CLEAR_CATEGORY = 0.3
_UNRELATED = 0.5
_OWN_ANSWERS = frozenset({"rasa", "search", "api"})


@dataclass(frozen=True)
class InVainRecorder:
    """An observer of turns; it writes in a thread of its own, begun with the first question.

    Where more wait than can be written, the latest are lost: they are counts, and parents come first.
    """

    knowledge: Knowledge
    _waiting: queue.Queue[Turn] = field(default_factory=lambda: queue.Queue(_MOST_WAITING))
    _begun: threading.Event = field(default_factory=threading.Event)
    _beginning: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, turn: Turn) -> None:
        """Take a turn that ended without a good answer; others are none of ours."""
        if not is_in_vain(turn):
            return
        self._begin()
        try:
            self._waiting.put_nowait(turn)
        except queue.Full:
            _log.warning("a question without a good answer was not counted: too many at once")

    def wait(self) -> None:
        """Return when all that was taken is written."""
        self._waiting.join()

    def _begin(self) -> None:
        with self._beginning:
            if not self._begun.is_set():
                self._begun.set()
                threading.Thread(target=self._work, name="asked in vain", daemon=True).start()

    def _work(self) -> None:
        while True:
            turn = self._waiting.get()
            try:
                record(self.knowledge, turn)
            except Exception as error:  # its text may quote the parent
                _log.warning("a question without a good answer was not counted: %s", type(error).__name__)
            finally:
                self._waiting.task_done()


def is_in_vain(turn: Turn) -> bool:
    """Return whether a turn was a question without a good answer.

    That is a search that found nothing good; or words that name a place, and something that nobody understood.
    """
    if turn.by not in _OWN_ANSWERS or turn.deletes:
        return False
    if turn.searched:
        return turn.answered is False
    said = turn.understood
    if said is None or not turn.words or turn.request is not None or turn.offerings:
        return False
    return said.where.place is not None and bool(said.residue) and need_of(said.needs) is None


def record(knowledge: Knowledge, turn: Turn) -> None:
    """Store what may be kept of a question."""
    towns = knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
    place = town_of(knowledge, turn.place, towns)
    near = turn.place and alliance_for(knowledge, turn.place, within_km=knowledge.settings.radius_km)
    alliance = near or turn.alliance
    needs = turn.needs or (turn.understood.needs if turn.understood else {})
    is_button = turn.request in knowledge.taxonomy.concepts
    alliances = {one.id for one in knowledge.store.alliances()}
    knowledge.in_vain.record(
        AskedInVain(
            language=turn.language,
            need=turn.request if is_button else need_of(needs),
            place=place.name if place else None,
            latitude=round(place.latitude, 2) if place else None,
            longitude=round(place.longitude, 2) if place else None,
            alliance=alliance if alliance in alliances else None,
            text=None if is_button else _words(knowledge, turn),
        ),
        conversation=turn.conversation,
    )


def need_of(needs: Mapping[str, float]) -> str | None:
    """Return the need that is clearly asked for, else its category, else None."""
    if needs.get(UNRELATED, 0.0) > _UNRELATED:
        return None
    need = max((one for one in needs if one != UNRELATED), key=lambda one: needs[one], default=None)
    if need is not None and needs[need] >= _CLEAR_NEED:
        return need
    category, p = next(iter(categories_of(needs).items()), ("", 0.0))
    return category if p >= _CLEAR_CATEGORY else None


def town_of(knowledge: Knowledge, place: Place | None, home: tuple[Place, ...]) -> Place | None:
    """Return the town that a place is in: a postal code or a position on the map tells too much; None where it is unknown."""
    if place is None or place.kind in {"town", "district"}:
        return place
    found = knowledge.places.resolve(place.name, home=(place, *home)).place
    return found if found is not None and found.kind in {"town", "district"} else None


def _words(knowledge: Knowledge, turn: Turn) -> str | None:
    """Return the words that ask for something, redacted: those of an earlier turn where this one only names the place."""
    words = turn.request if turn.searched else turn.words
    if not words or turn.conversation is None:
        return None
    language = knowledge.identifier.identify(words, default=written_language(turn.language))
    said = knowledge.places.read(words, language=language)
    return redacted(words, language=language, place=said.written)
