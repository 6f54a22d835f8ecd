"""A parent's message as it arrives: cleaned, cut, and whether it is a button's command."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge import LANGUAGES, SIMPLE_GERMAN, Place, clean

LONGEST_MESSAGE = 4_000
# Marks that letters of our languages never need once the text is composed: what is left of "zalgo" and of stress marks.
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_PILED_MARKS = re.compile("([\u064b-\u065f\u0670]{2})[\u064b-\u065f\u0670]+")
_COMMAND = re.compile(r"/([a-z_]+)\s*(\{.*\})?")
_POSITION = re.compile(r"\s*-?\d{1,3}\.\d+\s*,\s*-?\d{1,3}\.\d+\s*")
_PLAIN = frozenset({
    "more_results", "start_over", "talk_to_person", "simple_language", "leave_question", "affirm", "deny",
    "delete_conversation",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Command:
    """A button's payload that may pass: the intent, its values, and the place where it names one."""

    intent: str
    values: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    def payload(self, *, place: Place | None = None) -> str:
        """Return what Rasa reads; a search for a need also carries a place that Rasa has missed."""
        values: dict[str, Any] = dict(self.values)
        told = self.place or (place if self.intent == "find_services" else None)
        if told is not None:
            values["place"] = asdict(told)
        return f"/{self.intent}" + (json.dumps(values, ensure_ascii=False) if values else "")


def cleaned(text: str) -> str:
    """Return a message without invisible marks and piled-up accents, at most 4,000 characters long."""
    text = clean(text[:LONGEST_MESSAGE])
    return _PILED_MARKS.sub(r"\1", _LOOSE_MARKS.sub("", text)).strip()


def is_position(text: str) -> bool:
    """Return whether a message is "lat,lon", as the page's location button sends it."""
    return _POSITION.fullmatch(text) is not None


def without_slashes(text: str) -> str:
    """Return what a parent means who begins with a slash: only buttons may give commands."""
    return text.lstrip("/ ") if text.startswith("/") else text


def read_command(
    text: str,
    *,
    offered_places: Sequence[Place],
    place_named: Callable[[str], Place | None],
    is_need: Callable[[str], bool],
    is_offering: Callable[[str], bool],
) -> Command | None:
    """Return the command of a button, or None for everything that no button of ours sends."""
    match = _COMMAND.fullmatch(text)
    if match is None:
        return None
    intent, values = match[1], _values(match[2])
    if values is None:
        return None
    if intent in _PLAIN and not values:
        return Command(intent=intent)
    if intent == "give_place" and set(values) == {"place"}:
        place = _chosen_place(values["place"], offered_places, place_named)
        return Command(intent=intent, place=place) if place else None
    allowed: tuple[str, Callable[[str], bool]] | None = {
        "change_language": ("language", lambda code: code in {*LANGUAGES, SIMPLE_GERMAN}),
        "find_services": ("request", is_need),
        "ask_details": ("offering", is_offering),
    }.get(intent)
    if allowed is None or set(values) != {allowed[0]}:
        return None
    value = values[allowed[0]]
    return Command(intent=intent, values={allowed[0]: value}) if isinstance(value, str) and allowed[1](value) else None


def _values(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return {}
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _chosen_place(value: object, offered: Sequence[Place], place_named: Callable[[str], Place | None]) -> Place | None:
    """Return the place of a button: one of those offered, or what the table of places says to its name."""
    if not isinstance(value, str) or not value.strip():
        return None
    chosen = next((place for place in offered if value in {place.position, place.name, place.label}), None)
    return chosen or place_named(value[:120])
