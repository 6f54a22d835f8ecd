"""Topic talk_to_person: a question for the alliance's people, with consent first, then the question, then where to answer."""

from datetime import timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.action import Events, LotseAction
from actions.contact_details import read_contact
from actions.contacts import alliance_for, name_contact
from actions.conversation import Conversation
from actions.find_services import ask_place
from actions.replies import Replies
from knowledge import Knowledge
from knowledge.wording import counted

_LONGEST_QUESTION = 2000
_TRIES = 3
# More would be a flood in a coordinator's inbox; who has more to ask is named the people.
_MOST_IN_A_CONVERSATION = 3
_A_DAY = timedelta(days=1)
_FORGOTTEN = ("consent", "question", "contact", "contact_tries")


class ActionAskConsent(LotseAction):
    """Says what is stored, who gets it and for how long, and asks whether that is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_consent"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Put the question; where no alliance would get it, or enough were left, the form ends and `ActionLeaveQuestion` says why."""
        alliance = alliance_for(self.knowledge, known)
        if alliance is None or left_enough(self.knowledge, tracker):
            return [SlotSet("requested_slot", None)]
        days = counted(known.language, "days", self.knowledge.settings.retention_days)
        reply.say("utter_ask_consent", alliance=alliance.name, days=days)
        _keep_place(reply, known, open_form=True)
        return [SlotSet("contact_tries", None)]


class ActionAskQuestion(LotseAction):
    """Asks for the question, and offers the last request as one."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_question"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:  # noqa: ARG002
        """Put the question."""
        last = known.wording(self.knowledge.taxonomy, known.language)
        if last:
            reply.say("utter_ask_question_or_last", request=last)
        else:
            reply.say("utter_ask_question")
        _keep_place(reply, known, open_form=True)
        return []


class ActionAskContact(LotseAction):
    """Asks where the answer is to go."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_contact"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:  # noqa: ARG002
        """Put the question."""
        reply.say("utter_ask_contact")
        _keep_place(reply, known, open_form=True, contact_asked=True)
        return []


class ValidateLeaveQuestionForm(LotseAction):
    """Looks at what was told to the form; what is right already stays as it is."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_leave_question_form"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Note to whom was consented, put in the last request, cut the question, and read the contact.

        A slot is True for a yes, and False where the message was no answer (`bot.question_form`).
        """
        events: Events = []
        consent, question, contact = (tracker.get_slot(name) for name in ("consent", "question", "contact"))
        if isinstance(consent, bool):
            alliance = alliance_for(self.knowledge, known) if consent else None
            events.append(SlotSet("consent", alliance.id if alliance else None))
        if isinstance(question, bool):
            question = (known.wording(self.knowledge.taxonomy, known.language) or None) if question else None
            events.append(SlotSet("question", question))
        if question and len(question) > _LONGEST_QUESTION:
            reply.say("utter_question_cut")
            events.append(SlotSet("question", question[:_LONGEST_QUESTION]))
        if contact is False:
            events.append(SlotSet("contact", None))
        return events if not contact else [*events, *_checked(reply, contact, tracker)]


class ActionLeaveQuestion(LotseAction):
    """Ends the form: stores a complete question, else names the people to ask directly."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_leave_question"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Store the question and say who answers; or ask for the place, without which nobody would."""
        alliance, question, contact = (tracker.get_slot(name) for name in ("consent", "question", "contact"))
        events: Events = [SlotSet(name, None) for name in _FORGOTTEN]
        enough = left_enough(self.knowledge, tracker)
        stored = bool(alliance and question and contact and not enough)
        if stored:
            self._store(reply, known, tracker.sender_id, alliance=alliance, question=question, contact=contact)
        elif not known.says_where:
            ask_place(reply, tracker, otherwise="utter_contact_ask_place")
            events += [SlotSet("contact_wanted", True), SlotSet("question_wanted", True)]
        else:
            if alliance_for(self.knowledge, known) is not None:
                reply.say("utter_enough_questions" if enough else "utter_question_not_left")
            name_contact(reply, self.knowledge, known)
        _keep_place(reply, known, open_form=False, question_left=stored)
        return events

    def _store(
        self, reply: Replies, known: Conversation, conversation: str, *, alliance: str, question: str, contact: str
    ) -> None:
        days = self.knowledge.settings.retention_days
        left = self.knowledge.questions.leave(
            alliance=alliance, conversation=conversation, language=known.language, text=question, contact=contact,
            keep_for=timedelta(days=days),
        )  # fmt: skip
        name = next(one.name for one in self.knowledge.store.alliances() if one.id == alliance)
        reply.say(
            "utter_question_left",
            number=str(left.id),
            alliance=name,
            contact=contact,
            days=counted(known.language, "days", days),
        )


def left_enough(knowledge: Knowledge, tracker: Tracker) -> bool:
    """Return whether no other question is taken today: enough came from the conversation, or from its sender's address.

    Of the address the gateway tells (docs/dialogue.md).
    """
    context = ((tracker.latest_message or {}).get("metadata") or {}).get("context") or {}
    if context.get("may_leave_question") is False:
        return True
    return knowledge.questions.left_in(tracker.sender_id, within=_A_DAY) >= _MOST_IN_A_CONVERSATION


def _checked(reply: Replies, contact: str, tracker: Tracker) -> Events:
    """Return the contact as it is stored; else say what is wrong with it, and after some tries end the form."""
    found = read_contact(contact)
    if found is not None:
        return [] if found == contact else [SlotSet("contact", found)]
    tries = int(tracker.get_slot("contact_tries") or 0) + 1
    refused: Events = [SlotSet("contact", None), SlotSet("contact_tries", tries)]
    if tries >= _TRIES:
        return [*refused, SlotSet("requested_slot", None)]
    reply.say("utter_contact_not_email" if "@" in contact else "utter_contact_not_phone")
    return refused


def _keep_place(
    reply: Replies, known: Conversation, *, open_form: bool, question_left: bool = False, contact_asked: bool = False
) -> None:
    """Tell the gateway where the conversation stands: what a parent writes into the open form is no request to remember."""
    memory: dict[str, Any] = known.memory(shown=known.shown)
    reply.show(
        [],
        memory={**memory, "asked": "question" if open_form else None},
        question_left=question_left,
        contact_asked=contact_asked,
    )
