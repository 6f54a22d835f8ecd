"""Topic talk_to_person: the people of the alliance where the parent lives."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.action import Events, LotseAction
from actions.contacts import name_contact
from actions.conversation import Conversation, intent_of
from actions.find_services import ask_place
from actions.replies import Replies


class ActionTalkToPerson(LotseAction):
    """Names the people who help at the parent's place, and asks for the place first where it is not known."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_talk_to_person"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Name a contact, or ask for the place; a question that waited for the place goes on instead."""
        leaves_question = intent_of(tracker) == "give_place" and tracker.get_slot("question_wanted")
        if not known.says_where:
            ask_place(reply, tracker, otherwise="utter_contact_ask_place")
            return [SlotSet("contact_wanted", True), SlotSet("question_wanted", leaves_question or None)]
        if leaves_question:
            return [SlotSet("question_wanted", None), FollowupAction("leave_question_form")]
        name_contact(reply, self.knowledge, known)
        return []
