"""Reads a guide from a PDF, HTML, Markdown or plain-text-with-headings file: its title, its text with headings, its address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import ImportFileError
from knowledge.importing.readers import content_of

Fault = Literal["kind", "empty", "locked", "pages", "torn", "slow"]
KINDS = frozenset({".pdf", ".html", ".htm", ".md", ".markdown"})
MOST_BYTES = 50_000_000
_MOST_PAGES = 500
_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 9
_LEAST_BELOW = 35
_FEWEST_LETTERS = 40


@dataclass(frozen=True, kw_only=True)
class GuideText:
    """What a file holds: a title (None where it names none), Markdown text, and its web address where it states one."""

    title: str | None
    text: str
    url: str | None = None


class GuideFileError(ImportFileError):
    """A file holds no guide that could be read; `fault` tells why, as the code of a sentence."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault: Fault = fault


def read_guide(path: Path) -> GuideText:
    """Return the guide in a file.

    Raises:
        ImportFileError: The file is missing, too large, locked, damaged, or holds no text.
    """
    return guide_in(path.name, content_of(path, most_bytes=MOST_BYTES))


def guide_in(name: str, content: bytes) -> GuideText:
    """Return the guide in the content of a file; its name tells the kind.

    Raises:
        GuideFileError: It is of another kind, locked, damaged, or holds no text.
    """
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise GuideFileError("kind", f"{name} is no guide; save it as PDF, HTML or Markdown")
    guide = _READERS[kind](name, content)
    if sum(letter.isalpha() for letter in guide.text) < _FEWEST_LETTERS:
        raise GuideFileError(
            "empty",
            f"{name} holds no text that could be read; if its pages are pictures, run text recognition (OCR) over it first",
        )
    return guide


def _markdown(_name: str, content: bytes) -> GuideText:
    text = content.decode("utf-8-sig", errors="replace")
    heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    return GuideText(title=heading[1].strip() if heading else None, text=text)


def _html(name: str, content: bytes) -> GuideText:
    import trafilatura

    text = trafilatura.extract(
        content, output_format="markdown", include_comments=False, include_tables=True, favor_recall=True
    )
    if text is None:
        raise GuideFileError("empty", f"{name} holds no text of a page; save the whole page and import that")
    about = trafilatura.extract_metadata(content)
    url = about.url if about and (about.url or "").startswith(("http://", "https://")) else None
    return GuideText(title=(about.title if about else None) or None, text=text, url=url)


def _pdf(name: str, content: bytes) -> GuideText:
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise GuideFileError("locked", f"{name} is locked with a password; save it without one")
        if len(reader.pages) > _MOST_PAGES:
            raise GuideFileError("pages", f"{name} has more than {_MOST_PAGES} pages; split it")
        pages = [page.extract_text() or "" for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else None) or None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
        raise GuideFileError("torn", f"{name} cannot be read as PDF ({type(error).__name__}); save it anew") from error
    return GuideText(title=title, text="\n\n".join(_with_headings("\n\n".join(pages))))


def _with_headings(text: str) -> Iterator[str]:
    """Yield the blocks of a PDF's lines, with those that look like headings marked, and words cut at a line's end joined."""
    joined = re.sub(r"(\w)[-\u00ad]\n(?=[a-zäöüß])", r"\1", text)
    lines = [line.strip() for line in joined.splitlines()]
    block: list[str] = []
    for before, line, after in zip(["", *lines], [*lines, ""], [*lines[1:], "", ""], strict=False):
        heads = bool(line) and _is_heading(before, line, after)
        if line and not heads:
            block.append(line)
            continue
        if block:
            yield " ".join(block)
            block = []
        if heads:
            yield f"## {line}"


def _is_heading(before: str, line: str, after: str) -> bool:
    """Return whether a line stands for itself: short, begins large, ends like no sentence, and text follows it."""
    begins_anew = not before or before[-1] in ".!?:…"
    short = len(line) <= _LONGEST_HEADING and len(line.split()) <= _MOST_HEADING_WORDS
    ends_open = line[-1].isalpha() or line[-1] == "?"
    return begins_anew and short and ends_open and not line[0].islower() and (not after or len(after) > _LEAST_BELOW)


_READERS: dict[str, Callable[[str, bytes], GuideText]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
}
