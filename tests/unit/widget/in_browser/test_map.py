"""The map of a reply's offerings in a real browser: on our page and on a town's website under a strict policy."""

import struct
import zlib
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.unit.widget.conftest import check_crisis
from tests.unit.widget.in_browser.website import open_chat
from tests.unit.widget.in_browser.writing import write
from widget import create_app
from widget.conversation.turn import Gateway
from widget.settings import TileSettings, WebSettings

pytestmark = pytest.mark.journey

HOST = "https://tiles.example.org"
TILES = TileSettings(url=HOST + "/{z}/{x}/{y}.png", attribution="© Kartenleute, https://tiles.example.org/about")
# Two at one address, one without a position.
POSITIONS = [(51.75, 11.97), (51.75, 11.97), (None, None)]


def png(width: int = 256) -> bytes:
    """A grey picture."""
    rows = b"".join(b"\0" + b"\xcc" * width for _ in range(width))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, width, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture
def app(knowledge, assistant):
    knowledge.search.matches = tuple(
        replace(match, offering=match.offering.model_copy(update={"latitude": latitude, "longitude": longitude}))
        for match, (latitude, longitude) in zip(knowledge.search.matches, POSITIONS, strict=False)
    )
    return create_app(
        Gateway(knowledge=knowledge, assistant=assistant, check_crisis=check_crisis), WebSettings(tiles=TILES)
    )


