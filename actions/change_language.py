"""Topic change_language: confirm the language, and show the last offerings in it."""

from rasa_sdk import Tracker

from actions.action import Events, LotseAction
from actions.conversation import Conversation, intent_of, told
from actions.replies import Replies
from knowledge import SIMPLE_GERMAN


class ActionChangeLanguage(LotseAction):
    """Answers in the language that was asked for; the NLU has put it into its slot."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_change_language"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Confirm the language and show the last offerings once more, or ask which language is wanted."""
        if intent_of(tracker) == "simple_language":
            reply.say("utter_language_changed" if known.language == SIMPLE_GERMAN else "utter_simple_language")
        elif told(tracker, "language_named"):
            reply.say("utter_language_changed")
        else:
            reply.say("utter_which_language")
            return []
        self._show_again(reply, known, amid_form=bool(tracker.active_loop))
        if known.request is None and not tracker.active_loop:
            reply.ask_request()
        return []

    def _show_again(self, reply: Replies, known: Conversation, *, amid_form: bool) -> None:
        matches = []
        if known.request and known.results and not amid_form:
            answer = self.knowledge.search(known.query(self.knowledge.taxonomy, limit=2 * len(known.shown)))
            matches = [match for match in answer.matches if match.offering.id in known.results]
        changed = {"language": known.language, "memory": known.memory(shown=known.shown)}
        reply.show(matches, **changed)
