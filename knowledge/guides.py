"""Sections of the guides that answer a question: cut at headings and blank lines, compared by their words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.text import words
from knowledge.values import Guide

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_HEADING_COUNTS = 2.0
_SHORTEST_WORD = 4


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a guide, with how well it answers (0.0 to 1.0; higher is better)."""

    guide: str
    alliance: str | None
    language: str
    title: str
    heading: str
    text: str
    url: str | None
    score: float


def find_sections(guides: Sequence[Guide], question: str, *, language: str | None = None) -> list[Section]:
    """Return the sections that share words with a question, best first; without a question, all of them.

    Args:
        language: Only guides in this language (ISO 639-1); None for all.
    """
    asked = {word for word in words(question) if len(word) >= _SHORTEST_WORD}
    sections = [
        Section(
            guide=guide.id, alliance=guide.alliance, language=guide.language, title=guide.title, heading=heading, text=text,
            url=guide.url, score=round(_overlap(asked, guide.title, heading, text), 4),
        )
        for guide in guides
        if language in {None, guide.language}
        for heading, text in _cut(guide.text)
    ]  # fmt: skip
    found = sections if not question.strip() else [section for section in sections if section.score > 0]
    return sorted(found, key=lambda section: -section.score)


def _cut(text: str) -> list[tuple[str, str]]:
    """Return (heading, paragraph) pairs of Markdown or plain text."""
    heading, found = "", []
    for block in re.split(r"\n\s*\n|\n(?=#)", text):
        lines = block.strip().splitlines()
        if lines and (match := _HEADING.match(lines[0])):
            heading, lines = match[1].strip(), lines[1:]
        if paragraph := "\n".join(lines).strip():
            found.append((heading, paragraph))
    return found


def _overlap(asked: set[str], title: str, heading: str, text: str) -> float:
    if not asked:
        return 0.0
    above, below = set(words(f"{title} {heading}")), set(words(text))
    points = sum(_HEADING_COUNTS if word in above else 1.0 if word in below else 0.0 for word in asked)
    return points / (_HEADING_COUNTS * len(asked))
