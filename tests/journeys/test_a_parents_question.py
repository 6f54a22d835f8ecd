"""A parent asks in the browser, with all processes running."""

import re
import uuid
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey


def _ask(page: Page, words: str) -> None:
    page.locator("#message").fill(words)
    page.locator("#message").press("Enter")


def _violations(page: Page) -> list[str]:
    return [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]


def test_a_father_asks_in_german_and_sees_cards_near_him(server: Server, page: Page) -> None:
    page.goto(server.url)
    _ask(page, "Ich suche eine Kita in Köthen für meine Tochter, sie ist 4")
    expect(page.locator("#log article").first).to_be_visible()
    expect(page.locator("#log article", has_text="Köthen").first).to_be_visible()
    assert page.locator("#log article a[href^='tel:']").count() >= 1
    expect(page.locator("#message")).to_be_focused()
    assert _violations(page) == []


def test_a_mother_asks_in_arabic_and_reads_from_right_to_left(server: Server, page: Page) -> None:
    page.goto(server.url)
    _ask(page, "أبحث عن دورة لغة ألمانية للمبتدئين في ميرسبورغ")
    expect(page.locator("#log article").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    text = page.locator("#log").inner_text()
    assert len(re.findall(r"[\u0600-\u06ff]", text)) > 100
    assert _violations(page) == []


def test_the_place_is_asked_for_and_a_postal_code_answers(server: Server, page: Page) -> None:
    page.goto(server.url)
    _ask(page, "Wo finde ich eine Ferienbetreuung?")
    expect(page.locator("#log .assistant").last).to_contain_text("?")
    assert page.locator("#log article").count() == 0
    _ask(page, "06366")
    expect(page.locator("#log article").first).to_be_visible()


def test_everything_works_with_the_keyboard_alone(server: Server, page: Page) -> None:
    page.goto(server.url)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "message":
            break
    assert page.evaluate("document.activeElement.id") == "message"
    page.keyboard.type("Krabbelgruppe in Donauwörth")
    page.keyboard.press("Enter")
    expect(page.locator("#log article").first).to_be_visible()


def test_nothing_runs_that_a_parent_types(server: Server, page: Page) -> None:
    page.goto(server.url)
    _ask(page, '<img src=x onerror="window.broken=1"><script>window.broken=1</script> Kita in Köthen')
    expect(page.locator("#log .assistant").nth(1)).to_be_visible()
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_never_scrolls_sideways(server: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(server.url)
    _ask(page, "Kita in Aachen")
    expect(page.locator("#log article").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_rasa_killed_in_mid_conversation_the_parent_still_gets_an_answer(server: Server) -> None:
    conversation = str(uuid.uuid4())
    first = server.chat(conversation, "Kita in Köthen")
    assert "daycare" in _cards(first)[0]["categories"]
    [rasa] = server.processes("rasa")
    rasa.kill()
    second = server.chat(conversation, "Und eine Ferienbetreuung?")
    assert "holiday_care" in _cards(second)[0]["categories"]
    assert _cards(second)[0]["distance_km"] < 30, "the place is not asked again"
    server.wait(server.rasa_is_ready, seconds=200)
    third = server.chat(conversation, "Danke!")
    assert not _cards(third)
    assert "/" not in third["messages"][0]["text"]
    fourth = server.chat(conversation, "Gibt es noch mehr?")
    shown = {card["id"] for answer in (first, second) for card in _cards(answer)}
    assert fourth["messages"][0]["text"]
    assert not shown & {card["id"] for card in _cards(fourth)}


def _cards(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [card for message in answer["messages"] for card in message["offerings"]]


def test_a_crisis_is_answered_with_the_hotline_first(server: Server) -> None:
    answer = server.chat(str(uuid.uuid4()), "Mein Mann hat mich geschlagen und will mich umbringen")
    text = " ".join(message["text"] for message in answer["messages"])
    assert "110" in text
    assert all(not message["offerings"] for message in answer["messages"])
