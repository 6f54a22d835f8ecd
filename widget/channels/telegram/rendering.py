"""Shows a reply as Telegram does: HTML that is escaped, cards as numbered texts, buttons below, never longer than a message may be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from knowledge import RIGHT_TO_LEFT, written_language
from widget.channels.channel import Outgoing, Showing
from widget.channels.telegram.reading import KEY_MARK
from widget.channels.texts import say
from widget.display import web_link
from widget.texts import sentence

# Telegram counts 4096 after reading the tags; we count them, too, and in UTF-16 as its clients do.
LONGEST_TEXT = 4096
_LONGEST_PART = 3000
_LONGEST_DESCRIPTION = 1200
_LONGEST_DATA_BYTES = 64
_LONGEST_TITLE = 200
_MOST_BUTTONS = 30
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
        """Return the calls that show a reply, in order."""
        reply, language = showing.reply, showing.reply.language
        pressed = showing.answering.text if showing.answering else ""
        whole = pressed.startswith("/ask_details")
        texts: list[tuple[str, list[Button]]] = []
        for message in reply.messages:
            blocks, buttons = self._blocks(message, language, whole=whole)
            pieces = list(_fitted(blocks))
            # Buttons belong below the last piece; without any text there is nothing to hang them on.
            texts += [(piece, []) for piece in pieces[:-1]] + [(pieces[-1], buttons)] if pieces else []
        asks = sentence(language, "page_location") if showing.asks_place else None
        last = len(texts) - 1
        return [
            _call(text, self._markup(buttons, asks if number == last else None))
            for number, (text, buttons) in enumerate(texts)
        ]

    def _blocks(self, message: Mapping[str, Any], language: str, *, whole: bool) -> tuple[list[str], list[Button]]:
        blocks = [_directed(part, language) for part in _parts(message["text"])]
        cards = message["offerings"]
        buttons: list[Button] = []
        for number, card in enumerate(cards, start=1):
            blocks.append(self._card(card, number if len(cards) > 1 else None, language, whole=whole))
            if not whole and isinstance(card.get("id"), str):
                title = say(language, "details", number=str(number))
                title = title if len(cards) > 1 else sentence(language, "page_more_about")
                buttons.append({"title": title, "payload": f'/ask_details{{"offering": "{card["id"]}"}}'})
        return blocks, [*buttons, *message["buttons"]]

    def _card(self, card: Mapping[str, Any], number: int | None, language: str, *, whole: bool) -> str:
        shown = card["display"]
        title = f"{number}. {card['title']}" if number else str(card["title"])
        lines = [f"<b>{escape(_cut(title, _LONGEST_TITLE), quote=False)}</b>"]
        lines += [_escaped(" · ".join(shown["badges"]))] if shown["badges"] else []
        lines += [f"– {_escaped(reason)}" for reason in card.get("reasons") or ()]
        if whole and card.get("description"):
            lines.append(_escaped(_cut(str(card["description"]), _LONGEST_DESCRIPTION)))
        facts = shown["facts"] if whole else [fact for fact in shown["facts"] if fact.get("ltr")][:3]
        lines += [f"{_escaped(fact['label'])}: {_escaped(_cut(fact['text'], 400), isolated=True)}" for fact in facts]
        lines += list(self._ways(card, whole=whole))
        if card.get("contact"):
            lines.append(_escaped(str(card["contact"])))
        if whole:
            lines += [_escaped(text) for text in (shown["checked"], shown["german"]) if text]
        return "\n".join(_marked(line, language) for line in lines)

    def _ways(self, card: Mapping[str, Any], *, whole: bool) -> Iterator[str]:
        """Yield how to get there: Telegram makes numbers and e-mail addresses tappable by itself."""
        for action in card["display"]["actions"]:
            kind, href = action["kind"], action["href"]
            sign = _SIGNS.get(kind, "•")
            if kind == "phone":
                yield f"{sign} {_escaped(str(action['text']), isolated=True)}"
            elif kind == "email":
                yield f"{sign} {_escaped(href.removeprefix('mailto:'), isolated=True)}"
            elif kind in {"website", "route"} or whole:
                address = href if href.startswith(_WEB) else f"{self.public_url}{href}" if self.public_url else None
                if address and web_link(address):
                    yield f'{sign} <a href="{escape(address)}">{_escaped(action["label"])}</a>'

    def _markup(self, buttons: Sequence[Button], asks: str | None) -> dict[str, Any] | None:
        if buttons:
            rows = [
                [{"text": _cut(one["title"], 60) or "…", "callback_data": self._data(one["payload"])}]
                for one in buttons[:_MOST_BUTTONS]
            ]
            return {"inline_keyboard": _beside(rows)}
        if asks:
            key = {"text": f"📍 {asks}", "request_location": True}
            return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
        return None

    def _data(self, payload: str) -> str:
        fits = len(payload.encode()) <= _LONGEST_DATA_BYTES and not payload.startswith(KEY_MARK)
        return payload if fits else KEY_MARK + self.key_of(payload)


def _call(html: str, markup: Mapping[str, Any] | None) -> Outgoing:
    params = {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return Outgoing(
        content={"method": "sendMessage", "params": {**params, **({"reply_markup": markup} if markup else {})}}
    )


def _beside(rows: list[list[dict[str, str]]]) -> list[list[dict[str, str]]]:
    """Put short buttons side by side, two in a row, so that a telephone's screen keeps room for the text."""
    placed: list[list[dict[str, str]]] = []
    for (button,) in rows:
        short = len(button["text"]) <= 14
        if short and placed and len(placed[-1]) == 1 and len(placed[-1][0]["text"]) <= 14:
            placed[-1].append(button)
        else:
            placed.append([button])
    return placed


def _fitted(blocks: Sequence[str]) -> Iterator[str]:
    """Yield texts that are each short enough, parted between blocks alone: a tag is never cut."""
    text = ""
    for block in blocks:
        joined = f"{text}\n\n{block}" if text else block
        if text and length(joined) > LONGEST_TEXT:
            yield text
            joined = block
        text = joined
    if text:
        yield text


def _parts(text: str) -> Iterator[str]:
    """Yield a long text in parts that fit a message, ended between lines or words where that is possible."""
    text = text.strip()
    while len(text) > _LONGEST_PART // 2:
        head = text[: _LONGEST_PART // 2]
        end = max(head.rfind("\n"), head.rfind(" "))
        end = end if end > _LONGEST_PART // 4 else len(head)
        yield text[:end].strip()
        text = text[end:].strip()
    if text:
        yield text


def length(text: str) -> int:
    """Return a text's length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _directed(text: str, language: str) -> str:
    return "\n".join(_marked(escape(line, quote=False), language) for line in text.split("\n"))


def _marked(line: str, language: str) -> str:
    """Let a line run from right to left in such a language, even where it begins with a number or a Latin name."""
    return _RIGHT_TO_LEFT_MARK + line if written_language(language) in RIGHT_TO_LEFT and line else line


def _escaped(text: str, *, isolated: bool = False) -> str:
    """Return a text for HTML; isolated, it keeps its own direction: a telephone number must not be turned round."""
    shown = escape(text, quote=False)
    return f"{_ISOLATE}{shown}{_END}" if isolated else shown


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