class Tiles:
    """The host of the tiles: hears every request to it, and answers with a picture unless it is `down`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.down = False

    def __call__(self, route: Route) -> None:
        self.asked.append((route.request.url, route.request.headers.get("referer")))
        route.abort() if self.down else route.fulfill(body=png(), content_type="image/png")


@pytest.fixture
def tiles() -> Tiles:
    return Tiles()


@pytest.fixture
def website(website, address):
    """The town's website of the other tests; its policy knows the map's pictures."""
    website.policy += f"; img-src {address} {HOST}"
    return website


def ask(page: Page, tiles: Tiles, path: str = "/") -> None:
    page.goto(path)
    ask_here(page, tiles)


def ask_here(page: Page, tiles: Tiles) -> None:
    page.route(f"{HOST}/**", tiles)
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)


def open_map(page: Page) -> None:
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    page.get_by_role("button", name="Karte zeigen", exact=True).click()
    expect(page.get_by_role("region", name="Karte der Angebote")).to_be_focused()


def test_nothing_of_the_map_is_loaded_before_the_parent_agrees(page, tiles) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    ask(page, tiles)
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    expect(page.locator(".notice")).to_contain_text("Die Karte kommt von tiles.example.org.")
    page.get_by_role("button", name="Abbrechen").click()
    expect(page.get_by_role("button", name="Auf der Karte zeigen")).to_be_focused()
    expect(page.locator(".notice")).to_be_hidden()
    page.wait_for_timeout(300)
    assert [url for url in loaded if "leaflet" in url or HOST in url] == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_after_consent_numbered_pins_lead_to_their_cards(page, tiles) -> None:
    ask(page, tiles)
    open_map(page)
    pins = page.locator(".pin")
    expect(pins).to_have_count(2)
    expect(page.get_by_role("button", name="1. Krippe 1")).to_be_visible()
    first, second = pins.nth(0).bounding_box(), pins.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    # Two at one address stand beside each other, each large enough for a finger.
    assert (second["x"] - first["x"], first["width"], first["height"]) == (44, 44, 44)
    page.get_by_role("button", name="2. Krippe 2").click()
    card = page.locator("article.card").nth(1)
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    assert card.locator("h3").evaluate("node => getComputedStyle(node, '::before').content") == '"2"'
    assert page.locator("article.card h3[data-number]").count() == 2


def test_the_host_of_the_tiles_learns_the_origin_and_the_map_names_its_makers(page, tiles, address) -> None:
    ask(page, tiles)
    open_map(page)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    assert {referer for _, referer in tiles.asked} == {f"{address}/"}
    expect(page.locator(".map > p")).to_have_text("© Kartenleute, https://tiles.example.org/about")
    expect(page.locator(".map > p a")).to_have_attribute("href", "https://tiles.example.org/about")


def test_consent_holds_for_the_next_map_and_ends_with_the_page(page, tiles) -> None:
    ask(page, tiles)
    open_map(page)
    button = page.get_by_role("button", name="Auf der Karte zeigen")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.locator(".map")).to_be_hidden()
    write(page, "noch einmal Krippe in 06366")
    expect(button).to_have_count(2)
    button.last.click()
    expect(page.locator(".map")).to_have_count(2)
    page.reload()
    expect(button).to_have_count(2)
    button.last.click()
    expect(page.get_by_role("button", name="Karte zeigen", exact=True)).to_be_focused()


def test_the_keyboard_moves_and_zooms_the_map_and_reaches_every_card(page, tiles) -> None:
    ask(page, tiles)
    page.get_by_role("button", name="Auf der Karte zeigen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Karte zeigen", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".map")).to_be_focused()
    pin = page.locator(".pin").first
    before = pin.bounding_box()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    after = pin.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"] - 80, abs=2)
    page.keyboard.press("+")
    page.wait_for_timeout(500)
    assert any("/16/" in url for url, _ in tiles.asked)
    page.keyboard.press("Tab")
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article.card").first).to_be_focused()


def test_zoom_buttons_and_a_press_on_the_map_move_it_without_dragging(page, tiles) -> None:
    ask(page, tiles)
    page.emulate_media(reduced_motion="reduce")
    open_map(page)
    page.get_by_role("button", name="Verkleinern").click()
    page.wait_for_timeout(200)
    assert any("/14/" in url for url, _ in tiles.asked)
    ground = page.locator(".ground").bounding_box()
    pin = page.locator(".pin").first
    before = pin.bounding_box()
    assert ground is not None
    assert before is not None
    page.mouse.click(ground["x"] + ground["width"] / 2 + 100, ground["y"] + ground["height"] / 2)
    page.wait_for_timeout(300)
    after = pin.bounding_box()
    assert after is not None
    assert after["x"] == pytest.approx(before["x"] - 100, abs=2)


def test_without_tiles_the_pins_are_still_there(page, tiles) -> None:
    tiles.down = True
    ask(page, tiles)
    open_map(page)
    expect(page.locator(".pin")).to_have_count(2)
    page.wait_for_timeout(300)
    assert tiles.asked
    assert page.locator(".leaflet-tile").first.evaluate("node => getComputedStyle(node).visibility") == "hidden"


def test_a_map_that_cannot_be_loaded_says_so_and_the_cards_stay(page, tiles) -> None:
    ask(page, tiles)
    page.route("**/leaflet/leaflet.css", lambda route: route.abort())
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    page.get_by_role("button", name="Karte zeigen", exact=True).click()
    expect(page.locator(".tools [role=alert]")).to_have_text("Die Karte lässt sich gerade nicht laden.")
    page.unroute("**/leaflet/leaflet.css")
    page.get_by_role("button", name="Auf der Karte zeigen").click()
    expect(page.locator(".pin")).to_have_count(2)


def test_a_reply_without_positions_offers_no_map(page, tiles, knowledge) -> None:
    nowhere = {"latitude": None, "longitude": None}
    knowledge.search.matches = tuple(
        replace(match, offering=match.offering.model_copy(update=nowhere if number else {"format": "online"}))
        for number, match in enumerate(knowledge.search.matches)
    )
    ask(page, tiles)
    expect(page.get_by_role("button", name="Auf der Karte zeigen")).to_have_count(0)


def test_the_map_works_on_a_towns_website_under_a_strict_policy_and_leaves_its_own_map_alone(
    visit, website, tiles
) -> None:
    page = visit()
    page.evaluate(
        "window.L = 'ours'; window.leaflet = 'ours'; window.define = Object.assign(() => { throw 1; }, { amd: {} }); null"
    )
    ask_here(open_chat(page), tiles)
    open_map(page)
    expect(page.locator(".pin")).to_have_count(2)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    assert page.locator(".ground").evaluate("node => getComputedStyle(node).overflow") == "hidden"
    page.keyboard.press("+")
    page.wait_for_timeout(500)
    assert any("/16/" in url for url, _ in tiles.asked)
    page.get_by_role("button", name="1. Krippe 1").click()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "card"
    assert page.evaluate("[window.L, window.leaflet]") == ["ours", "ours"]
    assert page.evaluate("[document.adoptedStyleSheets.length, document.body.className]") == [0, ""]


def test_a_town_without_a_map_of_its_own_gets_no_global_name(visit, tiles) -> None:
    page = visit()
    ask_here(open_chat(page), tiles)
    open_map(page)
    assert page.evaluate("['L' in window, 'leaflet' in window]") == [False, False]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "button", "agree"), [
    ("de", "Auf der Karte zeigen", "Karte zeigen"), ("ar", "عرض على الخريطة", "عرض الخريطة"),
])  # fmt: skip
def test_axe_finds_nothing_while_the_map_is_open_and_nothing_scrolls_sideways(
    page, tiles, language, theme, button, agree
) -> None:
    page.emulate_media(color_scheme=theme)
    ask(page, tiles, f"/?lang={language}")
    page.get_by_role("button", name=button).click()
    for _ in range(2):
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        low = page.evaluate("""() => [...document.querySelectorAll('.tools button, .map a')]
            .filter(node => node.offsetParent && node.getBoundingClientRect().height < 44).map(node => node.outerHTML)""")
        assert low == []
        if page.locator(".notice").is_visible():
            page.get_by_role("button", name=agree, exact=True).click()
            expect(page.locator(".pin")).to_have_count(2)
    assert page.locator(".ground").evaluate("node => getComputedStyle(node).direction") == "ltr"
