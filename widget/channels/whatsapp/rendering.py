"""Messages in WhatsApp's form: texts, up to three buttons, lists, and the request for a location."""

from collections.abc import Sequence
from typing import Any

from widget.channels.composing import Choice, Composed, packed
from widget.channels.lengths import length, shortened
from widget.channels.texts import say

# What the Cloud API takes, in characters and pieces.
LONGEST_TEXT = 4096
_LONGEST_BODY = 1024
_MOST_BUTTONS = 3
_LONGEST_BUTTON = 20
_MOST_ROWS = 10
_LONGEST_ROW = 24
_LONGEST_ROW_TEXT = 72
_LONGEST_PARAMETER = 1000

Content = dict[str, Any]


def bold(title: str) -> str:
    """Return a title in WhatsApp's bold; an asterisk of its own would end it early."""
    return f"*{title.replace('*', '∗').strip()}*"


def contents(composed: Composed, language: str, *, asks_place: bool = False) -> list[Content]:
    """Return a reply as message objects of the Cloud API, all but product and recipient; `plain` is the text that can stand in.

    Args:
        asks_place: Whether the reply asks where the parent is: the location can then be sent by pressing a button.
    """
    texts = packed(composed.blocks, LONGEST_TEXT)
    choices = composed.choices
    if not choices and not asks_place:
        return [text_content(text) for text in texts]
    if texts and length(texts[-1]) <= _LONGEST_BODY:
        *texts, body = texts
    else:
        body = say(language, "choose")
    shown = [text_content(text) for text in texts]
    if not choices:
        return [*shown, _location_request(body)]
    return [*shown, *_choice_contents(body, choices, language)]


def text_content(text: str) -> Content:
    """Return a plain text; links in it get no preview, which would tell Meta's servers what is offered."""
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def template_content(name: str, text: str) -> Content:
    """Return the German template that carries a text where WhatsApp takes nothing else."""
    body = [{"type": "body", "parameters": [{"type": "text", "text": one_line(text)}]}]
    return {"type": "template", "template": {"name": name, "language": {"code": "de"}, "components": body}}


def one_line(text: str) -> str:
    """Return a text as a template's variable may hold it, without line breaks."""
    return " ".join(text.split())


def fits_template(text: str) -> bool:
    """Return whether the template carries a text whole."""
    return length(one_line(text)) <= _LONGEST_PARAMETER


def _choice_contents(body: str, choices: Sequence[Choice], language: str) -> list[Content]:
    titles = [shortened(choice.title, _LONGEST_BUTTON) for choice in choices]
    whole = all(title == choice.title for title, choice in zip(titles, choices, strict=True))
    if len(choices) <= _MOST_BUTTONS and whole and len(set(titles)) == len(titles):
        return [_buttons(body, choices)]
    groups = [choices[first : first + _MOST_ROWS] for first in range(0, len(choices), _MOST_ROWS)]
    again = say(language, "choose")
    return [_list(body if n == 0 else again, group, language) for n, group in enumerate(groups)]


def _buttons(body: str, choices: Sequence[Choice]) -> Content:
    buttons = [{"type": "reply", "reply": {"id": choice.payload, "title": choice.title}} for choice in choices]
    return _interactive("button", body, {"buttons": buttons}, choices)


def _list(body: str, choices: Sequence[Choice], language: str) -> Content:
    label = shortened(say(language, "choose_button"), _LONGEST_BUTTON)
    action = {"button": label, "sections": [{"rows": [_row(choice) for choice in choices]}]}
    return _interactive("list", body, action, choices)


def _row(choice: Choice) -> dict[str, str]:
    title = shortened(choice.title, _LONGEST_ROW)
    # What the title has no room for stands below it.
    more = " · ".join(part for part in (choice.title if title != choice.title else "", choice.more) if part)
    row = {"id": choice.payload, "title": title}
    return {**row, "description": shortened(more, _LONGEST_ROW_TEXT)} if more else row


def _location_request(body: str) -> Content:
    return _interactive("location_request_message", body, {"name": "send_location"}, ())


def _interactive(kind: str, body: str, action: dict[str, Any], choices: Sequence[Choice]) -> Content:
    # Telephones too old for buttons, and what Meta refuses, get the choices as words: who writes them is understood, too.
    plain = "\n".join([body, *(f"• {choice.title}" for choice in choices)])
    shown = {"type": kind, "body": {"text": body}, "action": action}
    return {"type": "interactive", "interactive": shown, "plain": shortened(plain, LONGEST_TEXT)}
