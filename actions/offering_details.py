"""Topic offering_details: questions about one of the offerings shown, answered from its fields, word for word."""

from collections.abc import Callable

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.action import Events, LotseAction
from actions.contacts import alliance_for, ways_to
from actions.conversation import Conversation, intent_of, told
from actions.find_services import ask_what_is_missing
from actions.ordinals import position_named
from actions.replies import Replies
from knowledge import RIGHT_TO_LEFT, Match, Offering, card
from knowledge.reasons import language_name
from knowledge.wording import age_from, age_range

# A response of the domain and its values beside the title; None: the offering does not say.
Stated = tuple[str, dict[str, str]] | None


class ActionOfferingDetails(LotseAction):
    """Answers a question about the offering meant: the one named, else the one asked about last, else the first.

    One beyond those shown is asked back.
    """

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_offering_details"

    def answer(self, reply: Replies, known: Conversation, tracker: Tracker) -> Events:
        """Say what the field asked for holds, or that it is not stated and whom to ask."""
        text = str((tracker.latest_message or {}).get("text") or "")
        # A button names the offering itself, whatever numbers its id holds.
        spoken = "" if told(tracker, "offering") else text
        position = position_named(spoken, len(known.results), language=known.language)
        if known.results and position is not None and position >= len(known.results):
            self._ask_which(reply, known)
            return []
        meant = known.results[position] if position is not None and known.results else offering_in_talk(known)
        found = self.knowledge.store.offerings([meant]) if meant else []
        if not found:
            # Nothing was shown yet: a question that tells a need ("what does a nursery place cost?") is a request.
            request = [SlotSet("request", text)] if told(tracker, "need") else []
            return [*request, *ask_what_is_missing()]
        match = Match(offering=found[0], score=0.0, distance_km=None)
        title = card(match, language=known.language, taxonomy=self.knowledge.taxonomy)["title"]
        if intent_of(tracker) == "ask_details":
            reply.say("utter_details", title=title)
            reply.show([match])
        else:
            response, values = self._stated(intent_of(tracker), match.offering, known)
            reply.say(response, title=title, **values)
        return [SlotSet("offering", match.offering.id)]

    def _ask_which(self, reply: Replies, known: Conversation) -> None:
        shown = [
            Match(offering=one, score=0.0, distance_km=None) for one in self.knowledge.store.offerings(known.results)
        ]
        reply.ask_which_offering(
            [card(match, language=known.language, taxonomy=self.knowledge.taxonomy) for match in shown]
        )

    def _stated(self, intent: str, offering: Offering, known: Conversation) -> tuple[str, dict[str, str]]:
        contact = ways_to(offering)
        if not contact and (alliance := alliance_for(self.knowledge, known)):
            contact = f"{alliance.name}, {ways_to(alliance)}"
        return stated(intent, offering, known.language, contact) or ("utter_not_stated", {"contact": contact})


def offering_in_talk(known: Conversation) -> str | None:
    """Return the id of the offering asked about last, else of the first one shown; None when none was."""
    return known.offering or next(iter(known.results), None)


def stated(intent: str, offering: Offering, language: str, contact: str) -> Stated:
    """Return what an offering states about the subject of an intent."""
    read = _SUBJECTS.get(intent)
    return read(offering, language, contact) if read else None


def _cost(offering: Offering, _language: str, _contact: str) -> Stated:
    if offering.cost and not (offering.is_free and offering.free is None):
        return "utter_cost", {"cost": offering.cost}
    return ("utter_cost_free", {}) if offering.is_free else None


def _hours(offering: Offering, _language: str, _contact: str) -> Stated:
    hours = offering.schedule or offering.opening_hours
    return ("utter_hours", {"hours": hours}) if hours else None


def _registration(offering: Offering, _language: str, contact: str) -> Stated:
    return ("utter_registration", {"contact": contact}) if ways_to(offering) else None


def _address(offering: Offering, _language: str, _contact: str) -> Stated:
    if offering.format == "online":
        return "utter_online", {}
    if offering.format == "home_visit":
        return "utter_comes_home", {}
    town = " ".join(part for part in (offering.postal_code, offering.city) if part)
    address = ", ".join(part for part in (offering.street, town) if part)
    return ("utter_address", {"address": address}) if address else None


def _contact(offering: Offering, _language: str, contact: str) -> Stated:
    return ("utter_contact", {"contact": contact}) if ways_to(offering) else None


def _languages(offering: Offering, language: str, _contact: str) -> Stated:
    comma = "، " if language in RIGHT_TO_LEFT else ", "
    spoken = comma.join(language_name(code, language) for code in offering.languages)
    return ("utter_languages", {"languages": spoken}) if spoken else None


def _accessibility(offering: Offering, _language: str, contact: str) -> Stated:
    if offering.wheelchair is None:
        return None
    return ("utter_wheelchair_yes", {}) if offering.wheelchair else ("utter_wheelchair_no", {"contact": contact})


def _age_range(offering: Offering, language: str, _contact: str) -> Stated:
    low, high = offering.age_min, offering.age_max
    if low is None and high is None:
        return None
    return "utter_age_range", {"ages": age_range(language, low, high) or age_from(language, 0)}


_SUBJECTS: dict[str, Callable[[Offering, str, str], Stated]] = {
    "ask_cost": _cost,
    "ask_hours": _hours,
    "ask_registration": _registration,
    "ask_address": _address,
    "ask_contact": _contact,
    "ask_service_language": _languages,
    "ask_accessibility": _accessibility,
    "ask_age_range": _age_range,
}
