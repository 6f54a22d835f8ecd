"""The chat page in a real browser, over the fakes: what its script does, and what it never does."""

import pytest
from playwright.sync_api import expect

from knowledge.values import Widget
from tests.unit.widget.in_browser.writing import write

pytestmark = pytest.mark.journey

EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
EVIL_CARD = {
    "id": "evil", "title": EVIL, "provider": EVIL, "description": EVIL, "street": EVIL, "city": EVIL, "schedule": EVIL,
    "cost": EVIL, "phone": "javascript:alert(1)", "email": "javascript:alert(1)@b.c?bcc=x@y.z", "url": "javascript:window.hacked=1",
    "reasons": [EVIL], "languages": [EVIL], "text_language": "de", "checked_on": EVIL,
}  # fmt: skip


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


def test_the_page_begins_at_its_top(page) -> None:
    page.set_viewport_size({"width": 360, "height": 400})
    page.goto("/a/abi")
    expect(page.locator("#message")).to_be_visible()
    assert page.evaluate("window.scrollY") == 0


def test_nothing_is_stored_before_the_first_message_and_only_the_conversation_after_it(page, context) -> None:
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
    expect(page.locator(".turn.parent p")).to_have_text("ich suche eine Krippe")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    write(page, "06366")
    expect(page.locator("article.card")).to_have_count(3)
    page.reload()
    expect(page.locator("article.card")).to_have_count(3)
    expect(page.locator(".turn.parent")).to_have_count(2)


def test_the_reply_arrives_even_when_the_page_was_loaded_again_meanwhile(page, context, assistant) -> None:
    assistant.raw = [{"text": "Guten Tag"}]
    page.goto("/")
    assistant.delay_s = 1.0
    write(page, "Hallo")
    page.wait_for_timeout(200)
    page.reload()
    expect(page.locator(".turn.parent p")).to_have_text("Hallo")
    expect(page.locator(".turn.assistant").last).to_contain_text("Guten Tag")
    assert [request.message for request in assistant.asked] == ["Hallo"]


def test_a_reply_that_was_lost_on_its_way_is_fetched_and_not_made_again(page, assistant) -> None:
    assistant.raw = [{"text": "Guten Tag"}]
    page.goto("/")
    page.route("**/api/chat", lambda route: (route.fetch(), route.abort())[1], times=1)
    write(page, "Hallo")
    page.get_by_role("button", name="Noch einmal versuchen").click()
    expect(page.locator(".turn.assistant").last).to_contain_text("Guten Tag")
    assert [request.message for request in assistant.asked] == ["Hallo"]


def test_being_offline_is_said_and_what_was_typed_stays(page, context) -> None:
    page.goto("/")
    page.locator("#message").fill("Krippe in 063")
    context.set_offline(True)
    expect(page.get_by_role("alert")).to_have_text("Sie sind offline. Was Sie geschrieben haben, bleibt hier.")
    context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("#message")).to_have_value("Krippe in 063")


def test_a_reply_is_read_aloud_where_there_is_a_voice_of_its_language(page, assistant) -> None:
    assistant.raw = [{"text": "Guten Tag"}]
    page.add_init_script("""
        window.spoken = [];
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        const speak = (words) => spoken.push([words.text, words.lang]);
        const synthesis = Object.assign(new EventTarget(), { getVoices: () => [{ lang: "de-DE" }], cancel() {}, speak });
        Object.defineProperty(window, "speechSynthesis", { value: synthesis });
    """)
    page.goto("/")
    write(page, "Hallo")
    page.get_by_role("button", name="Vorlesen").click()
    assert page.evaluate("spoken") == [["Guten Tag", "de-DE"]]
    page.get_by_role("button", name="Vorlesen beenden").click()
    expect(page.get_by_role("button", name="Vorlesen", exact=True)).to_have_attribute("aria-pressed", "false")
    page.locator("#language").select_option("tr")
    expect(page.locator(".turn.assistant")).to_have_count(3)
    expect(page.locator(".turn.assistant").last.locator(".aloud")).to_be_hidden()


def test_an_offering_can_be_handed_on(page, context, address) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto("/")
    write(page, "Krippe in 06366")
    page.get_by_role("button", name="Teilen").first.click()
    expect(page.get_by_text("Der Link ist kopiert.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/offerings/krippe-1?lang=de"


def test_speaking_is_offered_where_the_alliance_wants_it_and_begins_after_a_notice(page, knowledge) -> None:
    knowledge.store.partners[0] = knowledge.store.partners[0].model_copy(update={"widget": Widget(voice_input=True)})
    page.add_init_script("""
        window.heard = 0;
        window.SpeechRecognition = class {
            start() {
                Object.assign(window, { heard: window.heard + 1, language: this.lang });
                this.onresult({ results: [[{ transcript: "Krippe in 06366" }]] });
                this.onend();
            }
        };
    """)
    page.goto("/a/saale")
    assert page.get_by_role("button", name="Sprechen statt schreiben").count() == 0
    page.goto("/a/abi")
    page.get_by_role("button", name="Sprechen statt schreiben").click()
    expect(page.get_by_text("Viele Browser schicken dazu den Ton an ihren Hersteller.")).to_be_visible()
    page.get_by_role("button", name="Abbrechen").click()
    assert page.evaluate("heard") == 0
    page.get_by_role("button", name="Sprechen statt schreiben").click()
    page.get_by_role("button", name="Einverstanden, sprechen").click()
    expect(page.locator("#message")).to_have_value("Krippe in 06366")
    assert page.evaluate("[heard, language]") == [1, "de"]
    expect(page.locator(".turn.parent")).to_have_count(0)


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
