"""One parent in each language asks in the browser: the first card is the right one, and all around it is in that language."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from knowledge import LANGUAGES, RIGHT_TO_LEFT
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

QUESTIONS = {
    "de": ("Meine Mutter hat Demenz und ich schaffe die Pflege kaum noch. Wir wohnen in Köthen.", "carers"),
    "en": ("Six weeks of summer break and both of us work. Who looks after schoolchildren in Aachen?", "holiday_care"),
    "tr": ("Merseburg'da oturuyorum, Almanca öğrenmek istiyorum, sıfırdan", "language_course"),
    "ar": ("طفلي عمره سنة وأبحث عن حضانة في آخن", "daycare"),
    "uk": ("Живемо в Ахені. Куди подіти сина після уроків, я працюю до п'ятої", "after_school_care"),
    "ru": ("Мы в Донаувёрте. Хочу вернуться на работу после декрета, с чего начать?", "return_to_work"),
    "pl": ("Szukam opiekunki dziennej dla rocznego dziecka w Aachen", "childminding"),
    "ro": ("Suntem în Köthen. Ce ajutor în bani putem primi pentru copii?", "financial_help"),
    "fa": ("در آخن هستیم، من تنها بچه بزرگ می‌کنم و دنبال گروه مادران تنها هستم", "single_parents"),
    "fr": ("Je suis papa et je cherche un groupe de pères à Aix-la-Chapelle", "fathers"),
}
_LETTERS = {
    "ar": "\u0600-\u06ff", "fa": "\u0600-\u06ff", "uk": "\u0400-\u04ff", "ru": "\u0400-\u04ff", "tr": "çğıöşüÇĞİÖŞÜ",
    "pl": "ąćęłńóśźż", "ro": "ăâîșț", "fr": "éèêàçù", "de": "äöüß", "en": "a-z",
}  # fmt: skip


def test_every_language_asks() -> None:
    assert set(QUESTIONS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parent_asks_in_her_language(server: Server, page: Page, language: str) -> None:
    question, category = QUESTIONS[language]
    page.goto(server.url)
    page.locator("#message").fill(question)
    with page.expect_response("**/api/chat") as answered:
        page.locator("#message").press("Enter")
    [first, *_] = [card for message in answered.value.json()["messages"] for card in message["offerings"]]
    assert category in first["categories"], first["title"]
    card = page.locator("#log article").first
    expect(card).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language in RIGHT_TO_LEFT else "ltr")
    assert len(re.findall(f"[{_LETTERS[language]}]", page.locator("#log").inner_text())) >= 10
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
