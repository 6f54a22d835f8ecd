"""Topic talk_to_person: the people of the alliance where the parent lives."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contacts import name_contact
from actions.conversation import read_conversation
from actions.find_services import ask_place
from knowledge import Knowledge


class ActionTalkToPerson(Action):
    """Names the people who help at the parent's place, and asks for the place first where it is not known."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_talk_to_person"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter a contact, or the question for the place."""
        known = read_conversation(tracker)
        if known.place is None and not known.results:
            ask_place(dispatcher, tracker, otherwise="utter_contact_ask_place")
            return [SlotSet("contact_wanted", True)]
        name_contact(dispatcher, self._knowledge, known)
        return [SlotSet("contact_wanted", None)]
