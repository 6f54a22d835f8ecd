"""Offerings that a parent keeps, and cards on paper, in a real browser."""

import json
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.unit.widget.in_browser.website import open_chat
from tests.unit.widget.in_browser.writing import write

pytestmark = pytest.mark.journey

STORED = "JSON.parse(localStorage.getItem('lotse-saved'))"


def ask(page: Page) -> None:
    write(page, "Krippe in 06366")
    expect(page.locator("article.card")).to_have_count(3)


def save(page: Page, number: int) -> None:
    page.locator(".turn article.card").nth(number - 1).get_by_role("button", name="Merken").click()


def saved(page: Page):
    return page.locator("details.saved")


def titles(page: Page) -> list[str]:
    return saved(page).locator("h3").all_inner_texts()


def test_nothing_is_kept_before_the_parent_presses_and_then_without_where_she_was(page) -> None:
    page.goto("/")
    ask(page)
    assert page.evaluate("localStorage.length") == 0
    expect(saved(page)).to_be_hidden()
    save(page, 2)
    expect(page.get_by_role("button", name="Gemerkt")).to_have_attribute("aria-pressed", "true")
    (kept,) = page.evaluate(STORED)
    assert (kept["id"], kept["title"]) == ("krippe-2", "Krippe 2")
    assert (kept["card"]["distance_km"], kept["card"]["reasons"], kept["card"]["open_now"]) == (None, [], None)
    assert "3,2 km" not in json.dumps(kept)
    page.get_by_role("button", name="Gemerkt").click()
    assert page.evaluate("localStorage.length") == 0
    expect(saved(page)).to_be_hidden()


def test_kept_offerings_stand_newest_first_at_the_top_also_after_the_conversation_is_gone(page) -> None:
    page.goto("/")
    ask(page)
    save(page, 1)
    save(page, 3)
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(saved(page).locator("summary")).to_have_text("Gemerkte Angebote (2)")
    saved(page).locator("summary").click()
    expect(saved(page).get_by_role("link", name="Anrufen 030 23125 104")).to_have_count(2)
    assert titles(page) == ["Krippe 3", "Krippe 1"]
    ask_again = page.locator(".turn article.card")
    write(page, "Krippe in 06366")
    expect(ask_again).to_have_count(3)
    expect(ask_again.nth(2).get_by_role("button", name="Gemerkt")).to_be_visible()


