"""Topic small_talk: the one subject of it that does something."""

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet

from actions.action import Events, LotseAction
from actions.conversation import Conversation
from actions.replies import Replies


class ActionDeleteConversation(LotseAction):
    """Forgets the conversation with the questions left in it, and tells the gateway to delete it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_delete_conversation"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Delete, and say so."""
        self.knowledge.questions.delete_of(tracker.sender_id)
        reply.say("utter_conversation_deleted")
        reply.show([], memory={}, delete_conversation=True)
        return [AllSlotsReset(), SlotSet("language", known.language)]
