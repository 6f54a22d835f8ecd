"""The chat page in a real browser, over the fakes: what its script does, and what it never does."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

pytestmark = pytest.mark.journey

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
EVIL_CARD = {
    "id": "evil", "title": EVIL, "provider": EVIL, "description": EVIL, "street": EVIL, "city": EVIL, "schedule": EVIL,
    "cost": EVIL, "phone": "javascript:alert(1)", "email": "javascript:alert(1)@b.c?bcc=x@y.z", "url": "javascript:window.hacked=1",
    "reasons": [EVIL], "languages": [EVIL], "text_language": "de", "checked_on": EVIL,
}  # fmt: skip


@pytest.fixture(scope="module")
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


def write(page: Page, text: str) -> None:
    page.locator("#message").fill(text)
    page.keyboard.press("Enter")


def test_a_question_is_answered_with_cards_and_the_field_keeps_the_focus(page) -> None:
    page.goto("/")
    write(page, "ich suche eine Krippe in 06366")
    expect(page.locator(".turn.parent p")).to_have_text("ich suche eine Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)
    expect(page.locator("article.card h3").first).to_have_text("Krippe 1")
    expect(page.locator("#message")).to_be_focused()
    expect(page.locator("#message")).to_have_value("")
    expect(page.get_by_role("link", name="Anrufen 030 23125 104").first).to_have_attribute("href", "tel:03023125104")
    page.get_by_role("button", name="Mehr anzeigen").click()
    expect(page.locator("article.card")).to_have_count(5)


def test_nothing_is_stored_before_the_first_message_and_only_the_conversations_id_after_it(page, context) -> None:
    page.goto("/")
    assert page.evaluate("Object.keys({...sessionStorage, ...localStorage})") == []
    write(page, "Krippe")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    assert page.evaluate("Object.keys({...sessionStorage, ...localStorage})") == ["lotse-conversation"]
    assert context.cookies() == []
    page.get_by_role("button", name="Neu anfangen").click()
    assert page.evaluate("sessionStorage.length") == 0
    expect(page.locator(".turn.parent")).to_have_count(0)


def test_the_conversation_goes_on_after_a_reload(page) -> None:
    page.goto("/")
    write(page, "ich suche eine Krippe")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    page.reload()
    write(page, "06366")
    expect(page.locator("article.card")).to_have_count(3)


def test_markup_in_cards_and_messages_is_shown_and_never_run(page, assistant) -> None:
    button = {"title": EVIL, "payload": EVIL}
    assistant.raw = [
        {"text": f"{EVIL} javascript:alert(1)", "buttons": [button]},
        {"custom": {"offerings": [EVIL_CARD]}},
    ]
    page.goto("/")
    write(page, EVIL)
    expect(page.locator("article.card h3")).to_have_text(EVIL)
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #log script").count() == 0
    hrefs = page.locator("#log a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [href for href in hrefs if not href.startswith(("http", "/privacy", "mailto:x@", "tel:"))] == []


def test_a_message_that_did_not_arrive_stays_in_the_field_and_is_sent_again_only_by_hand(
    page, context, assistant
) -> None:
    page.goto("/")
    context.set_offline(True)
    write(page, "Krippe in 06366")
    expect(page.get_by_role("alert")).to_contain_text("Keine Verbindung.")
    expect(page.locator("#message")).to_have_value("Krippe in 06366")
    expect(page.locator(".turn.parent")).to_have_count(0)
    context.set_offline(False)
    page.wait_for_timeout(300)
    assert assistant.asked == []
    page.get_by_role("button", name="Noch einmal versuchen").click()
    expect(page.locator("article.card")).to_have_count(3)
    assert [request.message for request in assistant.asked] == ["Krippe in 06366"]
    expect(page.get_by_role("alert")).to_be_empty()


def test_pressing_send_twice_sends_once(page, assistant) -> None:
    page.goto("/")
    page.locator("#message").fill("Krippe")
    page.evaluate("for (const _ of 'ab') document.getElementById('form').requestSubmit()")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    assert len(assistant.asked) == 1


def test_too_many_messages_get_a_polite_word(page) -> None:
    page.route("**/api/chat", lambda route: route.fulfill(status=429, body="{}"))
    page.goto("/")
    write(page, "Krippe")
    expect(page.get_by_role("alert")).to_contain_text("Bitte warten Sie einen Augenblick.")


def test_telephone_numbers_and_addresses_in_a_message_can_be_tapped(page, assistant) -> None:
    text = "Polizei 110, Notruf 112. Hilfe: 116 016, 0800 111 0550 (kostenlos), 030 23125 110, +49 30 23125-110, a@b.example.org"
    assistant.raw = [{"text": f"{text}, https://b.example.org/. In 06366 am 24.12.2026."}]
    page.goto("/")
    write(page, "Hilfe")
    links = page.locator(".turn.assistant").last.locator("a")
    expect(links.last).to_have_attribute("href", "https://b.example.org/")
    assert links.evaluate_all("links => links.map(link => link.getAttribute('href'))") == [
        "tel:110", "tel:112", "tel:116016", "tel:08001110550", "tel:03023125110", "tel:+493023125110", "mailto:a@b.example.org",
        "https://b.example.org/",
    ]  # fmt: skip


def test_the_page_follows_the_language_of_the_answer(page, assistant) -> None:
    assistant.raw = [{"text": "مرحبا"}]
    page.goto("/")
    write(page, "أبحث عن حضانة")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("#language")).to_have_value("ar")
    expect(page.locator("#message")).to_have_attribute("placeholder", "عمّ تبحثون، وأين؟")
    expect(page.locator(".turn.assistant").last).to_have_attribute("lang", "ar")
    expect(page.locator(".turn.parent")).to_have_attribute("lang", "de")


def test_the_language_menu_works_before_and_during_a_conversation(page, assistant) -> None:
    assistant.raw = [{"text": "Tamam"}]
    page.goto("/")
    page.locator("#language").select_option("tr")
    expect(page.locator("#greeting")).to_contain_text("Merhaba!")
    assert page.evaluate("sessionStorage.length") == 0
    write(page, "Kita")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    page.locator("#language").select_option("de-simple")
    expect(page.locator(".turn.assistant")).to_have_count(3)
    assert [request.message for request in assistant.asked] == ["Kita", "/simple_language"]
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_the_location_is_sent_rounded_and_only_after_the_button(page, context, assistant) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 51.7500123, "longitude": 11.9699987})
    page.goto("/")
    page.wait_for_timeout(200)
    assert assistant.asked == []
    page.get_by_role("button", name="Meinen Standort senden").click()
    expect(page.locator(".turn.parent p")).to_have_text("Mein Standort")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    assert [request.message for request in assistant.asked] == ["51.750,11.970"]


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
