"""What is answered in a crisis, and the numbers in it: written in YAML, reviewed, read once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.values import LANGUAGES, RIGHT_TO_LEFT, SIMPLE_GERMAN
from widget.crisis.catalogue import read_yaml

REPLY_LANGUAGES = (*LANGUAGES, SIMPLE_GERMAN)
_FALLBACK = "de"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LEFT_TO_RIGHT = "\u2066{}\u2069"  # else "116 016" is shown as "016 116" among right-to-left words


@dataclass(frozen=True)
class Hotline:
    """A hotline's number, written as in Germany."""

    number: str

    @property
    def tel(self) -> str:
        """The address that a phone dials, such as `tel:116016`."""
        return f"tel:{self.number.replace(' ', '')}"


def replies(kind: str, language: str) -> list[str]:
    """Return the paragraphs of a reply with its numbers filled in; German where a language is not known."""
    language = language if language in REPLY_LANGUAGES else _FALLBACK
    framed = _LEFT_TO_RIGHT if language in RIGHT_TO_LEFT else "{}"
    return [
        _PLACEHOLDER.sub(lambda name: framed.format(_HOTLINES[name[1]].number), paragraph)
        for paragraph in _REPLIES[language][kind]
    ]


def hotlines(kind: str) -> tuple[Hotline, ...]:
    """Return the numbers that a reply names, in its order."""
    names = _PLACEHOLDER.findall(" ".join(_REPLIES[_FALLBACK][kind]))
    return tuple(_HOTLINES[name] for name in names)


_HERE = Path(__file__).parent
_HOTLINES = {name: Hotline(number) for name, number in read_yaml(_HERE / "hotlines.yml").items()}
_REPLIES: Mapping[str, Mapping[str, Sequence[str]]] = {
    language: read_yaml(_HERE / "replies" / f"{language}.yml") for language in REPLY_LANGUAGES
}
