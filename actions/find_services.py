"""Topic find_services: ask what is missing, search, show more, begin again."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contacts import name_contact
from actions.conversation import Conversation, read_conversation, read_place, told
from actions.replies import ask_request, ask_which_place, say, show
from knowledge import Answer, Knowledge, Match, categories_of

Events = list[dict[str, Any]]
Domain = dict[str, Any]

CARDS = 3
# A category that a request means with less probability is not what it is about.
_LEAST_MEANT = 0.1


class ActionAskPlace(Action):
    """Asks for the place, or what is open about the one named; a parent who wants something online needs none."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_place"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Utter the question."""
        if read_conversation(tracker).wishes == {"online": True}:
            return [SlotSet("requested_slot", None)]
        ask_place(dispatcher, tracker, otherwise="utter_ask_place")
        return []


class ActionAskRequest(Action):
    """Asks what is needed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Utter the question with buttons."""
        language = read_conversation(tracker).language
        ask_request(dispatcher, language=language, taxonomy=self._knowledge.taxonomy)
        return []


class ActionFindServices(Action):
    """Searches for the request near the place, or online where none was named."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_find_services"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Utter what was found, honestly."""
        known = read_conversation(tracker)
        if known.request is None:
            say(dispatcher, "utter_deny", language=known.language)
            return []
        answer = self._knowledge.search(known.query(self._knowledge.taxonomy, limit=CARDS))
        matches = fitting(answer)
        if known.place and told(tracker, "place_corrected"):
            say(dispatcher, "utter_place_corrected", language=known.language, place=known.place.label)
        self._introduce(dispatcher, known, answer)
        shown = tuple(match.offering.id for match in matches)
        show(
            dispatcher, matches, language=known.language, taxonomy=self._knowledge.taxonomy, memory=known.memory(shown=shown)
        )  # fmt: skip
        if answer.no_good_answer:
            name_contact(dispatcher, self._knowledge, known)
        return [*_remember(shown, shown), SlotSet("offering", None), SlotSet("contact_wanted", None)]

    def _introduce(self, dispatcher: CollectingDispatcher, known: Conversation, answer: Answer) -> None:
        if not answer.matches:
            say(dispatcher, "utter_nothing_found", language=known.language)
        elif answer.no_good_answer:
            say(dispatcher, "utter_no_good_answer", language=known.language)
        elif known.place is None:
            say(dispatcher, "utter_offerings_online", language=known.language)
        else:
            say(dispatcher, "utter_offerings", language=known.language, place=known.place.label)


class ActionMoreResults(Action):
    """Shows the next offerings for the same request."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_more_results"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Utter what was not shown yet, or that there is no more."""
        known = read_conversation(tracker)
        if known.request is None or not known.shown:
            return [FollowupAction("find_services_form")]
        taxonomy = self._knowledge.taxonomy
        answer = self._knowledge.search(known.query(taxonomy, limit=len(known.shown) + 2 * CARDS))
        matches = [match for match in fitting(answer) if match.offering.id not in known.shown][:CARDS]
        if not matches:
            say(dispatcher, "utter_no_more", language=known.language)
            return []
        new = tuple(match.offering.id for match in matches)
        say(dispatcher, "utter_more_offerings", language=known.language)
        show(
            dispatcher, matches, language=known.language, taxonomy=taxonomy, memory=known.memory(shown=known.shown + new)
        )  # fmt: skip
        return [*_remember(known.shown + new, new), SlotSet("offering", None)]


class ActionStartOver(Action):
    """Forgets everything but the language."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask what is needed, as at the beginning."""
        language = read_conversation(tracker).language
        say(dispatcher, "utter_start_over", language=language)
        ask_request(dispatcher, language=language, taxonomy=self._knowledge.taxonomy)
        return [AllSlotsReset(), SlotSet("language", language)]


def ask_place(dispatcher: CollectingDispatcher, tracker: Tracker, *, otherwise: str) -> None:
    """Ask what is open about the place that the latest message names; where it names none, utter another response."""
    options = [place for option in told(tracker, "place_options") or () if (place := read_place(option))]
    if options:
        ask_which_place(dispatcher, options)
    else:
        response = "utter_unknown_place" if told(tracker, "unknown_place") else otherwise
        say(dispatcher, response, language=read_conversation(tracker).language)


def fitting(answer: Answer) -> list[Match]:
    """Return the matches of a category that the request means; the others only fill the list.

    Where nothing is a good answer, or the request does not tell a category, all of them.
    """
    meant = {category for category, p in categories_of(answer.understood.needs).items() if p >= _LEAST_MEANT}
    close = [match for match in answer.matches if meant.intersection(match.offering.categories)]
    return list(answer.matches) if answer.no_good_answer or not close else close


def _remember(shown: tuple[str, ...], results: tuple[str, ...]) -> Events:
    return [SlotSet("shown", list(shown)), SlotSet("results", list(results))]
