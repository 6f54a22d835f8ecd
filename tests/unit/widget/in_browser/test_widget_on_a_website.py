"""The one line of HTML on another website, in a real browser: strict policies, keyboard, several pages, evil offerings."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from knowledge.values import Widget
from tests.unit.widget.in_browser.website import launcher, open_chat
from tests.unit.widget.in_browser.writing import write

pytestmark = pytest.mark.journey

EVIL = '<img src=x onerror="window.hacked=1">'


def test_a_parent_asks_on_the_towns_website(visit, website) -> None:
    page = open_chat(visit())
    expect(page.get_by_role("dialog", name="Bündnis Anhalt-Bitterfeld (Demo)")).to_be_visible()
    write(page, "Krippe in 06366")
    expect(page.locator("article.card h3").first).to_have_text("Krippe 1")
    assert page.locator("#message").evaluate("node => getComputedStyle(node).fontSize") == "16px"
    assert page.evaluate("[getComputedStyle(document.querySelector('h1')).color, document.querySelectorAll('body > *').length]") == [
        "rgb(0, 128, 0)", 2,
    ]  # fmt: skip


def test_a_nonce_on_the_line_of_html_is_enough(visit, website, address) -> None:
    website.attributes += ' nonce="a-word-for-once"'
    website.policy = f"default-src 'none'; script-src 'nonce-a-word-for-once'; connect-src {address}; style-src 'self'; base-uri 'none'"
    page = open_chat(visit())
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)


def test_the_conversation_goes_on_on_the_websites_next_page_without_taking_the_focus(visit) -> None:
    page = visit()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    open_chat(page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    page.get_by_role("link", name="Weiter").click()
    expect(page.locator("article.card")).to_have_count(3)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.context.cookies() == []


def test_a_chat_that_is_closed_and_opened_again_stands_there_once(visit) -> None:
    page = open_chat(visit())
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    page.keyboard.press("Escape")
    open_chat(page)
    page.wait_for_timeout(300)
    expect(page.locator("article.card")).to_have_count(3)


def test_on_a_phone_the_next_page_is_not_covered(visit) -> None:
    page = visit()
    page.set_viewport_size({"width": 360, "height": 740})
    open_chat(page)
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    page.goto("/second")
    expect(launcher(page)).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)
    open_chat(page)
    expect(page.locator("article.card")).to_have_count(3)


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
def test_the_keyboard_alone_opens_asks_and_closes(visit, size) -> None:
    page = visit()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    expect(launcher(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_be_focused()
    page.keyboard.type("Krippe in 06366")
    page.keyboard.press("Enter")
    expect(page.locator("article.card")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(launcher(page)).to_be_focused()


def test_on_a_phone_the_focus_stays_within_the_open_chat(visit) -> None:
    page = visit()
    page.set_viewport_size({"width": 360, "height": 740})
    open_chat(page)
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.tagName")
        assert focused in {"BUENDNIS-LOTSE", "BODY"}, focused  # the body: the browser's own controls


@pytest.mark.parametrize(("language", "greeting"), [("ar", "أهلًا وسهلًا"), ("tr", "Merhaba"), ("es", "Guten Tag")])
def test_the_widget_speaks_the_pages_language(visit, website, language, greeting) -> None:
    website.language = language
    page = open_chat(visit())
    expect(page.locator("#greeting")).to_contain_text(greeting)
    expect(page.locator("dialog")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    page.locator("dialog select").select_option("fr")
    expect(page.locator("#greeting")).to_contain_text("Bonjour")
    page.get_by_role("button", name="Deutsch in Einfacher Sprache").click()
    expect(page.locator("dialog")).to_have_attribute("lang", "de")
    expect(page.get_by_role("button", name="Deutsch", exact=True)).to_be_visible()


def test_attributes_of_the_line_come_before_the_alliances_settings(visit, website) -> None:
    website.attributes += (
        ' data-language="tr" data-colour="#b00020" data-position="left" data-greeting="Hallo Musterstadt!"'
        ' data-questions="Wo ist Hilfe?|Was kostet das?" data-theme="dark"'
    )
    page = open_chat(visit())
    expect(page.locator("#greeting p").first).to_have_text("Hallo Musterstadt!")
    expect(page.locator("#needs button")).to_have_text(["Wo ist Hilfe?", "Was kostet das?"])
    box = page.locator("dialog").bounding_box()
    assert box is not None
    assert box["x"] < 40
    assert page.locator("dialog").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(20, 26, 26)"
    page.get_by_role("button", name="Wo ist Hilfe?").click()
    expect(page.locator(".turn.parent p")).to_have_text("Wo ist Hilfe?")


def test_markup_in_offerings_runs_nothing_on_the_towns_page(visit, assistant) -> None:
    evil = {
        "id": "evil", "title": EVIL, "provider": EVIL, "description": EVIL, "street": EVIL, "schedule": EVIL, "cost": EVIL,
        "phone": "javascript:alert(1)", "url": "javascript:window.hacked=1", "reasons": [EVIL], "text_language": "de",
    }  # fmt: skip
    assistant.raw = [{"text": EVIL, "buttons": [{"title": EVIL, "payload": EVIL}]}, {"custom": {"offerings": [evil]}}]
    page = open_chat(visit())
    write(page, EVIL)
    expect(page.locator("article.card h3")).to_have_text(EVIL)
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img").count() == 0


def test_keys_pressed_in_the_chat_are_not_heard_by_the_page(visit) -> None:
    page = visit()
    page.evaluate("document.addEventListener('keydown', () => { window.heard = true; })")
    open_chat(page)
    page.keyboard.type("abc")
    assert page.evaluate("window.heard") is None


def test_a_website_that_may_not_show_it_shows_nothing_and_says_why(browser, website, knowledge) -> None:
    partners = knowledge.store.partners
    partners[0] = partners[0].model_copy(update={"widget": Widget()})
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(website.origin)
    page.wait_for_timeout(500)
    assert page.locator("buendnis-lotse").count() == 0
    assert any("cannot be shown here" in text for text in said)
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
def test_axe_finds_nothing_in_the_open_chat(visit, website, language, theme, size) -> None:
    website.language = language
    website.policy = "default-src * 'unsafe-inline'"  # axe itself needs more than a strict policy gives
    page = visit()
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_chat(page)
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    found = Axe().run(page).response["violations"]
    ours = [one for one in found if any("buendnis-lotse" in str(node["target"]) for node in one["nodes"])]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in ours] == []


def test_what_is_loaded_before_the_first_message_is_small(browser, website) -> None:
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(website.origin)
    open_chat(page)
    page.wait_for_timeout(300)
    ours = {url: size for url, size in sizes.items() if not url.startswith(website.origin)}
    page.close()
    assert sum(ours.values()) <= 15 * 1024, ours
