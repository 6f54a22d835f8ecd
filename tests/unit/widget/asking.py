"""Reads a page as a browser would: its tags, and what a reader sees."""

import re
from html import unescape
from html.parser import HTMLParser


class Tags(HTMLParser):
    """The tags of a page, each with its attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def seen(page: str) -> str:
    """Return the text of a page's body, with single spaces; those that do not break stay."""
    body = re.sub(r"<(script|style|noscript).*?</\1>", " ", page.partition("<body>")[2], flags=re.S)
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", "", body))).strip()
