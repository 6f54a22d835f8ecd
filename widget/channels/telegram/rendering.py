"""Shows a reply as Telegram does: HTML that is escaped, cards as numbered texts, buttons below, never longer than a message may be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from knowledge import RIGHT_TO_LEFT, written_language
from widget.cards.display import web_link
from widget.channels.channel import Outgoing, Showing
from widget.channels.telegram.reading import KEY_MARK
from widget.channels.texts import say
from widget.texts import sentence

# Telegram counts 4096 after reading the tags; we count them, too, and in UTF-16 as its clients do.
LONGEST_TEXT = 4096
_LONGEST_PART = 3000
_LONGEST_DESCRIPTION = 1200
_LONGEST_DATA_BYTES = 64
_LONGEST_TITLE = 200
_LONGEST_FACT = 400
_MOST_ROWS = 30
# Up to so many letters, so many buttons have room beside each other.
_BESIDE = ((11, 3), (18, 2), (10_000, 1))
# What a card tells at a glance, besides how to get there.
_AT_A_GLANCE = ("card_dates", "card_hours", "card_cost", "card_address")
_RIGHT_TO_LEFT_MARK, _ISOLATE, _END = "\u200f", "\u2068", "\u2069"
_SIGNS = {"phone": "📞", "email": "✉️", "website": "🌐", "route": "📍", "calendar": "📅", "share": "🔗"}
_WEB = ("http://", "https://")

Button = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """Turns replies into calls of the Bot API.

    Attributes:
        key_of: Keeps a payload that is too long for a button, and returns its key.
        public_url: Where the pages of offerings are; None: they are not linked.
    """

    key_of: Callable[[str], str]
    public_url: str | None = None

    def calls(self, showing: Showing) -> list[Outgoing]:
        """Return the calls that show a reply, in order; what has no buttons of its own goes together."""
        language = showing.reply.language
        whole = showing.answering is not None and showing.answering.text.startswith("/ask_details")
        calls: list[Outgoing] = []
        blocks: list[str] = []
        last = len(showing.reply.messages) - 1
        for number, message in enumerate(showing.reply.messages):
            blocks += [_directed(part, language) for part in _parts(message["text"])]
            blocks += self._cards(message["offerings"], language, whole=whole)
            rows = [
                *self._rows(_details(message["offerings"], language) if not whole else []),
                *self._rows(message["buttons"]),
            ]
            markup = {"inline_keyboard": rows[:_MOST_ROWS]} if rows else None
            if number == last and not markup and showing.asks_place:
                markup = _asking_place(language)
            if markup or number == last:
                # Buttons belong below the last piece; without any text there is nothing to hang them on.
                pieces = list(_fitted(blocks))
                calls += [_call(piece, markup if piece is pieces[-1] else None) for piece in pieces]
                blocks = []
        return calls

    def _cards(self, cards: Sequence[Mapping[str, Any]], language: str, *, whole: bool) -> list[str]:
        numbered = len(cards) > 1
        return [
            self._card(card, number if numbered else None, language, whole=whole)
            for number, card in enumerate(cards, start=1)
        ]

    def _card(self, card: Mapping[str, Any], number: int | None, language: str, *, whole: bool) -> str:
        shown = card["display"]
        title = f"{number}. {card['title']}" if number else str(card["title"])
        lines = [f"<b>{_escaped(_cut(title, _LONGEST_TITLE))}</b>"]
        lines += [_escaped(" · ".join(shown["badges"]))] if shown["badges"] else []
        lines += [f"– {_escaped(reason)}" for reason in card.get("reasons") or ()]
        if whole and card.get("description"):
            lines.append(_escaped(_cut(str(card["description"]), _LONGEST_DESCRIPTION)))
        labels = {sentence(language, key) for key in _AT_A_GLANCE}
        lines += [
            f"{_escaped(fact['label'])}: {_isolated(_cut(fact['text'], _LONGEST_FACT), language)}"
            for fact in shown["facts"]
            if whole or fact["label"] in labels
        ]
        lines += list(self._ways(card, language, whole=whole))
        if card.get("contact"):
            lines.append(_escaped(str(card["contact"])))
        if whole:
            lines += [_escaped(text) for text in (shown["checked"], shown["german"]) if text]
        return "\n".join(_marked(line, language) for line in lines)

    def _ways(self, card: Mapping[str, Any], language: str, *, whole: bool) -> Iterator[str]:
        """Yield how to get there: Telegram makes numbers and e-mail addresses tappable by itself."""
        for action in card["display"]["actions"]:
            kind, href = action["kind"], action["href"]
            sign = _SIGNS.get(kind, "•")
            if kind == "phone":
                yield f"{sign} {_isolated(str(action['text']), language)}"
            elif kind == "email":
                yield f"{sign} {_isolated(href.removeprefix('mailto:'), language)}"
            elif kind in {"website", "route"} or whole:
                address = href if href.startswith(_WEB) else f"{self.public_url}{href}" if self.public_url else None
                if address and web_link(address):
                    yield f'{sign} <a href="{escape(address)}">{_escaped(action["label"])}</a>'

    def _rows(self, buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
        """Return short buttons side by side, so that a telephone's screen keeps room for the text."""
        longest = max((len(one["title"]) for one in buttons), default=0)
        beside = next(number for letters, number in _BESIDE if longest <= letters)
        made = [{"text": _cut(one["title"], 60) or "…", "callback_data": self._data(one["payload"])} for one in buttons]
        return [made[first : first + beside] for first in range(0, len(made), beside)]

    def _data(self, payload: str) -> str:
        fits = len(payload.encode()) <= _LONGEST_DATA_BYTES and not payload.startswith(KEY_MARK)
        return payload if fits else KEY_MARK + self.key_of(payload)


