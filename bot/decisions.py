"""What a message is about: corrects the predicted intent by what the gateway understood, and says what the slots take from it.

Pure functions without Rasa, so that every decision can be tested alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.language_names import language_named

# Above it a need is told plainly enough to be searched for.
_STRONG_NEED = 0.35
# Tuned on held-back lines: below the first, a plain need says more than the predicted intent; below the second, the
# prediction is worth nothing.
_SURE_INTENT = 0.5
_GUESSED_INTENT = 0.15
# Above it a need says more than even a sure prediction that the message only gives place, age or language.
_SURE_NEED = 0.5
_MORE_THAN_A_COURTESY = 4
# Above it a message with the place that was asked for nevertheless is another request.
_CERTAIN_NEED = 0.8
# A misspelt name of a place stands alone or nearly so; in a longer message it is an ordinary word.
_WORDS_OF_A_NAME = 2
# So sure a prediction must be to count more than a name that nobody knows, where the place is open: "Wien" is no "how are you".
_SURE_AMID_PLACES = 0.6
_UNRELATED = "unrelated"
_LONGEST_REQUEST = 1000
# As many cards as the gateway shows by itself.
_CARDS = 3

SEARCHING = frozenset({"find_services", "give_place", "give_age", "refine_search"})
_MAY_NAME_PLACE = {
    "talk_to_person", "find_alliance", "leave_question", "ask_cost", "ask_hours", "ask_registration", "ask_address", "ask_contact",
    "ask_service_language", "ask_accessibility", "ask_age_range", "ask_details",
}  # fmt: skip
COURTESIES = {"greet", "goodbye", "thank", "affirm", "deny", "how_are_you"}
_ABOUT_RESULTS = {
    "ask_cost", "ask_hours", "ask_registration", "ask_address", "ask_contact", "ask_service_language", "ask_accessibility",
    "ask_age_range", "ask_details", "more_results", "not_helpful",
}  # fmt: skip
_AT_THE_BEGINNING = {"greet", "how_are_you"}
_PLEASED = frozenset("👍👌🙏❤♥💕😊☺🙂😀😃😄😁🥰😍🤗💪🎉💯✅👏💐🌹🌸😘🫶")
_WISHES = ("service_language", "free", "online")


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What the gateway hands over with a message (docs/dialogue.md).

    Attributes:
        language: The language to answer in; None when the gateway says nothing.
        need: The code of a need that is told plainly, or None; `need_strength` how likely its category is.
        unrelated: True when the likeliest is that no family service is asked for.
        where: Entities about the place: `place`, `place_options`, `unknown_place`, `place_corrected`; only those told.
        ages: Of the children, in years.
        wishes: `service_language`, `free`, `online`; only those told.
        has_request: False when nothing is left but a place, an age, or filler words.
        shown: Whether offerings are on the screen that a question can be about.
        searching: Whether a request was told before.
        place_asked: Whether the place is what is still missing for that request.
        memory: What the gateway answered by itself before: `request`, `shown`, `wishes`; empty when Rasa was there all the time.
    """

    language: str | None
    need: str | None
    need_strength: float
    unrelated: bool
    where: Mapping[str, Any]
    ages: list[float]
    wishes: Mapping[str, Any]
    has_request: bool
    shown: bool
    searching: bool
    place_asked: bool
    memory: Mapping[str, Any]

    @property
    def place_is_plain(self) -> bool:
        """Whether a place is named as it is written; an ordinary word can be mistaken for a misspelt or unknown one."""
        named = self.where.get("place") or self.where.get("place_options")
        return bool(named) and not self.where.get("place_corrected")


