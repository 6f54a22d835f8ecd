"""Postal codes and coordinates in a text."""

import re
from dataclasses import dataclass

from knowledge.places.distances import Point
from knowledge.places.gazetteer import Code, Gazetteer
from knowledge.places.lexicon import around
from knowledge.places.tokens import Token
from knowledge.text import fold

# The first two digits that no German postal code has.
_NO_REGION = {"00", "05", "11", "43", "62"}
# "EUR 24103", "№ 24103"; but "bis 300 €, 24103 Kiel" tells a price before the code.
_ANNOUNCED = re.compile(r"(?:(?<!\d)(?<!\d\s)(?:[€$£₺₴₽]|\beuro?)|[+#№])\s?$", re.IGNORECASE)
_LONGEST_ANNOUNCEMENT = 8
_MEASURED = re.compile(r"(?:,-)?\s*[€$£₺₴₽%]|\s*@")
_COORDINATES = re.compile(r"\s*\(?\s*(-?\d{1,2}\.\d+)\s*[,;/ ]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?\s*$")


@dataclass(frozen=True)
class CodeMention:
    """A postal code in a text, with the positions of its first and last word ("D-06366" has two)."""

    code: Code
    first: int
    last: int


def coordinates(text: str) -> Point | None:
    """Return the point that a text is, written as "latitude,longitude" in degrees."""
    found = _COORDINATES.match(fold(text))
    if not found:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def find_code(text: str, tokens: list[Token], gazetteer: Gazetteer, *, expected: bool) -> CodeMention | None:
    """Return the first postal code in a text.

    A number that is no code on record counts, with the place of the nearest numbers, only where a code was asked for or
    announced ("PLZ 04316").
    """
    for at, token in enumerate(tokens):
        if len(token.key) != 5 or not token.is_number or _is_other_number(text, tokens, at):
            continue
        announced = at > 0 and tokens[at - 1].key in around().code
        code = gazetteer.codes.get(token.key)
        if code is None and (announced or expected):
            code = nearest_code(gazetteer, token.key)
        if code is not None:
            joined = announced and tokens[at - 1].key in {"d", "de"} and token.start - tokens[at - 1].end <= 1
            return CodeMention(code, at - 1 if joined else at, at)
    return None


def nearest_code(gazetteer: Gazetteer, number: str) -> Code | None:
    """Return a valid code that is not on record, placed at the known one that is nearest by number."""
    if number[:2] in _NO_REGION:
        return None
    for digits in (4, 3):
        known = [code for code in gazetteer.codes.values() if code.code.startswith(number[:digits])]
        if known:
            near = min(known, key=lambda code: abs(int(code.code) - int(number)))
            return Code(number, near.latitude, near.longitude, near.town)
    return None


def _is_other_number(text: str, tokens: list[Token], at: int) -> bool:
    """Return whether five digits are money, a measure, or a part of an address on the net, a phone number or a longer number."""
    token = tokens[at]
    if _ANNOUNCED.search(text[max(0, token.start - _LONGEST_ANNOUNCEMENT) : token.start]) or _MEASURED.match(
        text, token.end
    ):
        return True
    if at > 0 and tokens[at - 1].key in around().phone:
        return True
    if at + 1 < len(tokens) and (tokens[at + 1].key in around().amounts or _goes_on(text, token, tokens[at + 1], 3)):
        return True
    return at > 0 and _goes_on(text, tokens[at - 1], token, 3, of_first=True)


def _goes_on(text: str, first: Token, second: Token, digits: int, *, of_first: bool = False) -> bool:
    """Return whether two numbers beside each other are written as one: "0345 12345", "030/12345", "12345.6"."""
    between = text[first.end : second.start]
    other = first if of_first else second
    if not (first.is_number and second.is_number):
        return False
    if between in {".", ",", "-", "/"}:
        return True
    return (
        len(between) <= 3
        and not set(between) - set(" /-()")
        and (len(other.key) >= digits or (of_first and other.key[0] == "0"))
    )
