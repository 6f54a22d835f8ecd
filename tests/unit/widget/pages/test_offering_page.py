"""The public page of an offering, and its calendar entry."""

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.unit.widget.asking import Tags, seen
from widget import create_app
from widget.settings import WebSettings


@pytest.fixture
def camp(knowledge: SimpleNamespace, fakes: SimpleNamespace) -> None:
    """A holiday camp that begins tomorrow, with a Turkish translation."""
    knowledge.store.offers.append(
        fakes.offering(
            id="camp-1", title="Zeltlager; am See", description="Zelten, baden\nund klettern.", categories=("holiday_care",),
            valid_from=date(2026, 11, 23), valid_to=date(2026, 11, 27), free=None, cost="45 €", opening_hours=None,
            email="camp@abi.example.org", url="https://abi.example.org/camp", translations={"tr": {"title": "Göl kampı"}},
        )
    )  # fmt: skip


def linked_data(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def test_the_page_shows_the_whole_card_in_the_readers_language_with_nothing_folded_away(client, camp) -> None:
    answer = client.get("/offerings/camp-1?lang=tr")
    tags = Tags(answer.text)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "tr")
    assert "<title>Göl kampı – Bündnislotse</title>" in answer.text
    assert '<h1 lang="tr"><bdi>Göl kampı</bdi></h1>' in answer.text
    assert tags.named("details") == []
    shown = seen(answer.text)
    assert "Zelten, baden und klettern." in shown
    assert "Tarih23.11.2026–27.11.2026" in shown
    assert "Hizmet türüTatilde çocuk bakımı" in shown
    links = [attributes["href"] for attributes in tags.named("a")]
    assert "/a/abi?lang=tr" in links
    assert "/offerings/camp-1.ics?lang=tr" in links
    assert not [href for href in links if href and href.startswith("/offerings/camp-1?")]


def test_german_text_on_a_page_of_another_language_is_marked_as_german(client) -> None:
    page = client.get("/offerings/krippe-1", headers={"Accept-Language": "pl"}).text
    assert '<html lang="pl" dir="ltr">' in page
    assert '<h1 lang="de"><bdi>Krippe 1</bdi></h1>' in page
    assert '<dd lang="de"><bdi dir="ltr">Mo–Fr 6.30–17.00</bdi></dd>' in page


def test_search_engines_read_what_is_known_and_nothing_else(client, camp) -> None:
    camp_read = linked_data(client.get("/offerings/camp-1?lang=tr").text)
    url = "http://localhost/offerings/camp-1?lang=tr"
    assert camp_read == {
        "@context": "https://schema.org", "@type": "Service", "@id": url, "url": url, "name": "Göl kampı",
        "description": "Zelten, baden\nund klettern.", "serviceType": ["Tatilde çocuk bakımı"],
        "audience": {"@type": "PeopleAudience", "suggestedMinAge": 0.25, "suggestedMaxAge": 3.0},
        "offers": {"@type": "Offer", "availabilityStarts": "2026-11-23", "availabilityEnds": "2026-11-27"},
        "availableChannel": {
            "@type": "ServiceChannel", "serviceUrl": "https://abi.example.org/camp", "availableLanguage": ["de", "tr"],
            "servicePhone": {"@type": "ContactPoint", "telephone": "030 23125 104", "email": "camp@abi.example.org"},
            "serviceLocation": {"@type": "Place", "address": {
                "@type": "PostalAddress", "streetAddress": "Lindenstraße 14", "postalCode": "06366", "addressLocality": "Köthen",
            }},
        },
    }  # fmt: skip
    free = linked_data(client.get("/offerings/krippe-1").text)
    assert free["offers"] == {"@type": "Offer", "price": "0", "priceCurrency": "EUR"}
    assert "provider" not in free