def read_understood(metadata: Mapping[str, Any]) -> Understood:
    """Return what a message's metadata says; a gateway that understood nothing leaves all of it open."""
    said, context = metadata.get("understood") or {}, metadata.get("context") or {}
    needs = said.get("needs") or []
    need, need_strength = _plain_need(needs)
    where = {name: said.get(name) for name in ("place", "place_options", "unknown_place", "place_corrected")}
    return Understood(
        language=metadata.get("language"),
        need=need,
        need_strength=need_strength,
        unrelated=bool(needs) and _likeliest_category(needs)[0] == _UNRELATED,
        where={name: value for name, value in where.items() if value},
        ages=list(said.get("ages") or []),
        wishes={name: said[name] for name in _WISHES if said.get(name) is not None},
        has_request=bool(said.get("has_request", True)),
        shown=bool(context.get("shown")),
        searching=bool(context.get("searching")),
        place_asked=bool(context.get("place_asked")),
        memory=metadata.get("memory") or {},
    )


def weighed(ranking: Sequence[Mapping[str, Any]], understood: Understood) -> list[dict[str, Any]]:
    """Return a ranking of intents as the course of the conversation makes them likely, the likeliest first.

    After cards a short question is mostly about them; before, there is nothing it could be about.
    """
    likely = {str(one["name"]): float(one["confidence"]) * _factor(str(one["name"]), understood) for one in ranking}
    total = sum(likely.values()) / max(sum(float(one["confidence"]) for one in ranking), 1e-9)
    ordered = sorted(likely, key=lambda name: -likely[name])
    return [{"name": name, "confidence": likely[name] / max(total, 1e-9)} for name in ordered]


def _factor(intent: str, understood: Understood) -> float:
    if intent == "give_place" and understood.place_is_plain and understood.searching:
        return 2.0
    if intent in _ABOUT_RESULTS:
        return 1.6 if understood.shown else 0.5
    if intent in _AT_THE_BEGINNING and understood.shown:
        return 0.5
    return 1.0


def decide(predicted: Mapping[str, Any], text: str, understood: Understood) -> dict[str, Any]:
    """Return the intent of a text, as `{"name", "confidence"}`: the predicted one, or what was understood with certainty."""
    if not any(letter.isalnum() for letter in text):
        return {"name": "thank" if _PLEASED.intersection(text) else "nlu_fallback", "confidence": 1.0}
    name, confidence = predicted.get("name"), float(predicted.get("confidence") or 0.0)
    guessed = name is None or confidence < _GUESSED_INTENT
    misspelt = understood.where.get("place_corrected") and len(text.split()) <= _WORDS_OF_A_NAME
    # The place was asked for, or nothing was found at the one told.
    where_open = understood.place_asked or (understood.searching and not understood.shown)
    answers_where = where_open and len(text.split()) <= _WORDS_OF_A_NAME and confidence < _SURE_AMID_PLACES
    doubtful_place = bool(understood.where) and (guessed or answers_where or (misspelt and confidence < _SURE_INTENT))
    if not understood.has_request and (understood.place_is_plain or doubtful_place):
        return {"name": "give_place", "confidence": 1.0}
    if not understood.has_request and understood.ages and not understood.where:
        return {"name": "give_age", "confidence": 1.0}
    if understood.place_asked and understood.place_is_plain and understood.need_strength < _CERTAIN_NEED:
        return {"name": "give_place", "confidence": confidence}
    if _asks_for_a_service(name, confidence, text, understood):
        return {"name": "find_services", "confidence": confidence}
    if name in COURTESIES and understood.place_is_plain:
        return {"name": "give_place", "confidence": confidence}
    return {"name": _of_a_guess(understood) if guessed else name, "confidence": confidence}


def _asks_for_a_service(name: str | None, confidence: float, text: str, understood: Understood) -> bool:
    """Return whether the need that was understood says more than the predicted intent."""
    if not understood.has_request or understood.need is None:
        return False
    if confidence < _SURE_INTENT:
        return True
    # Nothing is there yet that could be narrowed.
    if name in {"give_place", "give_age", "refine_search"} and not understood.searching:
        return True
    # "We live in Köthen, what help can we get?" does not ask how this works.
    if name == "ask_capabilities" and understood.place_is_plain:
        return True
    if name in {"give_place", "give_age", "change_language", "ask_capabilities"}:
        return understood.need_strength >= _SURE_NEED
    # "Hello, I need a childminder" is more than a greeting.
    return name in COURTESIES and understood.need_strength >= _SURE_NEED and len(text.split()) >= _MORE_THAN_A_COURTESY


