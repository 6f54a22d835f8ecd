"""Topic offering_details: questions about one of the offerings shown, answered from its fields, word for word."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contacts import alliance_for, ways_to
from actions.conversation import Conversation, intent_of, read_conversation, told
from actions.ordinals import position_named
from actions.replies import say, show
from knowledge import Knowledge, Match, Offering, card
from knowledge.reasons import texts

Events = list[dict[str, Any]]
# A response of the domain and its values beside the title; None: the offering does not say.
Stated = tuple[str, dict[str, str]] | None


class ActionOfferingDetails(Action):
    """Answers a question about the offering meant: the one named, else the one asked about last, else the first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_offering_details"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Utter the field asked for, or that it is not stated and whom to ask."""
        known = read_conversation(tracker)
        text = str((tracker.latest_message or {}).get("text") or "")
        found = self._knowledge.store.offerings([meant] if (meant := offering_meant(known, text)) else [])
        if not found:
            # Nothing was shown yet: a question that tells a need ("what does a nursery place cost?") is a request.
            request = [SlotSet("request", text)] if told(tracker, "need") else []
            return [*request, FollowupAction("find_services_form")]
        offering = found[0]
        shown = card(_match(offering), language=known.language, taxonomy=self._knowledge.taxonomy)
        title = str(shown["title"])
        if intent_of(tracker) == "ask_details":
            say(dispatcher, "utter_details", language=known.language, title=title)
            show(dispatcher, [_match(offering)], language=known.language, taxonomy=self._knowledge.taxonomy)
        else:
            contact = ways_to(offering) or self._contact_of_alliance(known)
            response, values = stated(intent_of(tracker), offering, known.language, contact) or (
                "utter_not_stated",
                {"contact": contact},
            )
            say(dispatcher, response, language=known.language, title=title, **values)
        return [SlotSet("offering", offering.id)]

    def _contact_of_alliance(self, known: Conversation) -> str:
        alliance = alliance_for(self._knowledge, known)
        return ", ".join(filter(None, (alliance.name, ways_to(alliance)))) if alliance else ""


def offering_meant(known: Conversation, text: str) -> str | None:
    """Return the id of the offering that a question is about, or None when none was shown."""
    position = position_named(text, len(known.results))
    if position is not None:
        return known.results[position]
    return known.offering or next(iter(known.results), None)


def stated(intent: str, offering: Offering, language: str, contact: str) -> Stated:
    """Return what an offering states about the subject of an intent."""
    read = _SUBJECTS.get(intent)
    return read(offering, language, contact) if read else None


def _cost(offering: Offering, _language: str, _contact: str) -> Stated:
    if offering.cost:
        return "utter_cost", {"cost": offering.cost}
    return ("utter_cost_free", {}) if offering.free else None


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
    names = texts(language)
    spoken = ", ".join(names.get(f"language_{code}", code) for code in offering.languages)
    return ("utter_languages", {"languages": spoken}) if spoken else None


def _accessibility(offering: Offering, _language: str, contact: str) -> Stated:
    if offering.wheelchair is None:
        return None
    return ("utter_wheelchair_yes", {}) if offering.wheelchair else ("utter_wheelchair_no", {"contact": contact})


def _age_range(offering: Offering, _language: str, _contact: str) -> Stated:
    low, high = offering.age_min, offering.age_max
    if low is None and high is None:
        return None
    return "utter_age_range", {"ages": f"{low or 0:g}+" if high is None else f"{low or 0:g}–{high:g}"}  # noqa: RUF001  # a range


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


def _match(offering: Offering) -> Match:
    return Match(offering=offering, score=0.0, distance_km=None)
