"""A real browser, and the application over the fakes at an address."""

import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from knowledge.values import Widget
from tests.unit.widget.in_browser.website import Website

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing; install it with: apt-get install chromium"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@pytest.fixture
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def context(browser, address) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, locale="de-DE", viewport={"width": 360, "height": 740})
    context.set_default_timeout(8_000)
    yield context
    context.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
    yield page
    assert faults == []


@pytest.fixture
def website(address, knowledge) -> Iterator[Website]:
    website = Website(address)
    partners = knowledge.store.partners
    partners[0] = partners[0].model_copy(update={"widget": Widget(origins=(website.origin,))})
    yield website
    website.server.shutdown()
    website.server.server_close()


@pytest.fixture
def visit(browser, website) -> Iterator[Callable[..., Page]]:
    """Open the website; at the end nothing was refused by its policy, and nothing failed."""
    context = browser.new_context(base_url=website.origin, locale="de-DE", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(8_000)
    faults: list[str] = []

    def visit(path: str = "/") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    yield visit
    context.close()
    assert faults == []
