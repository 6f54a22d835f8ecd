"""What all actions have in common: the knowledge base, and one way to be called."""

from abc import abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, read_conversation
from actions.replies import Replies
from knowledge import Knowledge

Events = list[dict[str, Any]]


class LotseAction(Action):  # type: ignore[misc]  # the SDK has no types
    """An action over the knowledge base; its `name` is the one in the domain."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:  # noqa: ARG002  # the SDK's signature
        """Return the events of one turn; called by the SDK."""
        known = read_conversation(tracker)
        reply = Replies(dispatcher, known.language, self.knowledge.taxonomy)
        return self.answer(reply, known, tracker)

    @abstractmethod
    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Say something and return what changes in the slots."""
