"""Cuts guides into sections at headings and blank lines, and sections into sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.values import Guide

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BETWEEN_BLOCKS = re.compile(r"\n\s*\n|\n(?=#)")
# A full stop after a number or a short abbreviation ("3. Klasse", "z. B.", "Nr.") ends no sentence.
_ABBREVIATIONS = "".join(
    rf"(?<!\b{word}\.)" for word in (r"\w", "Nr", "ca", "bzw", "ggf", "Str", "Tel", "inkl", "św", "ul", "вул", "ул")
)
_SENTENCE_END = re.compile(rf"(?<=[.!?؟…])(?<!\b\d\.)(?<!\b\d\d\.){_ABBREVIATIONS}\s+|\n+")
_LONGEST = 1200


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a guide: what stands under a heading, at most about 1,200 characters of it."""

    guide: Guide
    heading: str
    text: str

    @property
    def whole(self) -> str:
        """The text with its heading."""
        return f"{self.heading}. {self.text}" if self.heading else self.text

    @property
    def titled(self) -> str:
        """The text with its heading and the guide's title."""
        return f"{self.guide.title}. {self.whole}"


def cut(guide: Guide) -> list[Section]:
    """Return the sections of a guide's Markdown or plain text, in its order."""
    return [
        Section(guide=guide, heading=heading, text=piece)
        for heading, text in _under_headings(guide.text)
        for piece in _pieces(text)
    ]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, word for word; each line of a list is one."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def _under_headings(text: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, block) pairs; a heading holds for all blocks up to the next one."""
    heading = ""
    for block in _BETWEEN_BLOCKS.split(text):
        lines = block.strip().splitlines()
        if lines and (match := _HEADING.match(lines[0])):
            heading, lines = match[1].strip(), lines[1:]
        if paragraph := "\n".join(lines).strip():
            yield heading, paragraph


def _pieces(text: str) -> Iterator[str]:
    """Yield a long text in pieces that end with a sentence."""
    piece = ""
    for sentence in sentences(text) if len(text) > _LONGEST else [text]:
        if piece and len(piece) + len(sentence) > _LONGEST:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}" if piece else sentence
    if piece:
        yield piece
