"""Topic change_language: confirm the language, and show the last offerings in it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, intent_of, read_conversation, told
from actions.replies import say, show
from knowledge import SIMPLE_GERMAN, Knowledge


class ActionChangeLanguage(Action):
    """Answers in the language that was asked for; the NLU has put it into its slot."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_change_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the confirmation, or which languages there are; then the offerings of the last reply once more."""
        known = read_conversation(tracker)
        if intent_of(tracker) == "simple_language":
            simple = known.language == SIMPLE_GERMAN
            say(dispatcher, "utter_language_changed" if simple else "utter_simple_language", language=known.language)
        elif told(tracker, "language_named"):
            say(dispatcher, "utter_language_changed", language=known.language)
        else:
            say(dispatcher, "utter_which_language", language=known.language)
            return []
        self._show_again(dispatcher, known)
        return []

    def _show_again(self, dispatcher: CollectingDispatcher, known: Conversation) -> None:
        matches = []
        if known.request and known.results:
            answer = self._knowledge.search(known.query(self._knowledge.taxonomy, limit=2 * len(known.shown)))
            matches = [match for match in answer.matches if match.offering.id in known.results]
        show(
            dispatcher, matches, language=known.language, taxonomy=self._knowledge.taxonomy,
            memory=known.memory(shown=known.shown), **{"language": known.language},
        )  # fmt: skip
