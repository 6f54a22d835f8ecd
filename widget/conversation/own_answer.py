"""The gateway's own answer, from the search alone, when Rasa is away: it asks for what is missing, or shows cards."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge import (
    SIMPLE_GERMAN,
    UNRELATED,
    Answer,
    Knowledge,
    Place,
    Query,
    Understanding,
    broader,
    card,
    written_language,
)
from knowledge.reasons import meets_every_wish
from widget.cards.offering_card import offering_card
from widget.conversation.contact import contact_of
from widget.conversation.memory import Memory, asks_for_something, recall
from widget.conversation.message import Command
from widget.conversation.observing import Searched
from widget.conversation.rasa_reply import Message
from widget.texts import language_names, sentence

_CARDS = 3
_OFTEN_NEEDED = (
    "daycare", "after_school_care", "holiday_care", "family_counselling", "language_course", "financial_help",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class OwnAnswer:
    """What the gateway says by itself, what it remembers then, and what came of a search."""

    messages: list[Message]
    memory: Memory
    searched: Searched | None = None


def own_answer(
    knowledge: Knowledge,
    *,
    words: str,
    command: Command | None,
    understood: Understanding,
    memory: Memory,
    language: str,
) -> OwnAnswer:
    """Return a short answer in the reply's language, with what Rasa will have to catch up with in its memory."""
    answer = _to_command(knowledge, command, memory, language) if command else None
    if answer is None and memory.asked == "question":
        answer = _contact(knowledge, replace(memory, asked=None), language)
    if answer is None and command is None and understood.courtesy:
        answer = _to_courtesy(knowledge, memory, language)
    if answer is None:
        answer = _to_words(knowledge, words, understood, _with_command(command, memory), language)
    notice = [] if memory.by_gateway else [message(sentence(language, "say_short_for_now"))]
    return replace(answer, messages=notice + answer.messages, memory=replace(answer.memory, by_gateway=True))


def message(text: str, *, offerings: Sequence[dict[str, Any]] = (), buttons: Sequence[dict[str, str]] = ()) -> Message:
    """Return one message in the contract's shape."""
    return {"text": text, "offerings": list(offerings), "buttons": list(buttons)}


def choice_of_language(language: str) -> Message:
    """Return a notice in two languages that a message is in none that can be read, with buttons for those that can."""
    second = "de" if written_language(language) == "en" else "en"
    text = "\n".join(sentence(one, "say_other_language") for one in (language, second))
    names = {code: name for code, name in language_names().items() if code != SIMPLE_GERMAN}
    return message(
        text,
        buttons=[
            {"title": name, "payload": f'/change_language{{"language": "{code}"}}'} for code, name in names.items()
        ],
    )


def need_buttons(knowledge: Knowledge, language: str) -> list[dict[str, str]]:
    """Return buttons for what families ask for most."""
    return [
        {"title": knowledge.taxonomy.label(code, language), "payload": f'/find_services{{"request": "{code}"}}'}
        for code in _OFTEN_NEEDED
        if code in knowledge.taxonomy.concepts
    ]


def _to_command(knowledge: Knowledge, command: Command, memory: Memory, language: str) -> OwnAnswer | None:
    """Answer a button that needs no search; None for those that do."""
    if command.intent == "start_over":
        text = sentence(language, "say_started_over")
        begun = Memory(alliance=memory.alliance, asked="need")
        return OwnAnswer(messages=[message(text, buttons=need_buttons(knowledge, language))], memory=begun)
    if command.intent in {"talk_to_person", "leave_question"}:
        return _contact(knowledge, memory, language)
    if command.intent in {"change_language", "simple_language"} and memory.request is None:
        return OwnAnswer(messages=[message(sentence(language, "say_language_changed"))], memory=memory)
    if command.intent == "ask_details":
        found = offering_card(knowledge, command.values["offering"], language)
        return OwnAnswer(
            messages=[message(sentence(language, "say_details"), offerings=[found] if found else [])], memory=memory
        )
    return None


def _to_courtesy(knowledge: Knowledge, memory: Memory, language: str) -> OwnAnswer:
    """Answer a greeting or thanks kindly, without a search; what was asked for stays open."""
    messages = [message(sentence(language, "say_courtesy"))]
    if memory.asked == "place":
        messages.append(message(sentence(language, "say_ask_place")))
    elif memory.request is None:
        messages = [message(sentence(language, "say_courtesy"), buttons=need_buttons(knowledge, language))]
    return OwnAnswer(messages=messages, memory=memory)


