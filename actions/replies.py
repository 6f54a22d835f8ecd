"""How actions speak: responses of the domain with values filled in, and cards for the gateway to show."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from knowledge import RIGHT_TO_LEFT, Match, Place, card
from knowledge.taxonomy import Taxonomy

# What families ask for most, as buttons.
_OFTEN_NEEDED = (
    "daycare", "after_school_care", "holiday_care", "family_counselling", "language_course", "financial_help",
)  # fmt: skip
# First-strong isolate: a value reads in its own direction, whatever stands around it.
_ISOLATE, _END = "\u2068", "\u2069"


@dataclass(frozen=True)
class Replies:
    """What one action says, in the conversation's language."""

    dispatcher: CollectingDispatcher
    language: str
    taxonomy: Taxonomy

    def say(self, response: str, **values: str) -> None:
        """Utter a response of the domain. In right-to-left text, values keep their own direction."""
        if self.language in RIGHT_TO_LEFT:
            values = {name: f"{_ISOLATE}{value}{_END}" for name, value in values.items()}
        self.dispatcher.utter_message(response=response, **values)

    def show(self, matches: Sequence[Match], **more: Any) -> None:
        """Hand cards to the gateway, with whatever else it is to know (`memory`, `language`)."""
        cards = [card(match, language=self.language, taxonomy=self.taxonomy) for match in matches]
        self.dispatcher.utter_message(json_message={"offerings": cards, **more})

    def ask_which_place(self, options: Iterable[Place]) -> None:
        """Ask which of several places of one name is meant."""
        buttons = [
            {"title": _told_apart(place), "payload": _payload("give_place", place=place.position)} for place in options
        ]
        self.dispatcher.utter_message(response="utter_which_place", buttons=buttons)

    def ask_which_offering(self, cards: Iterable[Mapping[str, Any]]) -> None:
        """Ask which of the offerings shown is meant."""
        buttons = [{"title": card["title"], "payload": _payload("ask_details", offering=card["id"])} for card in cards]
        self.dispatcher.utter_message(response="utter_which_offering", buttons=buttons)

    def ask_request(self) -> None:
        """Ask what is needed, with buttons for what families ask for most."""
        buttons = [
            {"title": self.taxonomy.label(code, self.language), "payload": _payload("find_services", request=code)}
            for code in _OFTEN_NEEDED
            if code in self.taxonomy.concepts
        ]
        self.dispatcher.utter_message(response="utter_ask_request", buttons=buttons)


def _told_apart(place: Place) -> str:
    return f"{place.label}, {place.region}" if place.region else place.label


def _payload(intent: str, **entities: object) -> str:
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}"
