"""What the gateway remembers of a conversation, so that its own search can go on where Rasa stopped, and Rasa where it did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge import UNRELATED, Place, Understanding, categories_of

_PLACE = TypeAdapter(Place)
# A message that tells no need this clearly narrows the last request rather than replacing it: "only free ones".
_CLEAR_NEED = 0.5
# With less, the first message tells of no need at all.
_TOLD_NEED = 0.3
_WISHES: Mapping[str, type] = {"service_language": str, "free": bool, "online": bool, "on": str, "until": str}


@dataclass(frozen=True, kw_only=True)
class Memory:
    """A conversation's memory, as stored and as docs/dialogue.md gives it.

    Attributes:
        request: The parent's words for what is needed, or a need's code from a button.
        place: Where.
        ages: The children's ages in years.
        shown: Ids of the offerings shown for this request.
        wishes: service_language, free, online, on, until.
        place_options: The places last offered to choose from.
        asked: What the gateway itself asked for and waits for: "place" or "need"; or "question" while Rasa asks for what a
            parent leaves for an alliance, which is no request to remember.
        by_gateway: Whether the gateway gave the last answer, so that Rasa has something to catch up with.
        alliance: The alliance on whose page the conversation began.
    """

    request: str | None = None
    place: Place | None = None
    ages: tuple[float, ...] = ()
    shown: tuple[str, ...] = ()
    wishes: Mapping[str, Any] = field(default_factory=dict)
    place_options: tuple[Place, ...] = ()
    asked: str | None = None
    by_gateway: bool = False
    alliance: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the memory as the store keeps it."""
        return asdict(self)


def read_memory(stored: Mapping[str, Any]) -> Memory:
    """Return a memory from JSON; what is not in its form is left out, as if it had never been said."""
    request, asked, alliance = (stored.get(key) for key in ("request", "asked", "alliance"))
    return Memory(
        request=request if isinstance(request, str) and request else None,
        place=_place(stored.get("place")),
        ages=tuple(float(age) for age in _listed(stored.get("ages")) if isinstance(age, int | float)),
        shown=tuple(shown for shown in _listed(stored.get("shown")) if isinstance(shown, str)),
        wishes=_wishes(stored.get("wishes")),
        place_options=tuple(place for option in _listed(stored.get("place_options")) if (place := _place(option))),
        asked=asked if asked in {"place", "need", "question"} else None,
        by_gateway=stored.get("by_gateway") is True,
        alliance=alliance if isinstance(alliance, str) else None,
    )


def recall(memory: Memory, understood: Understanding, words: str) -> Memory:
    """Return the memory with what a message adds to it: a new request begins anew and keeps place and children.

    Whatever changes the search lets it begin with the best again; words that change nothing ("others?") go on with the next.
    """
    new_request = asks_for_something(understood) and (
        _is_clear(understood) or (memory.request is None and _is_told(understood))
    )
    wishes = wishes_of(understood)
    changed = new_request or understood.where.place or understood.ages or wishes
    return replace(
        memory,
        request=words if new_request else memory.request,
        place=understood.where.place or memory.place,
        place_options=understood.where.options,
        ages=understood.ages or memory.ages,
        shown=() if changed else memory.shown,
        wishes=wishes if new_request else {**memory.wishes, **wishes},
        asked=None,
    )


def asks_for_something(understood: Understanding) -> bool:
    """Return False when nothing is left of a message but a place, an age, or filler words."""
    return bool(understood.residue)


def wishes_of(understood: Understanding) -> dict[str, Any]:
    """Return the wishes that a message voices, JSON-ready."""
    voiced = {
        "service_language": understood.service_language,
        "free": understood.free,
        "online": understood.online,
        "on": understood.on,
        "until": understood.until,
    }
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in voiced.items()
        if value is not None
    }


def _is_clear(understood: Understanding) -> bool:
    return max(understood.needs.values(), default=0.0) >= _CLEAR_NEED


def _is_told(understood: Understanding) -> bool:
    """Return whether some service is asked for, and not the weather; without any understanding the words are taken as they are."""
    if not understood.needs:
        return True
    likeliest = max(categories_of(understood.needs).values(), default=0.0)
    return likeliest >= max(_TOLD_NEED, understood.needs.get(UNRELATED, 0.0))


def _place(value: Any) -> Place | None:
    try:
        return _PLACE.validate_python(value)
    except ValidationError:
        return None


def _wishes(value: Any) -> dict[str, Any]:
    wishes = value if isinstance(value, dict) else {}
    return {name: wishes[name] for name, form in _WISHES.items() if isinstance(wishes.get(name), form)}


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