def _call(html: str, markup: Mapping[str, Any] | None) -> Outgoing:
    params = {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return Outgoing(
        content={"method": "sendMessage", "params": {**params, **({"reply_markup": markup} if markup else {})}}
    )


def _details(cards: Sequence[Mapping[str, Any]], language: str) -> list[Button]:
    """Return a button for each card that shows all of it."""
    one = len(cards) == 1
    return [
        {
            "title": sentence(language, "page_more_about") if one else say(language, "details", number=str(number)),
            "payload": f'/ask_details{{"offering": "{card["id"]}"}}',
        }
        for number, card in enumerate(cards, start=1)
    ]


def _asking_place(language: str) -> dict[str, Any]:
    key = {"text": f"📍 {sentence(language, 'page_location')}", "request_location": True}
    return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}


def _fitted(blocks: Sequence[str]) -> Iterator[str]:
    """Yield texts that are each short enough, parted between blocks, or between the lines of a long one: a tag is never cut."""
    text = ""
    for block in blocks:
        for between, part in _lines(block) if length(block) > LONGEST_TEXT else [("\n\n", block)]:
            joined = f"{text}{between}{part}" if text else part
            if text and length(joined) > LONGEST_TEXT:
                yield text
                joined = part
            text = joined
    if text:
        yield text


def _lines(block: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(block.split("\n")):
        yield ("\n" if number else "\n\n"), line


def _parts(text: str) -> Iterator[str]:
    """Yield a long text in parts that fit a message, ended between lines or words where that is possible."""
    text = text.strip()
    while text:
        head = _head(text, _LONGEST_PART)
        if len(head) < len(text):
            end = max(head.rfind("\n"), head.rfind(" "))
            head = head[:end] if end > len(head) // 2 else head
        yield head.strip()
        text = text[len(head) :].strip()


def _head(text: str, longest: int) -> str:
    """Return the beginning of a text that is no longer than that when it is written as HTML."""
    # A letter takes five at most: "&amp;".
    return text[:longest] if length(_escaped(text[:longest])) <= longest else text[: longest // 5]


def length(text: str) -> int:
    """Return a text's length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _directed(text: str, language: str) -> str:
    return "\n".join(_marked(_escaped(line), language) for line in text.split("\n"))


def _marked(line: str, language: str) -> str:
    """Let a line run from right to left in such a language, even where it begins with a number or a Latin name."""
    return _RIGHT_TO_LEFT_MARK + line if written_language(language) in RIGHT_TO_LEFT and line else line


def _escaped(text: str) -> str:
    """Return a text for HTML; half an emoji, which no request could hold, becomes a question mark."""
    return escape(text, quote=False).encode("utf-8", "replace").decode()


def _isolated(text: str, language: str) -> str:
    """Return a text for HTML that keeps its own direction: a telephone number must not be turned round."""
    return f"{_ISOLATE}{_escaped(text)}{_END}" if written_language(language) in RIGHT_TO_LEFT else _escaped(text)


def _cut(text: str, longest: int) -> str:
    head = _head(text, longest)
    return text if head == text else head[:-1].rstrip() + "…"