def entities_of(intent: str, text: str, understood: Understood) -> dict[str, Any]:
    """Return entity -> value for a message; a value None empties its slot.

    A new request forgets the wishes of the one before; place and age stay until others are told.
    """
    found = {**_remembered(understood), **language_of(intent, text, understood)}
    if understood.need:
        found["need"] = understood.need
    if intent in SEARCHING or (intent in _MAY_NAME_PLACE and understood.place_is_plain):
        found |= understood.where
        if understood.where and "place" not in understood.where:
            found["place"] = None  # the place meant is open: the one before is not it
    if intent in SEARCHING and understood.ages:
        found["ages"] = understood.ages
    if intent == "find_services":
        found |= {**_forgotten(), **understood.wishes, "request": text[:_LONGEST_REQUEST]}
    elif intent in SEARCHING:
        found |= understood.wishes
    if intent == "refine_search" and not understood.wishes:
        found["refinement"] = text[:_LONGEST_REQUEST]
    if intent == "leave_question":
        found |= _nothing_left_yet()
    return found


def entities_of_button(intent: str, language: str | None) -> dict[str, Any]:
    """Return the entities that a button's own payload does not have."""
    found: dict[str, Any] = {"language": language} if language else {}
    if intent == "find_services":
        found |= _forgotten()
    if intent == "leave_question":
        found |= _nothing_left_yet()
    if intent == "change_language":
        found["language_named"] = True
    return found


def _plain_need(needs: Sequence[tuple[str, float]]) -> tuple[str | None, float]:
    """Return the likeliest need of the likeliest category, if that is told plainly, and the category's probability."""
    category, probability = _likeliest_category(needs)
    if category == _UNRELATED or probability < _STRONG_NEED:
        return None, 0.0
    return next(need for need, _ in needs if need.partition(".")[0] == category), probability


def _likeliest_category(needs: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """Return the category whose needs together are likeliest, `unrelated` where none is told, and its probability."""
    categories = {_UNRELATED: 0.0}
    for need, probability in needs:
        category = need.partition(".")[0]
        categories[category] = categories.get(category, 0.0) + probability
    likeliest = max(categories, key=lambda category: categories[category])
    return likeliest, categories[likeliest]


def _of_a_guess(understood: Understood) -> str:
    if understood.where:
        return "give_place"
    if understood.ages:
        return "give_age"
    return "out_of_scope" if understood.unrelated else "nlu_fallback"


def language_of(intent: str, text: str, understood: Understood) -> dict[str, Any]:
    """Return the language to answer in, as entities."""
    if intent == "simple_language" and understood.language == "de":
        return {"language": "de-simple"}
    named = language_named(text, current=understood.language) if intent == "change_language" else None
    if named:
        return {"language": named, "language_named": True}
    return {"language": understood.language} if understood.language else {}


def _remembered(understood: Understood) -> dict[str, Any]:
    """Return what was asked and shown while Rasa was away, so that "more" and "the second one" go on from there."""
    shown = list(understood.memory.get("shown") or [])
    wishes = {name: (understood.memory.get("wishes") or {}).get(name) for name in _WISHES}
    told = {name: understood.memory.get(name) for name in ("request", "place", "ages")}
    found = {**told, "shown": shown, "results": shown[-_CARDS:], **wishes}
    return {name: value for name, value in found.items() if value not in (None, [])}


def _nothing_left_yet() -> dict[str, None]:
    """Return what empties the form of an earlier question: its consent does not hold for another one."""
    return dict.fromkeys(("consent", "question", "contact"))


def _forgotten() -> dict[str, None]:
    return dict.fromkeys((*_WISHES, "refinement"))