def test_one_that_is_removed_leaves_the_focus_in_the_list_and_then_in_the_field(page) -> None:
    page.goto("/")
    ask(page)
    save(page, 1)
    save(page, 2)
    saved(page).locator("summary").click()
    expect(saved(page).get_by_role("button", name="Gemerkt")).to_have_count(2)
    saved(page).get_by_role("button", name="Gemerkt").first.press("Enter")
    expect(saved(page).get_by_role("button", name="Gemerkt")).to_be_focused()
    assert titles(page) == ["Krippe 1"]
    expect(page.locator(".turn article.card").nth(1).get_by_role("button", name="Merken")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_be_focused()
    expect(saved(page)).to_be_hidden()


def test_what_has_ended_or_was_withdrawn_is_shown_as_gone(page, knowledge, fakes) -> None:
    page.goto("/")
    ask(page)
    for number in (1, 2, 3):
        save(page, number)
    ended = fakes.offering(id="krippe-2", title="Krippe 2", valid_to=date(2026, 11, 21))
    knowledge.store.offers[:] = [ended, fakes.offering(id="krippe-3", title="Krippe 3 heißt jetzt Nest")]
    saved(page).locator("summary").click()
    expect(saved(page).locator(".gone")).to_have_count(2)
    expect(saved(page).locator("h3").first).to_have_text("Krippe 3 heißt jetzt Nest")
    expect(saved(page).locator(".gone").first).to_contain_text("Wird nicht mehr angeboten.")
    assert saved(page).locator(".gone").get_by_role("link").count() == 0
    saved(page).locator(".gone").first.get_by_role("button", name="Entfernen").click()
    assert [kept["id"] for kept in page.evaluate(STORED)] == ["krippe-3", "krippe-1"]
    expect(saved(page).get_by_role("button", name="Entfernen")).to_be_focused()


def test_a_kept_offering_is_shown_as_it_was_where_the_server_cannot_be_asked(page) -> None:
    page.goto("/")
    ask(page)
    save(page, 1)
    page.route("**/api/offerings/*", lambda route: route.abort())
    saved(page).locator("summary").click()
    expect(saved(page).get_by_role("link", name="Anrufen 030 23125 104")).to_be_visible()
    expect(saved(page).locator(".badges")).to_have_count(0)


def test_the_list_follows_the_language_of_the_chat(page, assistant) -> None:
    page.goto("/")
    ask(page)
    save(page, 1)
    saved(page).locator("summary").click()
    expect(saved(page).get_by_role("link", name="Anrufen 030 23125 104")).to_be_visible()
    page.locator("#language").select_option("tr")
    expect(saved(page).locator("summary")).to_have_text("Kaydettiğim hizmetler (1)")
    expect(saved(page).get_by_role("button", name="Kaydedildi")).to_be_visible()
    expect(saved(page).locator("dt").first).to_have_text("Hizmet türü")
    expect(saved(page).get_by_role("button", name="Yazdır")).to_be_visible()


def test_no_more_than_fifty_are_kept(page) -> None:
    page.goto("/")
    old = [{"id": f"x-{number}", "title": "Alt", "card": {"display": {}}} for number in range(50)]
    page.evaluate(f"localStorage.setItem('lotse-saved', JSON.stringify({json.dumps(old)}))")
    ask(page)
    save(page, 1)
    kept = page.evaluate(STORED)
    assert (len(kept), kept[0]["id"], kept[-1]["id"]) == (50, "krippe-1", "x-48")


@pytest.mark.parametrize(
    "foreign", ["nonsense", "5", "null", '{"a": 1}', '[null, 5, {"id": 7}, {"id": "a", "title": "A"}]']
)
def test_what_somebody_else_stored_is_ignored(page, foreign) -> None:
    page.goto("/")
    page.evaluate("value => localStorage.setItem('lotse-saved', value)", foreign)
    page.reload()
    ask(page)
    expect(saved(page)).to_be_hidden()
    save(page, 1)
    assert [kept["id"] for kept in page.evaluate(STORED)] == ["krippe-1"]


def test_a_stored_card_of_another_form_can_be_removed(page) -> None:
    page.goto("/")
    foreign = [{"id": "krippe-1", "title": "<b>Fremd</b>", "card": {"display": {"facts": 5}}}]
    page.evaluate(f"localStorage.setItem('lotse-saved', JSON.stringify({json.dumps(foreign)}))")
    page.route("**/api/offerings/*", lambda route: route.abort())
    page.reload()
    saved(page).locator("summary").click()
    expect(saved(page).locator("h3")).to_have_text("<b>Fremd</b>")
    saved(page).get_by_role("button", name="Entfernen").click()
    expect(saved(page)).to_be_hidden()


def test_offerings_are_kept_on_a_towns_website_too_and_cannot_be_printed_there(visit) -> None:
    page = open_chat(visit())
    ask(page)
    save(page, 1)
    expect(page.get_by_role("button", name="Drucken")).to_have_count(0)
    page.goto("/second")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    open_chat(page)
    saved(page).locator("summary").click()
    expect(saved(page).get_by_role("link", name="Anrufen 030 23125 104")).to_be_visible()
    expect(saved(page).get_by_role("button", name="Drucken")).to_have_count(0)


def on_paper(page: Page) -> str:
    """Press what was found to print, and return what would stand on the paper."""
    page.emulate_media(media="print")
    return page.evaluate("document.body.innerText")


def test_the_cards_of_a_reply_are_printed_alone_with_what_is_folded_away(page, knowledge) -> None:
    for match in knowledge.search.matches:
        object.__setattr__(match.offering, "description", "Alles über uns.")
    page.goto("/")
    page.evaluate("window.print = () => { window.printed = true; }")
    ask(page)
    page.locator(".turn").get_by_role("button", name="Drucken").click()
    assert page.evaluate("window.printed")
    paper = on_paper(page)
    assert [line for line in paper.splitlines() if line.startswith("Krippe ")] == ["Krippe 1", "Krippe 2", "Krippe 3"]
    assert paper.count("Alles über uns.") == 3
    for word in ("Merken", "Teilen", "Drucken", "Mehr dazu", "Bündnislotse", "Was suchen Sie"):
        assert word not in paper
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "Krippe in 06366" in on_paper(page)
    assert page.locator(".printed").count() == 0


def test_the_kept_offerings_are_printed_without_those_that_are_gone(page, knowledge, fakes) -> None:
    page.goto("/")
    page.evaluate("window.print = () => {}")
    ask(page)
    save(page, 1)
    save(page, 2)
    knowledge.store.offers[:] = [fakes.offering(id="krippe-2", title="Krippe 2")]
    saved(page).locator("summary").click()
    expect(saved(page).locator(".gone")).to_have_count(1)
    saved(page).get_by_role("button", name="Drucken").click()
    assert [line for line in on_paper(page).splitlines() if line.startswith("Krippe ")] == ["Krippe 2"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_axe_finds_nothing_while_the_list_is_open_and_nothing_scrolls_sideways(
    page, knowledge, fakes, language, theme
) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(f"/?lang={language}")
    ask(page)
    for number in (0, 1):
        page.locator(".turn article.card").nth(number).locator("button.save").click()
    knowledge.store.offers[:] = [fakes.offering(id="krippe-2", title="Krippe 2")]
    saved(page).locator("summary").click()
    expect(saved(page).locator(".gone")).to_have_count(1)
    expect(saved(page).get_by_role("link").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    low = page.evaluate("""() => [...document.querySelectorAll('button, summary')]
        .filter(node => node.offsetParent && node.getBoundingClientRect().height < 44).map(node => node.outerHTML)""")
    assert low == []