def test_markup_in_an_offering_is_inert_on_its_page_and_in_its_linked_data(client, knowledge, fakes) -> None:
    evil = f"</script>{fakes.markup}"
    knowledge.store.offers[0] = fakes.offering(title=evil, description=evil, provider=evil, cost=evil, free=None)
    page = client.get("/offerings/krippe-1").text
    tags = Tags(page)
    assert linked_data(page)["name"] == evil
    assert [attributes for attributes in tags.named("img") if attributes.get("src") == "x"] == []
    scripts = [attributes for attributes in tags.named("script") if attributes.get("type") != "application/ld+json"]
    assert [str(attributes["src"])[:8] for attributes in scripts] == ["/static/"]


def test_the_page_names_its_own_address_under_the_public_url(app, client) -> None:
    def canonical(client: FlaskClient) -> list[str | None]:
        found = Tags(client.get("/offerings/krippe-1?lang=fa").text).named("link")
        return [attributes["href"] for attributes in found if attributes.get("rel") == "canonical"]

    assert canonical(client) == ["http://localhost/offerings/krippe-1?lang=fa"]
    public = create_app(app.extensions["gateway"], WebSettings(public_url="https://familie.example.org"))
    assert canonical(public.test_client()) == ["https://familie.example.org/offerings/krippe-1?lang=fa"]


@pytest.mark.parametrize(
    "path", ["/offerings/gone", "/offerings/gone.ics", "/offerings/%3Cimg%3E", "/offerings/krippe-1.pdf"]
)
def test_an_unknown_offering_has_a_friendly_page(client, path) -> None:
    answer = client.get(path, headers={"Accept-Language": "uk"})
    assert answer.status_code == 404
    assert "Такої пропозиції тут немає" in answer.text
    assert 'href="/?lang=uk"' in answer.text


@pytest.mark.parametrize("path", ["/offerings/krippe-1", "/offerings/krippe-1.ics"])
def test_an_ended_offering_says_so_and_leads_to_its_alliance(client, knowledge, fakes, path) -> None:
    ends_today = fakes.offering(valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 22))
    knowledge.store.offers[0] = ends_today
    assert client.get(path).status_code == 200
    knowledge.store.offers[0] = ends_today.model_copy(update={"valid_to": date(2026, 11, 21)})
    answer = client.get(f"{path}?lang=ar")
    assert answer.status_code == 410
    assert "انتهى هذا العرض" in answer.text
    assert 'href="/a/abi?lang=ar"' in answer.text
    assert "Krippe Spatzennest" not in answer.text


def test_a_dated_offering_goes_into_a_calendar_as_whole_days(client, camp) -> None:
    answer = client.get("/offerings/camp-1.ics?lang=tr")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="camp-1.ics"'
    (entry,) = Calendar.from_ical(answer.data).events
    assert (entry.start, entry.end) == (date(2026, 11, 23), date(2026, 11, 28))
    assert (entry["SUMMARY"], entry["LOCATION"]) == ("Göl kampı", "Lindenstraße 14, 06366 Köthen")
    assert (entry["UID"], entry["TRANSP"]) == ("camp-1@localhost", "TRANSPARENT")
    assert entry["URL"] == "http://localhost/offerings/camp-1?lang=tr"
    assert {"Saatler: Mo–Fr 6.30–17.00", "Ücret: 45 €", "Telefon et: 030 23125 104"} <= set(
        entry["DESCRIPTION"].split("\n")
    )


def test_a_calendar_entry_keeps_what_would_be_syntax_as_text(client, camp) -> None:
    answer = client.get("/offerings/camp-1.ics?lang=de")
    (entry,) = Calendar.from_ical(answer.data).events
    assert entry["SUMMARY"] == "Zeltlager; am See"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75


def test_an_offering_of_one_day_is_one_day_in_the_calendar(client, knowledge, fakes) -> None:
    knowledge.store.offers[0] = fakes.offering(valid_from=date(2027, 3, 13))
    (entry,) = Calendar.from_ical(client.get("/offerings/krippe-1.ics").data).events
    assert (entry.start, entry.end) == (date(2027, 3, 13), date(2027, 3, 14))


def test_without_dates_there_is_no_calendar_entry(client) -> None:
    assert client.get("/offerings/krippe-2.ics").status_code == 404
