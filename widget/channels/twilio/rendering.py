"""Replies as Twilio takes them for WhatsApp without approved templates: texts, and choices as numbers to answer with."""

from widget.channels.composing import Choice, Composed, framed, packed
from widget.channels.texts import say

LONGEST_TEXT = 1600


def texts(composed: Composed, language: str, *, asks_place: bool = False) -> list[str]:
    """Return the texts of a reply; a choice's number is its place in `composed.choices`, beginning with 1."""
    blocks = list(composed.blocks)
    if composed.choices:
        # A card's number stands beside its title already: naming it again would double the list.
        numbered = [_line(number, choice) for number, choice in enumerate(composed.choices, 1)]
        blocks.append(framed("\n".join([say(language, "numbers"), *numbered]), language))
    elif asks_place:
        blocks.append(framed(say(language, "location_too"), language))
    return packed(blocks, LONGEST_TEXT)


def _line(number: int, choice: Choice) -> str:
    return choice.title if choice.title.startswith(f"{number}. ") else f"{number}. {choice.title}"
