"""`lotse channels` for Messenger: what Meta says of token, page and app, how it comes to deliver to us, and what the page says first."""

from collections.abc import Iterator
from typing import Any

from knowledge import LANGUAGES
from widget.channels.asking_meta import ask_app, deliver_to_us, fault
from widget.channels.channel import Finding
from widget.channels.graph import Graph, GraphError
from widget.channels.lengths import pieces, shortened
from widget.channels.messenger.reading import menu_payload
from widget.channels.texts import say
from widget.texts import sentence

_RIGHT = "pages_messaging"
_FIELDS = ("messages", "messaging_postbacks", "messaging_referrals")
_LONGEST_GREETING = 160
_LONGEST_MENU_TITLE = 30
_COMMANDS = ("start", "help", "language", "stop")
# The locales of Facebook in which our languages are read.
_LOCALES = {
    "de": ("de_DE",), "en": ("en_US", "en_GB"), "tr": ("tr_TR",), "ar": ("ar_AR",), "uk": ("uk_UA",), "ru": ("ru_RU",),
    "pl": ("pl_PL",), "ro": ("ro_RO",), "fa": ("fa_IR",), "fr": ("fr_FR", "fr_CA"),
}  # fmt: skip


def check(graph: Graph, *, app_secret: str, human_agent: bool) -> list[Finding]:
    """Return what Meta says of our settings."""
    app, findings = ask_app(graph, app_secret, right=_RIGHT)
    if app is None:
        return findings
    findings.append(_page(graph))
    if not human_agent:
        text = "people's answers reach parents only within 24 hours of their last message (LOTSE_MESSENGER_HUMAN_AGENT)"
        findings.append(Finding(text=text))
    return findings


def connect(graph: Graph, public_url: str | None, *, app_secret: str, verify_token: str) -> Iterator[Finding]:
    """Enter our address with Meta, let the page's messages come to the app, and write greeting and menu."""
    app, findings = ask_app(graph, app_secret, right=_RIGHT)
    yield from findings
    page = _page(graph)
    yield page
    if app is None or not page.sound:
        return
    yield deliver_to_us(
        graph, app, what="page", public_url=public_url, channel="messenger", verify_token=verify_token, fields=_FIELDS
    )
    try:
        graph.post("me/subscribed_apps", {"subscribed_fields": ",".join(_FIELDS)})
        graph.post("me/messenger_profile", profile())
    except GraphError as error:
        yield fault("page", error)
    else:
        yield Finding(text="page: its messages come to the app; greeting and menu stand in all languages")


def profile() -> dict[str, Any]:
    """Return what the page shows before the first message, and its menu, in every language; German where it is none of them."""
    spoken = [("default", "de"), *((locale, language) for language in LANGUAGES for locale in _LOCALES[language])]
    return {
        "get_started": {"payload": menu_payload("start", None)},
        "greeting": [{"locale": locale, "text": _greeting(language)} for locale, language in spoken],
        "persistent_menu": [_menu(locale, language) for locale, language in spoken],
    }


def _greeting(language: str) -> str:
    return pieces(sentence(language, "page_greeting"), _LONGEST_GREETING)[0]


def _menu(locale: str, language: str) -> dict[str, Any]:
    entries = [
        {
            "type": "postback",
            "title": shortened(say(language, f"command_{command}"), _LONGEST_MENU_TITLE),
            # Where no menu is in the reader's language, the German one tells nothing of it.
            "payload": menu_payload(command, None if locale == "default" else language),
        }
        for command in _COMMANDS
    ]
    return {"locale": locale, "composer_input_disabled": False, "call_to_actions": entries}


def _page(graph: Graph) -> Finding:
    try:
        told = graph.get("me", fields="id,name")
    except GraphError as error:
        return fault("page", error)
    return Finding(text=f"page: {told.get('name')}, https://m.me/{told.get('id')}")
