"""What is known of a conversation: read from Rasa's slots, turned into a query, and handed to the gateway as memory."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError
from rasa_sdk import Tracker

from knowledge import Place, Query
from knowledge.taxonomy import Taxonomy, broader

_PLACE = TypeAdapter(Place)
_WISHES = ("service_language", "free", "online")


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """The slots of one conversation.

    Attributes:
        language: The language to answer in, one of the ten or `de-simple`.
        request: The parent's words for what is needed, or a need's code from a button.
        refinement: What narrows the request.
        wishes: `service_language`, `free`, `online`; only those voiced.
        shown: Ids of all offerings shown for this request.
        results: Ids of the offerings in the last reply, in order.
        offering: Id of the offering asked about last.
        home: Id of the alliance on whose page the conversation began.
    """

    language: str = "de"
    request: str | None = None
    refinement: str | None = None
    place: Place | None = None
    ages: tuple[float, ...] = ()
    wishes: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    offering: str | None = None
    home: str | None = None

    @property
    def says_where(self) -> bool:
        """Whether it is known which alliance is near: by the place, by what was found, or by the page."""
        return self.place is not None or bool(self.results) or self.home is not None

    def query(self, taxonomy: Taxonomy, *, limit: int) -> Query:
        """Return the question to the search; without a place, it is about what is online."""
        code = self.request if self.request in taxonomy.concepts else None
        wishes = dict(self.wishes)
        if self.place is None:
            wishes["online"] = True
        return Query(
            text=self.wording(taxonomy, "de"),
            language=self.language,
            near=self.place,
            ages=self.ages,
            categories=(broader(code),) if code else (),
            limit=limit,
            **wishes,
        )

    def wording(self, taxonomy: Taxonomy, language: str) -> str:
        """Return what is asked for: the parent's words, or the name of the need on a button, and what narrows it."""
        words = self.request
        if words is not None and words in taxonomy.concepts:
            words = taxonomy.label(words, language)
        return ". ".join(part for part in (words, self.refinement) if part)

    def memory(self, *, shown: tuple[str, ...]) -> dict[str, Any]:
        """Return what the gateway keeps, so that its own search can go on (docs/dialogue.md)."""
        return {
            "request": ". ".join(part for part in (self.request, self.refinement) if part) or None,
            "place": asdict(self.place) if self.place else None,
            "ages": list(self.ages),
            "shown": list(shown),
            "wishes": dict(self.wishes),
        }


def read_conversation(tracker: Tracker) -> Conversation:
    """Return what a tracker's slots hold; a value that is not in its form counts as not told."""
    slot = tracker.get_slot
    wishes = {name: slot(name) for name in _WISHES}
    return Conversation(
        language=slot("language") or "de",
        request=slot("request"),
        refinement=slot("refinement"),
        place=read_place(slot("place")),
        ages=tuple(float(age) for age in slot("ages") or ()),
        wishes={name: value for name, value in wishes.items() if value is not None},
        shown=tuple(slot("shown") or ()),
        results=tuple(slot("results") or ()),
        offering=slot("offering"),
        home=((tracker.latest_message or {}).get("metadata") or {}).get("context", {}).get("alliance"),
    )


def read_place(value: object) -> Place | None:
    """Return a place from a slot or entity, None where it has another form."""
    try:
        return _PLACE.validate_python(value)
    except ValidationError:
        return None


def told(tracker: Tracker, entity: str) -> Any:
    """Return what the latest message itself tells under an entity's name, or None."""
    values: Iterator[Any] = tracker.get_latest_entity_values(entity)
    return next(values, None)


def intent_of(tracker: Tracker) -> str:
    """Return the intent of the latest message."""
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")
