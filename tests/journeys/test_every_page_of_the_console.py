"""Every page of the console, as its own map of addresses lists them: for screen readers, on a narrow phone, under the strict policy."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule

from console.app import add_console
from console.policy import OPEN, policy_of
from knowledge import open_knowledge, read_settings
from tests.journeys.at_the_console import invited, records, sign_in
from tests.journeys.conftest import Server
from widget import create_app
from widget.conversation.assistant import AssistantAwayError
from widget.conversation.turn import Gateway
from widget.settings import WebSettings

pytestmark = pytest.mark.journey
FILES = {
    "console.bench.spreadsheet",
    "console.bench.judged",
    "console.exports.offerings",
    "console.exports.template",
    "console.figures.download",
    "console.files.static_file",
    "console.imports.faulty_rows",
    "console.xliff.download",
}
# Their addresses come out of what is done on the pages; they are looked at there.
REACHED = {"console.imports.show", "console.accounts.choose_password"}
LIST = "Titel;Kategorie;PLZ;Ort\nHort am Teich;Hort;06366;Köthen\nHort am Bach;Hort;63;Köthen\n"


class _NoAssistant:
    def reply(self, request: object) -> Any:
        raise AssistantAwayError("not asked here")

    def state(self) -> str:
        return "down"


def _app(folder: Path) -> Flask:
    """Return the console's application as the server has it, for its map of addresses alone."""
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(folder)}))
    gateway = Gateway(knowledge=knowledge, assistant=_NoAssistant(), check_crisis=lambda text, language: None)  # type: ignore[arg-type]
    app = create_app(gateway, WebSettings())
    add_console(app, WebSettings())
    return app


def _pages(app: Flask, *, signed_in: bool) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        is_page = rule.endpoint.startswith("console.") and "GET" in (rule.methods or ())
        if is_page and rule.endpoint not in FILES | REACHED:
            if (policy_of(app.view_functions[rule.endpoint]) != OPEN) == signed_in:
                yield rule


def _path(app: Flask, rule: Rule, named: Mapping[str, object]) -> str:
    """Return a page's address; one whose argument nobody has made a record of fails here."""
    return str(app.url_map.bind("localhost").build(rule.endpoint, {name: named[name] for name in rule.arguments}))


class _Watched:
    """A page whose faults are written down: axe's, violations of the policy, and what is wider than the window."""

    def __init__(self, page: Page, url: str, width: int) -> None:
        self.page, self.url, self.width = page, url, width
        self.seen: list[str] = []
        self.faults: list[str] = []
        page.on("console", self._heard)

    def open(self, path: str, *, status: int = 200) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        if answer.status != status:
            self.faults.append(f"{path} answered {answer.status}")
        self.look(path)

    def look(self, where: str) -> None:
        self.seen.append(where)
        found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(self.page).response["violations"]]
        self.faults.extend(f"{where}: {fault}" for fault in found)
        if self.page.evaluate("document.documentElement.scrollWidth") > self.width:
            self.faults.append(f"{where} is wider than the window")

    def _heard(self, message: Any) -> None:
        if "Security Policy" in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_every_page_of_the_console_can_be_used_by_everybody(
    server: Server, browser: Browser, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(20_000)
    email, folder = f"axe-{width}@example.org", server.log.parent
    app, watched = _app(folder), _Watched(page, server.url, width)
    sign_in(page, server, email)
    named = records(folder, email)
    for rule in _pages(app, signed_in=True):
        watched.open(_path(app, rule, named))
    watched.open("/console/offerings/none-such", status=404)
    _an_offering_with_faults(watched)
    _a_list(watched)
    page.get_by_role("button", name="Abmelden").click()
    for rule in _pages(app, signed_in=False):
        watched.open(_path(app, rule, named))
    watched.open(invited(server, f"more-{email}"))
    watched.open("/console/password/forged", status=404)
    assert watched.faults == []
    assert len(watched.seen) == len(set(watched.seen)) >= 40
    context.close()


def _an_offering_with_faults(watched: _Watched) -> None:
    page = watched.page
    page.goto(f"{watched.url}/console/offerings/new")
    page.get_by_label("Postleitzahl").fill("63")
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_text("Wählen Sie mindestens eine Kategorie").first.wait_for()
    watched.look("an offering with faults")


def _a_list(watched: _Watched) -> None:
    """Look at a list's columns, and at what it would change."""
    page = watched.page
    page.goto(f"{watched.url}/console/imports/")
    page.get_by_label("Datei").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.get_by_role("button", name="Datei einlesen").click()
    page.get_by_role("heading", name="Spalten zuordnen").wait_for()
    watched.look("a list's columns")
    page.get_by_role("button", name="Prüfen, was sich ändern würde").click()
    page.get_by_role("heading", name="Übernehmen").wait_for()
    watched.look("what a list would change")
    page.get_by_role("link", name=re.compile("fehlerhaft: 1")).click()
    page.get_by_text("ist keine deutsche Postleitzahl").wait_for()
    watched.look("a list's faulty rows")
