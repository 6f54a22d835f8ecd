"""A coordinator's first day: invited on the server, a password, the first offering, found by a parent. JavaScript is off."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
ALLIANCE = "anhalt-bitterfeld"
PASSWORD = "ein Satz über Igel"
TITLE = "Väterfrühstück am Holzmarkt"
TURKISH = "Babalar için kahvaltı"


def _invited(server: Server, email: str) -> str:
    """Add a coordinator as on the terminal, and return the path of the link."""
    environment = {**os.environ, "LOTSE_DATA_DIR": str(server.log.parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "lotse", "coordinator", "add", email, "--alliance", ALLIANCE]
    answer = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return "/console/" + answer.stdout.strip().partition("/console/")[2]


def _sign_in(page: Page, server: Server, email: str) -> None:
    page.goto(server.url + _invited(server, email))
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_label("Noch einmal").fill(PASSWORD)
    page.get_by_role("button", name="Speichern").click()
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("heading", name="Guten Tag").wait_for()


def _search(server: Server) -> list[dict[str, Any]]:
    asked = {"q": "babalar için kahvaltı arıyorum", "near": "06366", "language": "tr"}
    return list(httpx.get(f"{server.url}/api/offerings", params=asked, timeout=5).json()["results"])


def test_from_the_invitation_to_an_offering_that_a_turkish_father_finds(server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    _sign_in(page, server, "neu@example.org")
    page.get_by_role("link", name="Neues Angebot").click()
    page.get_by_label("Titel", exact=True).fill(TITLE)
    page.get_by_label("Beschreibung", exact=True).fill("Väter frühstücken mit ihren Kindern und tauschen sich aus.")
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_text("Wählen Sie mindestens eine Kategorie").first.wait_for()
    assert page.get_by_label("Titel", exact=True).input_value() == TITLE
    page.get_by_role("checkbox", name="Väter", exact=True).check()
    page.get_by_label("Postleitzahl").fill("06366")
    page.get_by_label("Ort", exact=True).fill("Köthen")
    page.get_by_text("Türkçe", exact=True).click()
    page.get_by_label("Titel auf Türkçe").fill(TURKISH)
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("heading", name=TURKISH).wait_for()
    assert not [one for one in _search(server) if one["title"] == TURKISH]
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_text("Das Angebot ist veröffentlicht").wait_for()
    began = time.monotonic()
    while not (found := [one for one in _search(server) if one["title"] == TURKISH]):
        assert time.monotonic() - began < 10
        time.sleep(0.05)
    assert (found[0]["alliance"], found[0]["distance_km"]) == (ALLIANCE, 0.0)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_every_page_of_the_console_can_be_used_by_everybody(
    server: Server, browser: Browser, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)

    def look(where: str) -> None:
        found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
        faults.extend(f"{where}: {fault}" for fault in found)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{where} is wider than the window")

    for path in ("sign-in", "forgotten", "password/forged"):
        page.goto(f"{server.url}/console/{path}")
        look(path)
    _sign_in(page, server, f"axe-{width}@example.org")
    page.goto(f"{server.url}/console/offerings/")
    shown = page.locator("tbody a").first.get_attribute("href")
    assert shown
    for path in (
        "/",
        "/account/",
        "/accounts/",
        "/inbox/",
        "/offerings/",
        "/offerings/new",
        "/offerings/none-such",
        "/figures/",
        "/figures/year",
    ):
        page.goto(f"{server.url}/console{path}")
        look(path)
    for path in ("", "/edit", "/history"):
        page.goto(server.url + shown + path)
        look(re.sub(r"^.*/offerings/", "", shown) + path)
    page.goto(f"{server.url}/console/offerings/new")
    page.get_by_label("Postleitzahl").fill("63")
    page.get_by_role("button", name="Veröffentlichen").click()
    look("form with faults")
    assert faults == []
    context.close()
