"""Understands one message: a button's command or words, the language to answer in, and what the words say."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import Knowledge, Place, PlaceReading, Understanding, written_language
from knowledge.text import words as word_list
from widget.conversation.languages import reply_language
from widget.conversation.memory import Memory
from widget.conversation.message import Command, is_position, read_command, without_slashes

# In so short a message a place's name ("Losheim am See") would decide the language, unless words enough stand around it.
_FEW_WORDS = 5
_ENOUGH_AROUND_A_PLACE = 2
_LONGEST_CHOICE = 8


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message understood: the parent's words or a button's command, and the language to answer in.

    `legible` is False for words in none of the ten languages.
    """

    words: str
    language: str
    understood: Understanding
    command: Command | None = None
    legible: bool = True


def hear(knowledge: Knowledge, words: str, *, before: str, memory: Memory, place_expected: bool) -> Said:
    """Return what a cleaned message says.

    Args:
        before: The reply language to keep where the message does not tell its own.
        memory: What is remembered of the conversation.
        place_expected: True when the parent was asked for the place, so that a bare name counts.
    """
    home = knowledge.places.homes(knowledge.store.alliances, knowledge.store.generation())
    command = _command(knowledge, words, before, memory, home)
    if command is not None:
        language = _language_of(command) or before
        where = PlaceReading(place=command.place)
        return Said(words="", language=language, understood=_only(where, language), command=command)
    words = without_slashes(words)
    if is_position(words):
        where = knowledge.places.resolve(words, language=written_language(before), home=home)
        return Said(words=words, language=before, understood=_only(where, before))

    def read(language: str) -> Understanding:
        today = knowledge.settings.current_date()
        return knowledge.reader.read(
            words, language=written_language(language), today=today, home=home, place_expected=place_expected,
            age_expected=bool(memory.shown) and memory.asked != "question",
        )  # fmt: skip

    chosen = option_meant(words, memory.place_options)
    if chosen is not None:
        return Said(words=words, language=before, understood=_only(PlaceReading(place=chosen), before))

    understood, telling = None, words
    if len(words.split()) <= _FEW_WORDS:
        understood = read(before)
        around = words.replace(understood.where.written or " ", " ").strip()
        telling = around if len(around.split()) < _ENOUGH_AROUND_A_PLACE else words
    language = reply_language(telling, otherwise=before, identifier=knowledge.identifier)
    if understood is None or language != before:
        understood = read(language)
    return Said(words=words, language=language, understood=understood, legible=knowledge.identifier.reads(words))


def option_meant(words: str, options: Sequence[Place]) -> Place | None:
    """Return which of the places offered a short answer means: by its number, or by words that only its name has."""
    spoken = word_list(words)
    if len(spoken) > _LONGEST_CHOICE:
        return None
    if len(spoken) == 1 and spoken[0].isdigit() and 1 <= int(spoken[0]) <= len(options):
        return options[int(spoken[0]) - 1]
    names = [set(word_list(f"{place.name} {place.region or ''}")) for place in options]
    own = [name - set().union(*(other for other in names if other is not name)) for name in names]
    meant = [place for place, telling in zip(options, own, strict=True) if telling.intersection(spoken)]
    return meant[0] if len(meant) == 1 else None


def _command(knowledge: Knowledge, words: str, before: str, memory: Memory, home: tuple[Place, ...]) -> Command | None:
    return read_command(
        words,
        offered_places=memory.place_options,
        place_named=lambda name: knowledge.places.resolve(name, language=written_language(before), home=home).place,
        is_need=lambda code: code in knowledge.taxonomy.concepts,
        is_offering=lambda offering: knowledge.store.offering(offering) is not None,
    )


def _language_of(command: Command) -> str | None:
    return "de-simple" if command.intent == "simple_language" else command.values.get("language")


def _only(where: PlaceReading, language: str) -> Understanding:
    return Understanding(language=written_language(language), where=where)
