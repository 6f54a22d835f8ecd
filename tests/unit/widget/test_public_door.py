"""Pages, headers, limits and health: what anybody on the internet meets first."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.unit.widget.asking import Tags, seen
from widget import create_app
from widget.settings import WebSettings
from widget.texts import REPLY_LANGUAGES, day, texts


@pytest.mark.parametrize(
    "path",
    ["/", "/a/abi", "/privacy", "/accessibility", "/nothing", "/a/abi/talk", "/a/abi/poster", "/offerings/krippe-1"],
)
def test_no_page_needs_anything_that_the_strict_policy_forbids(client, path) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "X-Frame-Options" not in answer.headers
    for tag, attributes in Tags(answer.text).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert tag != "style"
        if tag == "script" and attributes.get("type") not in {"application/json", "application/ld+json"}:
            assert attributes["src"].startswith("/static/")


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_every_page_is_in_the_language_of_the_menu(client, language) -> None:
    page = client.get(f"/?lang={language}")
    (root,) = [attributes for tag, attributes in Tags(page.text).found if tag == "html"]
    assert root == {"lang": language.removesuffix("-simple"), "dir": "rtl" if language in {"ar", "fa"} else "ltr"}
    assert page.headers["Content-Language"] == language.removesuffix("-simple")
    for path, key in (("privacy", "site_privacy"), ("accessibility", "site_accessibility")):
        shown = client.get(f"/{path}?lang={language}").text
        assert all(heading in shown.replace("&#39;", "'") for heading, _ in texts(language)[key])
    assert client.get(f"/api/setting?lang={language}").json["texts"]["page_send"] == texts(language)["page_send"]


def test_without_a_choice_the_page_is_in_the_browsers_language(client) -> None:
    page = client.get("/", headers={"Accept-Language": "es, pl;q=0.8, de;q=0.5"}).text
    assert '<html lang="pl" dir="ltr">' in page
    assert '<html lang="de" dir="ltr">' in client.get("/?lang=xx").text


def test_the_greeting_says_that_a_machine_answers_and_links_the_privacy_notice(client) -> None:
    page = client.get("/?lang=de").text
    assert "Ich bin ein Computerprogramm, kein Mensch" in page
    assert 'href="/privacy?lang=de"' in page


def test_the_privacy_page_tells_after_how_many_days_all_is_deleted_and_whom_to_ask(client) -> None:
    page = client.get("/privacy?lang=de").text
    assert "Spätestens nach 30 Tagen" in page
    assert "Po 30 dniach" in client.get("/privacy?lang=pl").text
    assert "mailto:kontakt@abi.example.org" in page


def test_the_privacy_page_speaks_of_messengers_only_where_some_are_on(client, monkeypatch) -> None:
    assert "Telegram" not in client.get("/privacy?lang=de").text
    on = {name: SimpleNamespace(title=title) for name, title in (("telegram", "Telegram"), ("twilio", "WhatsApp"))}
    monkeypatch.setattr("widget.pages.page.wired_channels", lambda: on)
    assert "Sie können auch über Telegram, WhatsApp schreiben." in client.get("/privacy?lang=de").text
    for language in REPLY_LANGUAGES:
        shown = client.get(f"/privacy?lang={language}").text
        heading, rights = texts(language)["site_privacy_messengers"][0], texts(language)["site_privacy"][-1][0]
        assert shown.index(heading) < shown.index(rights)


def test_the_page_of_an_alliance_carries_its_name_and_contact(client) -> None:
    page = client.get("/a/abi?lang=de").text
    assert "Bündnis Anhalt-Bitterfeld (Demo)" in page
    assert 'href="tel:03023125110"' in page
    assert 'data-text="page_demo"' in page
    assert 'data-text="page_demo"' not in client.get("/a/saale?lang=de").text


def test_what_is_not_there_is_said_on_a_friendly_page(client) -> None:
    for path in ("/nothing", "/a/no-such", "/texts/es.json"):
        answer = client.get(path, headers={"Accept-Language": "tr"})
        assert answer.status_code == 404
        assert "Böyle bir sayfa yok" in answer.text


def test_a_failure_of_a_page_is_said_without_a_trace(client, knowledge, fakes) -> None:
    knowledge.store.alliances = fakes.down
    answer = client.get("/?lang=de")
    assert answer.status_code == 500
    assert "Das hat nicht geklappt" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_the_accessibility_page_says_how_far_we_are_since_when_whom_to_tell_and_who_decides(client, language) -> None:
    page = client.get(f"/accessibility?lang={language}").text
    shown = seen(page)
    assert "BITV 2.0" in shown
    assert day(language, date(2026, 11, 22)) in shown
    links = [tag["href"] for tag in Tags(page).named("a")]
    assert "https://www.schlichtungsstelle-bgg.de" in links
    assert texts(language)["page_contact"] in shown
    assert links.index("mailto:kontakt@abi.example.org") > links.index("https://www.schlichtungsstelle-bgg.de")


def test_too_many_requests_of_one_address_get_a_polite_answer_and_when_to_come_back(client) -> None:
    far = {"REMOTE_ADDR": "203.0.113.9"}
    answers = [client.post("/api/chat", json={"message": "Kita"}, environ_base=far) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    last = answers[-1]
    assert last.content_type == "application/problem+json"
    assert "please wait" in last.json["detail"]
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    other = client.post("/api/chat", json={"message": "Kita"}, environ_base={"REMOTE_ADDR": "203.0.113.10"})
    assert other.status_code == 200


def test_pages_have_limits_too_but_health_and_this_machine_do_not(client) -> None:
    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert [client.get("/?lang=de", environ_base=far).status_code for _ in range(6)][-1] == 429
    assert "Von Ihrem Anschluss kamen gerade sehr viele Anfragen." in client.get("/?lang=de", environ_base=far).text
    assert {client.get("/healthz", environ_base=far).status_code for _ in range(20)} == {200}
    assert {client.get("/").status_code for _ in range(20)} == {200}


def test_behind_a_trusted_proxy_each_sender_is_counted_for_itself(app) -> None:
    gateway = app.extensions["gateway"]
    client = create_app(gateway, WebSettings(rate_limit="2 per minute", trusted_proxies=1)).test_client()
    codes = [
        client.get("/privacy", headers={"X-Forwarded-For": sender}).status_code
        for sender in ("203.0.113.1", "203.0.113.1", "203.0.113.1", "203.0.113.2")
    ]
    assert codes == [200, 200, 429, 200]


def test_a_forged_forwarding_header_gives_nobody_more_requests(client) -> None:
    codes = [
        client.get(
            "/privacy", headers={"X-Forwarded-For": f"203.0.113.{n}"}, environ_base={"REMOTE_ADDR": "198.51.100.1"}
        ).status_code
        for n in range(6)
    ]
    assert codes[-1] == 429


def test_healthz_tells_only_that_the_process_lives(client, knowledge, fakes) -> None:
    knowledge.store.generation = fakes.down
    assert client.get("/healthz").json == {"status": "ok"}


def test_readyz_is_ready_while_rasa_is_loading(client, assistant) -> None:
    assistant.current = "loading"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "faults": {}, "assistant": "loading"})


def test_readyz_names_what_cannot_be_used(client, knowledge, fakes) -> None:
    knowledge.store.generation = knowledge.identifier.identify = fakes.down
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["faults"] == {"store": "ConnectionError", "language model": "ConnectionError"}
