"""How texts, dates and links are written for a parent."""

from datetime import date

import pytest

from knowledge import SettingError
from widget.display import display, email_link, phone_link, web_link
from widget.settings import read_web_settings
from widget.texts import REPLY_LANGUAGES, day, sentence, texts


def test_days_follow_the_language() -> None:
    assert (day("de", date(2026, 8, 19)), day("fa", date(2026, 8, 19))) == ("19.08.2026", "2026/08/19")


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_every_sentence_can_be_said(language) -> None:
    values = {"place": "Köthen", "contact": "A", "km": "3", "date": "1", "age": "2", "host": "a.example"}
    for key, text in texts(language).items():
        if isinstance(text, str):
            assert "{" not in sentence(language, key, **values), key
            assert text.strip() == text, key


def test_a_card_shows_its_facts_in_the_readers_language_and_marks_german_text() -> None:
    card = {
        "title": "Krippe", "age_min": 1, "age_max": 3, "schedule": "montags", "cost": "45 €", "free": False,
        "languages": ["de", "tr", "xx"], "street": "Weg 1", "postal_code": "06366", "city": "Köthen", "wheelchair": True,
        "distance_km": 0.8, "open_now": False, "format": "on_site", "checked_on": "2026-08-19", "text_language": "de",
    }  # fmt: skip
    shown = display(card, "tr")
    assert shown["badges"] == ["0,8 km uzakta", "şu anda kapalı"]
    assert [(fact["label"], fact["text"]) for fact in shown["facts"]] == [
        ("Yaş", "1–3 yaş"), ("Saatler", "montags"), ("Ücret", "45 €"), ("Diller", "Almanca, Türkçe, xx"),
        ("Adres", "Weg 1, 06366 Köthen"), ("Erişim", "tekerlekli sandalyeye uygun"),
    ]  # fmt: skip
    assert [fact["label"] for fact in shown["facts"] if fact.get("language") == "de"] == ["Saatler", "Ücret", "Adres"]
    assert shown["checked"] == "Son kontrol: 19.08.2026"
    assert shown["german"] == "Açıklama Almancadır"
    assert display(card, "de-simple")["german"] is None
    assert display({**card, "text_language": "tr"}, "tr")["german"] is None


def test_the_distance_is_not_said_twice() -> None:
    assert display({"distance_km": 4.2, "reasons": ["etwa 4 km entfernt"]}, "de")["badges"] == []
    assert display({"distance_km": 4.2, "reasons": ["passt zum Alter"]}, "de")["badges"] == ["4,2 km entfernt"]
    assert display({"distance_km": 1.0, "reasons": ["erst ab 1 Jahr"]}, "de")["badges"] == ["1 km entfernt"]


def test_a_card_of_another_shape_is_shown_as_far_as_it_can_be() -> None:
    shown = display({"distance_km": "near", "age_min": True, "languages": [5], "checked_on": "soon", "cost": 5}, "de")
    assert shown == {"badges": [], "facts": [], "actions": [], "checked": None, "german": None}


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("030 23125 104", "tel:03023125104"), ("+49 (0)30 23125-104", "tel:+493023125104"), ("112", "tel:112"), ("siehe Website", None),
        ("javascript:alert(1)", None), (None, None), (30, None),
    ],
)  # fmt: skip
def test_telephone_links_hold_digits_only(phone, link) -> None:
    assert phone_link(phone) == link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "https://",
        "https://a b",
        'https://x"y',
        "ftp://x.org",
        None,
        5,
        "http://[",
    ],
)
def test_only_web_addresses_become_links(url) -> None:
    assert web_link(url) is None


def test_a_mail_link_carries_no_headers() -> None:
    assert email_link("a@b.example.org") == "mailto:a@b.example.org"
    assert email_link("a@b.example.org?bcc=c@d.example.org") is None


def test_settings_are_read_from_the_environment() -> None:
    settings = read_web_settings(
        {
            "LOTSE_RASA_URL": "http://rasa:5005/",
            "LOTSE_RATE_LIMIT": "9 per second",
            "LOTSE_TRUSTED_PROXIES": "2",
            "LOTSE_RASA_TOKEN": "t",
        }
    )
    assert (settings.rasa_url, settings.rate_limit, settings.trusted_proxies) == ("http://rasa:5005", "9 per second", 2)
    assert settings.rasa_token == "t"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTSE_RASA_URL", "rasa:5005"), ("LOTSE_RATE_LIMIT", "often"), ("LOTSE_TRUSTED_PROXIES", "-1"),
    ],
)  # fmt: skip
def test_a_setting_out_of_its_form_is_named(name, value) -> None:
    with pytest.raises(SettingError, match=name):
        read_web_settings({name: value})
