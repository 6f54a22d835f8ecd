"""How texts, dates and links are written for a parent."""

from datetime import date

import pytest

from knowledge import SettingError
from widget.cards.display import display, email_link, phone_link, web_link
from widget.cards.hours import spoken_hours
from widget.settings import read_web_settings
from widget.texts import REPLY_LANGUAGES, day, sentence, texts


def test_days_follow_the_language() -> None:
    assert (day("de", date(2026, 8, 19)), day("fa", date(2026, 8, 19))) == ("19.08.2026", "2026/08/19")


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_every_sentence_can_be_said(language) -> None:
    values = {
        "place": "Köthen", "contact": "A", "km": "3", "date": "1", "age": "2", "first": "1", "last": "2", "address": "A",
        "host": "a.example",
    }  # fmt: skip
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
    assert shown["machine"] is None
    assert display({**card, "text_language": "tr", "machine_translated": True}, "tr")["machine"] == "Makine çevirisi"


def test_a_card_names_what_kind_of_service_it_is_and_its_days() -> None:
    card = {"category_labels": ["عطلة", "ترفيه"], "valid_from": "2027-02-01", "valid_to": "2027-02-05"}
    facts = [(fact["label"], fact["text"]) for fact in display(card, "ar")["facts"]]
    assert facts == [("نوع العرض", "عطلة، ترفيه"), ("التاريخ", "من 01/02/2027 إلى 05/02/2027")]


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2027-02-01", "2027-02-01", "01.02.2027"), ("2027-02-01", None, "ab 01.02.2027"), (None, "2027-02-05", "bis 05.02.2027"),
        (None, None, None), ("soon", 5, None),
    ],
)  # fmt: skip
def test_the_days_of_an_offering_are_said_as_far_as_they_are_known(first, last, written) -> None:
    facts = display({"valid_from": first, "valid_to": last}, "de")["facts"]
    assert [fact["text"] for fact in facts] == ([written] if written else [])


def test_a_card_links_the_page_of_its_offering_and_a_dated_one_its_calendar_entry() -> None:
    card = {
        "id": "krippe-1", "phone": "112", "email": "a@b.example.org", "url": "https://b.example.org", "street": "Weg 1", "city": "Köthen",
    }  # fmt: skip
    kinds = [action["kind"] for action in display(card, "de")["actions"]]
    assert kinds == ["phone", "email", "website", "route", "share"]
    dated = display({**card, "valid_from": "2027-02-01"}, "tr")["actions"]
    assert [(action["kind"], action["label"], action["href"]) for action in dated[-2:]] == [
        ("calendar", "Takvime ekle", "/offerings/krippe-1.ics?lang=tr"),
        ("share", "Bu hizmetin sayfası", "/offerings/krippe-1?lang=tr"),
    ]
    (odd,) = display({"id": "../a?b#c"}, "de")["actions"]
    assert odd["href"] == "/offerings/..%2Fa%3Fb%23c?lang=de"


@pytest.mark.parametrize(
    ("hours", "language", "said"),
    [
        ("Mo-Fr 06:30-17:00; PH off", "de", "Mo–Fr 06:30–17:00; an Feiertagen geschlossen"),
        ("Tu 09:00-12:00,13:00-18:00", "de-simple", "Dienstag 09:00 bis 12:00, 13:00 bis 18:00"),
        ("Mo,We 08:00-12:00; SH closed", "tr", "Pzt, Çar 08:00–12:00; okul tatillerinde kapalı"),
        ("SH Mo-Fr 07:00-16:00; PH,Su off", "ar",
         "في العطل المدرسية من الاثنين إلى الجمعة من 07:00 إلى 16:00؛ في العطل الرسمية، الأحد مغلق"),
        ("24/7", "fr", "24 h sur 24"), ("08:00-16:00", "pl", "08:00–16:00"),
        ("Sa[2] 10:00-13:00", "de", None), ("Oct-Apr Su 10:00-12:00", "de", None), ('Mo "by appointment"', "de", None), ("", "de", None),
    ],
)  # fmt: skip
def test_opening_hours_are_said_in_the_readers_language_where_their_form_is_common(hours, language, said) -> None:
    assert spoken_hours(hours, language) == said


def test_a_card_says_hours_in_the_readers_language_and_gives_the_providers_words_beside_them() -> None:
    def hours(language: str = "ru", **fields: object) -> list[tuple[str, str | None]]:
        facts = display({"opening_hours": "Mo-Fr 08:00-16:00", **fields}, language)["facts"]
        return [(fact["text"], fact.get("language")) for fact in facts]

    assert hours() == [("пн–пт 08:00–16:00", None)]
    assert hours(schedule="werktags") == [("пн–пт 08:00–16:00", None), ("werktags", "de")]
    assert hours("de", schedule="werktags") == [("werktags", None)]
    assert hours(opening_hours="Sa[2] 10:00-13:00") == [("Sa[2] 10:00-13:00", "de")]
    assert hours(opening_hours="Sa[2] 10:00-13:00", schedule="samstags") == [("samstags", "de")]


def test_the_distance_is_not_said_twice() -> None:
    assert display({"distance_km": 4.2, "reasons": ["etwa 4 km entfernt"]}, "de")["badges"] == []
    assert display({"distance_km": 4.2, "reasons": ["passt zum Alter"]}, "de")["badges"] == ["4,2 km entfernt"]
    assert display({"distance_km": 1.0, "reasons": ["erst ab 1 Jahr"]}, "de")["badges"] == ["1 km entfernt"]


def test_a_card_of_another_shape_is_shown_as_far_as_it_can_be() -> None:
    shown = display({"distance_km": "near", "age_min": True, "languages": [5], "checked_on": "soon", "cost": 5}, "de")
    assert shown == {"badges": [], "facts": [], "actions": [], "checked": None, "german": None, "machine": None}


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
            "LOTSE_PUBLIC_URL": "https://familie.example.org/",
        }
    )
    assert (settings.rasa_url, settings.rate_limit, settings.trusted_proxies) == ("http://rasa:5005", "9 per second", 2)
    assert (settings.rasa_token, settings.public_url) == ("t", "https://familie.example.org")
    assert read_web_settings({}).public_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTSE_RASA_URL", "rasa:5005"), ("LOTSE_RATE_LIMIT", "often"), ("LOTSE_TRUSTED_PROXIES", "-1"),
        ("LOTSE_PUBLIC_URL", "familie.example.org"), ("LOTSE_PUBLIC_URL", "https://example.org/familie"),
    ],
)  # fmt: skip
def test_a_setting_out_of_its_form_is_named(name, value) -> None:
    with pytest.raises(SettingError, match=name):
        read_web_settings({name: value})
