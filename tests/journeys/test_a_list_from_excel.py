"""A messy list from real life, from Excel to the parents and back again. JavaScript is off."""

import io
import time
from datetime import date
from typing import Any

import httpx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.at_the_console import ALLIANCE, sign_in
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey
NEW = {"Nähcafé Schwalbennest", "Ferienlager am Adlersee"}


def _workbook() -> bytes:
    """Return a list as it is kept in an office: a title above, odd headings, a town's five digits that Excel made a number of."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Liste 2026"
    sheet.append(["Familienangebote im Landkreis"])
    sheet.merge_cells("A1:F1")
    sheet.append(["Stand: Herbst, bitte ergänzen!"])
    sheet.append([])
    sheet.append(["Bezeichnung", "Rubrik", "PLZ ", "Wo?", "Endet am", "Tel."])
    sheet.append(["Nähcafé Schwalbennest", "Eltern treffen Eltern", 6366, "Köthen (Anhalt)", None, "03496 4711"])
    sheet.append(["Ferienlager am Adlersee", "Ferienbetreuung", "06366", "Köthen (Anhalt)", date(2099, 8, 14), None])
    sheet.append(["Krabbelkreis Blaumeise", "Eltern treffen Eltern", "636", "Köthen (Anhalt)", None, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _found(server: Server) -> dict[str, dict[str, Any]]:
    """Return what parents find of the list, by title."""
    found = {}
    for question in ("Nähcafé Schwalbennest", "Ferienlager am Adlersee", "Krabbelkreis Blaumeise"):
        asked = {"q": question, "near": "06366", "language": "de"}
        results = httpx.get(f"{server.url}/api/offerings", params=asked, timeout=5).json()["results"]
        found |= {one["title"]: one for one in results if one["title"] == question}
    return found


def _wait_until(server: Server, titles: set[str]) -> dict[str, dict[str, Any]]:
    began = time.monotonic()
    while (found := _found(server)).keys() != titles:
        assert time.monotonic() - began < 30, found.keys()
        time.sleep(0.1)
    return found


def _choose(page: Page, heading: str, field: str) -> None:
    page.get_by_label(heading, exact=True).select_option(label=field)


def test_a_messy_list_is_looked_at_taken_over_and_taken_back(server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(30_000)
    sign_in(page, server, "excel@example.org")
    page.get_by_role("link", name="Angebote", exact=True).click()
    page.get_by_role("link", name="Tabelle einlesen").click()
    file = {"name": "Liste neu (2).xlsx", "mimeType": "application/octet-stream", "buffer": _workbook()}
    page.get_by_label("Datei").set_input_files(file)
    page.get_by_role("button", name="Datei einlesen").click()
    page.get_by_role("heading", name="Spalten zuordnen").wait_for()
    for heading, field in (
        ("Bezeichnung", "Titel"),
        ("Rubrik", "Kategorien"),
        ("Wo?", "Ort"),
        ("Endet am", "Endet am"),
    ):
        _choose(page, heading, field)
    page.get_by_role("button", name="Prüfen, was sich ändern würde").click()

    page.get_by_text("Fehlerhafte Zeilen, die nicht übernommen werden: 1").wait_for()
    page.get_by_role("link", name="neu: 2").wait_for()
    page.get_by_role("link", name="fehlerhaft: 1").click()
    page.get_by_text("„636“ ist keine deutsche Postleitzahl").wait_for()
    page.get_by_text("Zeile 7").wait_for()
    assert _found(server) == {}
    page.get_by_role("button", name="Jetzt übernehmen").click()
    page.get_by_text("Übernommene Angebote: 2 neu").wait_for()

    taken = _wait_until(server, NEW)
    sewing, camp = (taken[title] for title in ("Nähcafé Schwalbennest", "Ferienlager am Adlersee"))
    assert (sewing["alliance"], sewing["distance_km"], sewing["phone"]) == (ALLIANCE, 0.0, "03496 4711")
    assert httpx.get(f"{server.url}/api/offerings/{sewing['id']}", timeout=5).json()["postal_code"] == "06366"
    assert httpx.get(f"{server.url}/api/offerings/{camp['id']}", timeout=5).json()["valid_to"] == "2099-08-14"

    page.get_by_role("button", name="Import zurücknehmen").click()
    page.get_by_text("Der Import ist zurückgenommen").wait_for()
    _wait_until(server, set())
    for one in (sewing, camp):
        assert httpx.get(f"{server.url}/api/offerings/{one['id']}", timeout=5).status_code == 404
    context.close()
