"""A small knowledge base with a hand-written search, and a way to run an action as Rasa does."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action import LotseAction
from knowledge import Alliance, Answer, Match, Offering, Place, Query, Understanding
from knowledge.guides import FoundSection, GuideAnswer
from knowledge.taxonomy import Taxonomy
from knowledge.values import Reason

KOETHEN = {
    "name": "Köthen (Anhalt)", "latitude": 51.75, "longitude": 11.97, "kind": "town", "postal_code": "06366",
    "region": "Sachsen-Anhalt", "population": 25000,
}  # fmt: skip


@dataclass
class FakeStore:
    """Holds offerings and alliances in memory."""

    kept: list[Offering] = field(default_factory=list)
    known_alliances: list[Alliance] = field(default_factory=list)

    def offerings(self, ids: list[str]) -> list[Offering]:
        return [offering for wanted in ids for offering in self.kept if offering.id == wanted]

    def alliances(self) -> list[Alliance]:
        return self.known_alliances


@dataclass
class FakeKnowledge:
    """Finds all its offerings in order, and remembers what it was asked."""

    taxonomy: Taxonomy
    store: FakeStore = field(default_factory=FakeStore)
    needs: Mapping[str, float] = field(default_factory=dict)
    no_good_answer: bool = False
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    asked: list[Query] = field(default_factory=list)
    sections: tuple[FoundSection, ...] = ()

    def guides(
        self, text: str, *, language: str, near: Place | None, limit: int, least_similarity: float
    ) -> GuideAnswer:
        close = [found for found in self.sections if found.similarity >= least_similarity]
        mine = sorted(close, key=lambda found: found.section.guide.language != language)
        return GuideAnswer(sections=tuple(mine[:limit]), total=len(mine), no_good_answer=False)

    def search(self, query: Query) -> Answer:
        self.asked.append(query)
        matches = tuple(
            Match(offering=o, score=1.0, distance_km=2.0, reasons=self.reasons.get(o.id, ())) for o in self.store.kept
        )
        understood = Understanding(language="de", needs=self.needs)
        return Answer(
            understood=understood,
            matches=matches[: query.limit],
            total=len(matches),
            no_good_answer=self.no_good_answer,
        )


@dataclass
class Ran:
    """What an action said, and the slots it set."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @property
    def responses(self) -> list[str]:
        return [message["response"] for message in self.messages if message["response"]]

    @property
    def custom(self) -> dict[str, Any]:
        return next(message["custom"] for message in self.messages if message["custom"])

    @property
    def cards(self) -> list[str]:
        return [card["id"] for card in self.custom["offerings"]]

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def next_action(self) -> str | None:
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)


@pytest.fixture
def knowledge(taxonomy: Taxonomy, koethen: Alliance) -> FakeKnowledge:
    return FakeKnowledge(taxonomy, FakeStore(known_alliances=[koethen]))


@pytest.fixture
def run(knowledge: FakeKnowledge) -> Callable[..., Ran]:
    def run(
        kind: type[LotseAction],
        *,
        intent: str = "",
        text: str = "",
        entities: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        **slots: Any,
    ) -> Ran:
        told = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
        latest = {"text": text, "intent": {"name": intent}, "entities": told, "metadata": metadata}
        tracker = Tracker("c", slots, latest, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        events = asyncio.run(kind(knowledge).run(dispatcher, tracker, {}))  # type: ignore[arg-type]  # a fake
        return Ran(dispatcher.messages, events)

    return run


@pytest.fixture
def place() -> dict[str, Any]:
    return dict(KOETHEN)


@pytest.fixture
def koethen_place() -> Place:
    return Place(**KOETHEN)  # type: ignore[arg-type]  # as JSON has it
