"""The pages for everyone: by keyboard, at any zoom, for screen readers, without script, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.unit.widget.in_browser.writing import write

pytestmark = pytest.mark.journey


def test_the_whole_page_works_by_keyboard(page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Krippe in 06366")
    page.keyboard.press("Enter")
    expect(page.locator("article.card")).to_have_count(3)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") in {"BUTTON", "A"}


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640), (640, 400), (1280, 900)])
@pytest.mark.parametrize("language", ["de", "ar", "ru"])
def test_nothing_scrolls_sideways_at_any_zoom(page, language, width, height) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/?lang={language}")
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_every_target_is_at_least_44_pixels_high(page) -> None:
    page.goto("/a/abi")
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    low = page.evaluate("""() => [...document.querySelectorAll(
            'button, select, textarea, summary, .actions a, .contact a, footer a, .brand')]
        .filter(node => node.offsetParent && node.getBoundingClientRect().height < 44)
        .map(node => node.outerHTML.slice(0, 80))""")
    assert low == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/?lang=de",
        "/?lang=ar",
        "/a/abi?lang=en",
        "/privacy?lang=fa",
        "/accessibility?lang=de-simple",
        "/nothing",
        "/offerings/krippe-1?lang=ar",
        "/offerings/gone",
        "/a/abi/poster?lang=tr",
        "/talk?lang=fa",
    ],
)
def test_axe_finds_no_violation(page, path, theme) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(path)
    if page.locator("#message").count():
        write(page, "Krippe in 06366")
        expect(page.locator("article.card")).to_have_count(3)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_an_answer_without_script(page, theme) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto("/talk?lang=de")
    page.get_by_role("textbox", name="Ihre Nachricht").fill("Krippe in 06366")
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("article.card")).to_have_count(3)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_without_javascript_a_conversation_finds_the_same_cards(browser, address) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto("/a/abi")
    assert page.locator("#composer").is_hidden()
    page.get_by_role("textbox", name="Ihre Nachricht").fill("ich suche eine Krippe")
    page.get_by_role("button", name="Senden").click()
    expect(page.locator(".turn.assistant")).to_contain_text("Wo suchen Sie?")
    page.get_by_role("textbox", name="Ihre Nachricht").fill("06366")
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("article.card")).to_have_count(3)
    page.get_by_role("button", name="Mehr anzeigen").click()
    expect(page.locator("article.card")).to_have_count(2)
    page.get_by_role("combobox").select_option("tr")
    page.get_by_role("button", name="OK").click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator("article.card")).to_have_count(3)
    page.get_by_role("link", name="Bu hizmetin sayfası").first.click()
    expect(page.locator("h1")).to_have_text("Krippe 1")
    assert context.cookies() == []
    context.close()


def test_an_offering_fits_on_a_sheet_of_paper_without_what_only_a_screen_needs(page) -> None:
    page.goto("/offerings/krippe-1?lang=de")
    expect(page.locator(".paper")).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".paper")).to_be_visible()
    expect(page.locator(".ask a")).to_be_hidden()
    expect(page.locator(".top")).to_be_hidden()
    assert page.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(0, 0, 0)"
