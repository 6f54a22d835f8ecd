"""A coordinator's first day: invited on the server, a password, the first offering, found by a parent. JavaScript is off."""

import time
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from tests.journeys.at_the_console import ALLIANCE, sign_in
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey
TITLE = "Väterfrühstück am Holzmarkt"
TURKISH = "Babalar için kahvaltı"


def _search(server: Server) -> list[dict[str, Any]]:
    asked = {"q": "babalar için kahvaltı arıyorum", "near": "06366", "language": "tr"}
    return list(httpx.get(f"{server.url}/api/offerings", params=asked, timeout=5).json()["results"])


def test_from_the_invitation_to_an_offering_that_a_turkish_father_finds(server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, server, "neu@example.org")
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


def test_two_editors_at_once_overwrite_nothing(server: Server, browser: Browser) -> None:
    first, second = (browser.new_context(locale="de-DE", java_script_enabled=False).new_page() for _ in range(2))
    for page, email in ((first, "erste@example.org"), (second, "zweite@example.org")):
        page.set_default_timeout(20_000)
        sign_in(page, server, email)
    first.goto(f"{server.url}/console/offerings/?state=published")
    address = first.locator("tbody a").first.get_attribute("href")
    for page in (first, second):
        page.goto(f"{server.url}{address}/edit")
    for page, phone in ((first, "03496 111"), (second, "03496 222")):
        page.get_by_label("Telefon").fill(phone)
        page.get_by_role("button", name="Veröffentlichen").click()
    first.get_by_text("Das Angebot ist veröffentlicht").wait_for()
    second.get_by_role("heading", name="Jemand anderes hat dieses Angebot inzwischen geändert").wait_for()
    assert httpx.get(f"{server.url}/api{_path_of(address)}", timeout=5).json()["phone"] == "03496 111"
    assert second.get_by_label("Telefon").input_value() == "03496 222"
    second.get_by_role("button", name="Veröffentlichen").click()
    second.get_by_text("Das Angebot ist veröffentlicht").wait_for()
    assert httpx.get(f"{server.url}/api{_path_of(address)}", timeout=5).json()["phone"] == "03496 222"
    second.goto(f"{server.url}{address}/history")
    shown = second.locator("main").inner_text()
    assert shown.index("03496 222") < shown.index("erste@example.org") or "03496 111" in shown
    for page in (first, second):
        page.context.close()


def _path_of(address: str | None) -> str:
    assert address
    return address.removeprefix("/console")
