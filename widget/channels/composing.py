"""A reply as text blocks and choices, for platforms that show plain text with a few things to press below it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge import RIGHT_TO_LEFT
from widget.cards.display import postal_address
from widget.channels.lengths import length, pieces, shortened
from widget.conversation.given_replies import Reply
from widget.conversation.rasa_reply import Message
from widget.texts import sentence

Card = Mapping[str, Any]
Bold = Callable[[str], str]

_LEFT_TO_RIGHT = "\u2066{}\u2069"  # else "030 23125 104" is shown as "104 23125 030" among right-to-left words
_OWN_DIRECTION = "\u2068{}\u2069"
# Without it, a line of a right-to-left reply that begins with a German name would stand on the left.
_LINE_FROM_THE_RIGHT = "\u200f"
_WAYS = ("phone", "email", "website")
_LONGEST_DESCRIPTION = 1200


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something to press: what it sends, and what stands on it; `more` explains it where there is room."""

    title: str
    payload: str
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A reply to be shown: texts in order, and what can be chosen below the last of them."""

    blocks: tuple[str, ...]
    choices: tuple[Choice, ...]


def composed(messages: Sequence[Message], language: str, *, bold: Bold, site: str | None) -> Composed:
    """Return a reply as blocks and choices; cards are numbered as the choices that tell more about them are.

    Args:
        bold: Marks a title in the platform's way.
        site: Where our own pages are, without a slash at the end; None: they are not named.
    """
    cards = [card for message in messages for card in message["offerings"]]
    several = len(cards) > 1
    blocks, number = [], 0
    for message in messages:
        if message["text"]:
            blocks.append(framed(message["text"], language))
        for card in message["offerings"]:
            number += 1
            blocks.append(card_text(card, language, bold=bold, site=site, number=number if several else None))
    details = [details_choice(card, n) for n, card in enumerate(cards, 1)] if several else []
    buttons = [Choice(title=b["title"], payload=b["payload"]) for m in messages for b in m["buttons"]]
    return Composed(blocks=tuple(blocks), choices=_once((*details, *buttons)))


def details_choice(card: Card, number: int) -> Choice:
    """Return what asks for more about a card of several."""
    told = [*card["display"]["badges"], *(card.get("reasons") or ())]
    payload = f"/ask_details{json.dumps({'offering': card['id']})}"
    return Choice(title=f"{number}. {card['title']}", payload=payload, more=" · ".join(told))


def spoken(reply: Reply) -> str:
    """Return the words of a reply alone."""
    return "\n\n".join(message["text"] for message in reply.messages if message["text"])


def card_text(card: Card, language: str, *, bold: Bold, site: str | None, number: int | None = None) -> str:
    """Return a card as lines of text; one that stands alone (without number) tells everything that is known."""
    display, german = card["display"], card.get("text_language", "de") == "de"
    title = f"{number}. {card['title']}" if number else str(card["title"])
    lines = [bold(_isolated(title, language) if german else title)]
    lines += [_isolated(card["provider"], language)] if card.get("provider") else []
    lines += [" · ".join(display["badges"])]
    lines += [f"• {reason}" for reason in card.get("reasons") or ()]
    if number is None:
        description = shortened(card.get("description") or "", _LONGEST_DESCRIPTION)
        lines += [_isolated(description, language) if german and description else description]
        lines += [_labelled(fact["label"], fact["text"], language, ltr="ltr" in fact) for fact in display["facts"]]
    elif postal_address(card):
        lines += [_labelled(sentence(language, "card_address"), postal_address(card), language, ltr=True)]
    lines += list(_ways(card, language, site if number is None else None))
    lines += [card["contact"]] if card.get("contact") else []
    if number is None:
        lines += [note for note in (display["german"], display["checked"]) if note]
    return framed("\n".join(line for line in lines if line), language)


def framed(text: str, language: str) -> str:
    """Return a text whose every line begins on the side where its language does."""
    if language not in RIGHT_TO_LEFT:
        return text
    return "\n".join(_LINE_FROM_THE_RIGHT + line if line else line for line in text.split("\n"))


def packed(blocks: Iterable[str], most: int) -> list[str]:
    """Return blocks as few texts of at most `most` units; a block is parted only where it is too long alone.

    Few, because platforms keep no order between messages, and count each against a limit.
    """
    texts: list[str] = []
    for block in blocks:
        for piece in pieces(block, most):
            if texts and length(texts[-1]) + 2 + length(piece) <= most:
                texts[-1] += f"\n\n{piece}"
            else:
                texts.append(piece)
    return texts


def _ways(card: Card, language: str, site: str | None) -> Iterable[str]:
    for action in card["display"]["actions"]:
        if action["kind"] in _WAYS:
            told = action["text"] or action["href"].removeprefix("mailto:")
            yield _labelled(action["label"], told, language, ltr=True)
        elif action["kind"] == "share" and site:
            yield _labelled(action["label"], site + action["href"], language, ltr=True)


def _labelled(label: str, text: str, language: str, *, ltr: bool) -> str:
    return f"{label}: {_LEFT_TO_RIGHT.format(text) if ltr and language in RIGHT_TO_LEFT else text}"


def _isolated(text: str, language: str) -> str:
    return _OWN_DIRECTION.format(text) if language in RIGHT_TO_LEFT else text


def _once(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return choices without those that send what one before them does."""
    first: dict[str, Choice] = {}
    for choice in choices:
        first.setdefault(choice.payload, choice)
    return tuple(first.values())
