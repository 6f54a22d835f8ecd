"""Topic find_services: ask what is missing, search, show more, begin again."""

from collections.abc import Sequence
from itertools import islice

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction, SlotSet

from actions.action import Events, LotseAction
from actions.contacts import name_contact
from actions.conversation import Conversation, read_place, told
from actions.guides import asks_for_guide, quote_guide
from actions.replies import Replies
from knowledge import Answer, Match, Place, broader, categories_of

CARDS = 3
# So many matches are looked through for those of the category meant.
_LOOKED_AT = 12
_NEEDS_TOLD = 12
# A category that a request means with less probability is not what it is about.
_LEAST_MEANT = 0.1


class ActionAskPlace(LotseAction):
    """Asks for the place, or what is open about the one named; a parent who wants something online needs none."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_place"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Put the question."""
        if known.wishes.get("online"):
            return [SlotSet("requested_slot", None)]  # the form is done without a place
        if told(tracker, "request") and broader(str(told(tracker, "need"))) == "family_guide":
            quote_guide(reply, self.knowledge, known, wanted=True)
        ask_place(reply, tracker, otherwise="utter_ask_place")
        return []


class ActionAskRequest(LotseAction):
    """Asks what is needed."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_request"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:  # noqa: ARG002
        """Put the question, with buttons; a place that is open comes first."""
        options = named_places(tracker)
        if options:
            reply.ask_which_place(options)
        else:
            reply.ask_request()
        return []


class ActionFindServices(LotseAction):
    """Searches for the request near the place, or online where none was named."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_find_services"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Show what was found, and say so honestly where it is not what was asked for."""
        if known.request is None:
            reply.say("utter_deny")
            return []
        answer = self.knowledge.search(known.query(self.knowledge.taxonomy, limit=_LOOKED_AT))
        if known.place and told(tracker, "place_corrected"):
            reply.say("utter_place_corrected", place=known.place.label)
        matches = fitting(answer)[:CARDS]
        exact = not answer.no_good_answer and any(match.meets_every_wish for match in matches)
        _introduce(reply, known, matches, exact=exact)
        shown = tuple(match.offering.id for match in matches)
        searched = {"answered": exact, "needs": dict(islice(answer.understood.needs.items(), _NEEDS_TOLD))}
        reply.show(matches, memory=known.memory(shown=shown), search=searched)
        quote_guide(reply, self.knowledge, known, wanted=asks_for_guide(answer.understood.needs))
        if answer.no_good_answer:
            name_contact(reply, self.knowledge, known)
        return [*_remember(shown, shown), SlotSet("contact_wanted", None)]


class ActionMoreResults(LotseAction):
    """Shows the next offerings for the same request."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_more_results"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:  # noqa: ARG002
        """Show what was not shown yet, or say that there is no more."""
        if known.request is None or not known.shown:
            return ask_what_is_missing()
        answer = self.knowledge.search(known.query(self.knowledge.taxonomy, limit=len(known.shown) + _LOOKED_AT))
        matches = [match for match in fitting(answer) if match.offering.id not in known.shown][:CARDS]
        if not matches:
            reply.say("utter_no_more")
            return []
        new = tuple(match.offering.id for match in matches)
        reply.say("utter_more_offerings")
        reply.show(matches, memory=known.memory(shown=known.shown + new))
        return _remember(known.shown + new, new)


class ActionStartOver(LotseAction):
    """Forgets everything but the language."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_over"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:  # noqa: ARG002
        """Ask what is needed, as at the beginning."""
        reply.say("utter_start_over")
        reply.ask_request()
        return [AllSlotsReset(), SlotSet("language", known.language)]


def ask_what_is_missing() -> Events:
    """Have the form ask for the request or the place; it asks for nothing else once the message belongs to the search."""
    return [SlotSet("told", True), FollowupAction("find_services_form")]


def ask_place(reply: Replies, tracker: Tracker, *, otherwise: str) -> None:
    """Ask what is open about the place that the latest message names; where it names none, say something else."""
    options = named_places(tracker)
    if options:
        reply.ask_which_place(options)
    else:
        reply.say("utter_unknown_place" if told(tracker, "unknown_place") else otherwise)


def named_places(tracker: Tracker) -> list[Place]:
    """Return the places of one name that the latest message may mean; none where it means one, or names none."""
    return [place for option in told(tracker, "place_options") or () if (place := read_place(option))]


def fitting(answer: Answer) -> list[Match]:
    """Return the matches of a category that the request means; the others only fill the list.

    Where none is, those near the parent: what is on the web for other towns is no alternative.
    """
    meant = {category for category, p in categories_of(answer.understood.needs).items() if p >= _LEAST_MEANT}
    close = [match for match in answer.matches if meant.intersection(match.offering.categories)]
    if close and not answer.no_good_answer:
        return close
    near = [match for match in answer.matches if match in close or match.distance_km is not None]
    return near if answer.place else list(answer.matches)


def _introduce(reply: Replies, known: Conversation, matches: Sequence[Match], *, exact: bool) -> None:
    if not matches:
        reply.say("utter_nothing_found")
    elif not exact:
        reply.say("utter_no_good_answer")
    elif known.place is None:
        reply.say("utter_offerings_online")
    else:
        reply.say("utter_offerings", place=known.place.label)


def _remember(shown: tuple[str, ...], results: tuple[str, ...]) -> Events:
    return [SlotSet("shown", list(shown)), SlotSet("results", list(results)), SlotSet("offering", None)]
