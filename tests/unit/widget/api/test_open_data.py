"""GET /api/offerings, /api/offerings/{id}, /api/alliances, /api/guides."""

from datetime import date

import pytest

from knowledge.guides import FoundSection, GuideAnswer
from knowledge.guides.sections import Section
from knowledge.values import Guide


def test_every_parameter_reaches_the_search(client, knowledge) -> None:
    client.get(
        "/api/offerings?q=Krippe&near=06366&radius_km=7.5&language=tr&age=2&category=daycare,childminding&free=true"
        "&on=2026-12-24&limit=3&offset=1"
    )
    (query,) = knowledge.search.asked
    assert (query.text, query.near, query.radius_km, query.language) == ("Krippe", "06366", 7.5, "tr")
    assert (query.ages, query.categories, query.free) == ((2.0,), ("daycare", "childminding"), True)
    assert (query.on, query.limit, query.offset) == (date(2026, 12, 24), 3, 1)
    assert query.service_language == "tr"


@pytest.mark.parametrize("language", ["de", "de-simple"])
def test_german_is_spoken_everywhere_and_so_no_wish(client, knowledge, language) -> None:
    client.get(f"/api/offerings?q=Krippe&language={language}")
    assert knowledge.search.asked[0].service_language is None


def test_a_search_answers_with_cards_scores_and_what_was_understood(client) -> None:
    found = client.get("/api/offerings?q=Krippe&near=06366&limit=2").json
    assert found["total"] == 5
    assert found["no_good_answer"] is False
    assert [card["id"] for card in found["results"]] == ["krippe-1", "krippe-2"]
    card = found["results"][0]
    assert (card["score"], card["distance_km"], card["reasons"], card["open_now"]) == (
        3.0,
        3.2,
        ["passt zum Alter"],
        True,
    )
    assert found["understood"]["categories"] == ["daycare"]
    assert found["understood"]["place"]["postal_code"] == "06366"
    assert (found["understood"]["age"], found["understood"]["language"]) == (None, "de")


def test_a_place_that_nobody_knows_does_not_mean_everywhere(client) -> None:
    found = client.get("/api/offerings?q=Krippe&near=Atlantis").json
    assert (found["total"], found["results"], found["no_good_answer"]) == (0, [], True)


@pytest.mark.parametrize(
    "query",
    [
        "radius_km=far", "radius_km=-1", "radius_km=nan", "radius_km=inf", "language=es", "age=two", "age=200", "age=-1",
        "category=kita", "category=daycare,x", "free=maybe", "on=24.12.2026", "on=2026-13-01", "limit=0", "limit=1000",
        "limit=1.5", "offset=-1", f"near={'a' * 201}",
    ],
)  # fmt: skip
def test_a_parameter_out_of_its_form_is_refused_by_name(client, knowledge, query) -> None:
    answer = client.get(f"/api/offerings?q=Krippe&{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert query.partition("=")[0] in answer.json["detail"]
    assert knowledge.search.asked == []


def test_an_error_never_repeats_what_was_sent(client, fakes) -> None:
    for path in ("/api/offerings?category=", "/api/offerings?age=", "/api/offerings/", "/api/nothing/"):
        assert b"onerror" not in client.get(path + fakes.markup).data


def test_one_offering_is_shown_as_a_card_in_a_language(client) -> None:
    card = client.get("/api/offerings/krippe-2?language=tr").json
    assert (card["title"], card["distance_km"], card["reasons"]) == ("Krippe 2", None, [])
    assert card["category_labels"] == [
        client.application.extensions["gateway"].knowledge.taxonomy.label("daycare", "tr")
    ]


def test_one_offering_comes_with_what_a_page_shows_of_it(client) -> None:
    shown = client.get("/api/offerings/krippe-2?language=tr").json["display"]
    assert shown["checked"] == "Son kontrol: 19.08.2026"
    assert [action["kind"] for action in shown["actions"]] == ["phone", "route", "share"]


def test_an_offering_whose_last_day_has_passed_is_gone(client, knowledge, fakes) -> None:
    knowledge.store.offers[:] = [
        fakes.offering(id="over", valid_to=date(2026, 11, 21)), fakes.offering(id="last-day", valid_to=date(2026, 11, 22)),
    ]  # fmt: skip
    answer = client.get("/api/offerings/over")
    assert (answer.status_code, answer.json["title"]) == (410, "Offering has ended")
    assert client.get("/api/offerings/last-day").status_code == 200


def test_a_page_of_an_alliance_may_ask_for_one_offering_and_others_may_not(client) -> None:
    path, header = "/api/offerings/krippe-2", "Access-Control-Allow-Origin"
    for own in (path, "/api/offerings/no-such"):
        assert (
            client.get(own, headers={"Origin": "https://abi.example.org"}).headers[header] == "https://abi.example.org"
        )
    assert header not in client.get(path, headers={"Origin": "https://evil.example"}).headers
    assert header not in client.get("/api/offerings", headers={"Origin": "https://abi.example.org"}).headers


def test_an_offering_that_nobody_has_is_not_found(client) -> None:
    answer = client.get("/api/offerings/no-such")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_alliances_are_listed_with_their_contacts(client) -> None:
    found = client.get("/api/alliances").json
    assert found["total"] == 2
    assert (found["results"][0]["id"], found["results"][0]["phone"]) == ("abi", "030 23125 110")


def test_guides_answer_with_their_sections_and_the_sentences_that_answer(client, knowledge, fakes) -> None:
    guide = Guide(id="geld", language="de", title="Wegweiser", url="https://example.org/w", text="Egal.")
    section = Section(guide=guide, heading="Elterngeld", text="Vorwort. Wer nicht arbeitet, bekommt es.")
    asked = []

    def guides(text: str, **how: object) -> GuideAnswer:
        asked.append((text, how))
        found = FoundSection(section=section, quote="Wer nicht arbeitet, bekommt es.", score=1.0, similarity=0.5)
        return GuideAnswer(sections=(found,), total=7, no_good_answer=False)

    knowledge.guides = guides
    answer = client.get("/api/guides?q=Elterngeld+bekommen&language=de-simple&near=06366&limit=3").json
    assert answer == {
        "total": 7,
        "no_good_answer": False,
        "results": [
            {
                "guide": "geld", "alliance": None, "language": "de", "title": "Wegweiser", "url": "https://example.org/w",
                "heading": "Elterngeld", "text": "Vorwort. Wer nicht arbeitet, bekommt es.",
                "quote": "Wer nicht arbeitet, bekommt es.", "score": 1.0,
            }
        ],
    }  # fmt: skip
    assert asked == [("Elterngeld bekommen", {"language": "de", "near": fakes.koethen, "limit": 3})]


def test_a_failure_inside_is_a_problem_without_a_trace(client, knowledge, fakes) -> None:
    knowledge.store.alliances = fakes.down
    answer = client.get("/api/alliances")
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "Traceback" not in answer.text
    assert "Krippe" not in answer.text
