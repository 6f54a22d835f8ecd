"""Topic small_talk: the one subject of it that does something."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import read_conversation
from actions.replies import say


class ActionDeleteConversation(Action):
    """Forgets the conversation and tells the gateway to delete it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_delete_conversation"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter that it is deleted."""
        language = read_conversation(tracker).language
        say(dispatcher, "utter_conversation_deleted", language=language)
        dispatcher.utter_message(json_message={"delete_conversation": True, "memory": {}})
        return [AllSlotsReset(), SlotSet("language", language)]