def _contact(knowledge: Knowledge, memory: Memory, language: str) -> OwnAnswer:
    contact = contact_of(knowledge.store.alliances(), language, place=memory.place, home=memory.alliance)
    return OwnAnswer(messages=[message(contact)], memory=memory)


def _with_command(command: Command | None, memory: Memory) -> Memory:
    """Return the memory with what a button says."""
    if command is None:
        return memory
    if command.intent == "find_services":
        return replace(memory, request=command.values["request"], shown=(), wishes={})
    if command.intent == "give_place":
        return replace(memory, place=command.place, shown=(), place_options=())
    return memory if command.intent == "more_results" else replace(memory, shown=())


def _to_words(knowledge: Knowledge, words: str, understood: Understanding, memory: Memory, language: str) -> OwnAnswer:
    memory = recall(memory, understood, words)
    where = understood.where
    if where.options:
        buttons = [place_button(place) for place in where.options]
        return OwnAnswer(messages=[message(sentence(language, "say_which_place"), buttons=buttons)], memory=memory)
    if where.unknown and where.place is None:
        asked = replace(memory, asked="place")
        return OwnAnswer(messages=[message(sentence(language, "say_unknown_place"))], memory=asked)
    if memory.request is None or _is_off_topic(understood):
        asked = replace(memory, asked="need", request=None)
        text = sentence(language, "say_ask_need")
        return OwnAnswer(messages=[message(text, buttons=need_buttons(knowledge, language))], memory=asked)
    if memory.place is None:
        return OwnAnswer(messages=[message(sentence(language, "say_ask_place"))], memory=replace(memory, asked="place"))
    return _found(knowledge, memory, memory.request, memory.place, language)


def _is_off_topic(understood: Understanding) -> bool:
    return asks_for_something(understood) and understood.needs.get(UNRELATED, 0.0) > 0.5


def place_button(place: Place) -> dict[str, str]:
    """Return the button that chooses a place among several of one name."""
    title = f"{place.label} ({place.region})" if place.region else place.label
    return {"title": title, "payload": f"/give_place{json.dumps({'place': place.position})}"}


def _found(knowledge: Knowledge, memory: Memory, request: str, place: Place, language: str) -> OwnAnswer:
    answer = knowledge.search(query_of(knowledge, memory, request, place, language))
    nearest = answer.matches[0].offering.alliance if answer.matches else None
    contact = message(
        contact_of(knowledge.store.alliances(), language, place=place, nearest=nearest, home=memory.alliance)
    )
    exact = not answer.no_good_answer and any(meets_every_wish(match) for match in answer.matches)
    # What goes on with the same results is no search of its own.
    searched = None if memory.shown else Searched(answered=exact, needs=answer.understood.needs)
    if not answer.matches:
        key = "say_no_more" if memory.shown else "say_nothing_found"
        text = sentence(language, key, place=place.label)
        return OwnAnswer(messages=[message(text), contact], memory=memory, searched=searched)
    cards = [card(match, language=language, taxonomy=knowledge.taxonomy) for match in answer.matches]
    shown = replace(memory, shown=(*memory.shown, *(found["id"] for found in cards)))
    if answer.no_good_answer:
        text = sentence(language, "say_nearest_only", place=place.label)
        return OwnAnswer(messages=[message(text, offerings=cards), contact], memory=shown, searched=searched)
    text = sentence(language, "say_found", place=place.label)
    found = message(text, offerings=cards, buttons=_more(answer, shown, language))
    return OwnAnswer(messages=[found], memory=shown, searched=searched)


def _more(answer: Answer, shown: Memory, language: str) -> list[dict[str, str]]:
    if answer.total <= len(shown.shown):
        return []
    return [{"title": sentence(language, "say_more"), "payload": "/more_results"}]


def query_of(knowledge: Knowledge, memory: Memory, request: str, place: Place, language: str) -> Query:
    """Return the search for what is remembered; a button's need searches its category by the German name."""
    is_code = request in knowledge.taxonomy.concepts
    wishes: Mapping[str, Any] = memory.wishes
    on = wishes.get("on")
    return Query(
        text=knowledge.taxonomy.label(request, "de") if is_code else request,
        categories=(broader(request),) if is_code else (),
        language=language,
        near=place,
        ages=memory.ages,
        service_language=wishes.get("service_language"),
        free=wishes.get("free"),
        online=wishes.get("online"),
        on=date.fromisoformat(on) if isinstance(on, str) else None,
        limit=_CARDS,
        offset=len(memory.shown),
    )
