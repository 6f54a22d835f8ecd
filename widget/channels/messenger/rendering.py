"""Replies in Messenger's form: texts, a row of cards with buttons to call, to read on and for more, quick replies below the last."""

import re
from collections.abc import Sequence
from typing import Any

from widget.cards.display import postal_address
from widget.channels.composing import Card, Choice, Composed, card_text, details_choice, packed
from widget.channels.lengths import shortened
from widget.channels.texts import say
from widget.texts import sentence

# What the Send API takes, in characters and pieces.
LONGEST_TEXT = 2000
_LONGEST_TITLE = 80
_LONGEST_BUTTON = 20
_MOST_ELEMENTS = 10
_MOST_REPLIES = 13

Content = dict[str, Any]


def contents(composed: Composed, cards: Sequence[Card], language: str, *, before_cards: Sequence[str]) -> list[Content]:
    """Return a reply as message objects of the Send API; several cards are a row to be swiped through.

    Args:
        composed: The whole reply as text and choices; its text is shown where a card does not fit into a row.
        cards: The reply's offerings, in order.
        before_cards: The reply's texts without the cards.

    Returns:
        Objects of `message`, and of `plain` where that can stand in for it.
    """
    in_row = len(cards) > 1 and all(_fits(card) for card in cards)
    shown: list[Content] = [
        {"message": {"text": text}} for text in packed(before_cards if in_row else composed.blocks, LONGEST_TEXT)
    ]
    choices = composed.choices
    if in_row:
        shown += _rows(cards, language)
        choices = choices[len(cards) :]  # each card has its own button for more
    for first in range(0, len(choices), _MOST_REPLIES):
        if first or in_row or not shown:
            shown.append({"message": {"text": say(language, "choose")}})
        replies = [_quick_reply(choice) for choice in choices[first : first + _MOST_REPLIES]]
        shown[-1]["message"]["quick_replies"] = replies
    return shown


def international(phone: str | None) -> str | None:
    """Return a phone number as +49…, as a button must have it; None for numbers that are dialled within Germany alone."""
    digits = re.sub(r"[^\d+]", "", (phone or "").replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+49" + digits[1:]
    return digits if re.fullmatch(r"\+[1-9]\d{6,14}", digits) else None


def _fits(card: Card) -> bool:
    """Return whether what a row shows of a card tells how to call or go there."""
    return international(card.get("phone")) is not None or bool(_links(card))


def _rows(cards: Sequence[Card], language: str) -> list[Content]:
    return [_row(cards, first, language) for first in range(0, len(cards), _MOST_ELEMENTS)]


def _row(cards: Sequence[Card], first: int, language: str) -> Content:
    numbered = list(enumerate(cards, 1))[first : first + _MOST_ELEMENTS]
    elements = [_element(card, number, language) for number, card in numbered]
    payload = {"template_type": "generic", "elements": elements}
    texts = [card_text(card, language, bold=str, site=None, number=number) for number, card in numbered]
    plain = shortened("\n\n".join(texts), LONGEST_TEXT)
    return {"message": {"attachment": {"type": "template", "payload": payload}}, "plain": {"text": plain}}


def _element(card: Card, number: int, language: str) -> dict[str, Any]:
    told = [*card["display"]["badges"], *(card.get("reasons") or ()), postal_address(card)]
    subtitle = shortened(" · ".join(one for one in told if one), _LONGEST_TITLE)
    title = shortened(str(card["title"]), _LONGEST_TITLE)
    return {"title": title, **({"subtitle": subtitle} if subtitle else {}), "buttons": _buttons(card, number, language)}


def _buttons(card: Card, number: int, language: str) -> list[dict[str, str]]:
    """Return the ways to a card's people, the details always among them."""
    buttons: list[dict[str, str]] = []
    phone = international(card.get("phone"))
    if phone:
        buttons.append({"type": "phone_number", "title": _label("card_phone", language), "payload": phone})
    for kind, href in list(_links(card).items())[:1]:
        buttons.append({"type": "web_url", "title": _label(f"card_{kind}", language), "url": href})
    details = details_choice(card, number)
    return [*buttons, {"type": "postback", "title": _label("page_more_about", language), "payload": details.payload}]


def _links(card: Card) -> dict[str, str]:
    """Return the ways to go there, the provider's own pages first."""
    links = {action["kind"]: action["href"] for action in card["display"]["actions"]}
    return {kind: links[kind] for kind in ("website", "route") if kind in links}


def _label(key: str, language: str) -> str:
    return shortened(sentence(language, key), _LONGEST_BUTTON)


def _quick_reply(choice: Choice) -> dict[str, str]:
    title = shortened(choice.title, _LONGEST_BUTTON)
    return {"content_type": "text", "title": title, "payload": choice.payload}
