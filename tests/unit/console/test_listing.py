"""The list of offerings, duplicates, places and differences, without pages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from console.offerings.differences import Difference, differences
from console.offerings.duplicates import likely_same
from console.offerings.listing import Wish, listed
from console.offerings.place_check import place_doubts
from console.paging import page_of
from knowledge import Edition, Offering
from knowledge.opening_hours import week
from knowledge.places import Places, open_places

MakeOffering = Callable[..., Offering]
TODAY = date(2026, 11, 22)


def _edition(offering: Offering, state: str = "published", *, public: bool = True) -> Edition:
    return Edition(offering=offering, state=state, version=1, public=offering if public else None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def places(prepared: Path) -> Places:
    return open_places(prepared / "places.sqlite")


def _found(editions: list[Edition], **wish: object) -> list[str]:
    return [one.offering.id for one in listed(editions, Wish(**wish), today=TODAY)]  # type: ignore[arg-type]


def test_words_are_found_in_title_provider_and_town_whatever_the_letters(make_offering: MakeOffering) -> None:
    editions = [
        _edition(make_offering("a", title="Öko-Kita", city="Köthen")),
        _edition(make_offering("b", provider="Übermorgen e. V.")),
    ]
    assert _found(editions, q="koethen ÖKO") == ["a"]
    assert _found(editions, q="übermorgen") == ["b"]
    assert _found(editions, q="oeko halle") == []


def test_a_draft_beside_a_published_offering_is_both(make_offering: MakeOffering) -> None:
    editions = [
        _edition(make_offering("a"), "review"),
        _edition(make_offering("b"), "draft", public=False),
        _edition(make_offering("c")),
    ]
    assert _found(editions, state="published") == ["a", "c"]
    assert _found(editions, state="review") == ["a"]
    assert _found(editions, state="draft") == ["b"]


def test_what_was_checked_a_year_ago_or_never_is_found(make_offering: MakeOffering) -> None:
    days = {"a": None, "b": date(2025, 11, 21), "c": date(2025, 11, 22), "d": TODAY}
    assert _found([_edition(make_offering(id_, checked_on=day)) for id_, day in days.items()], unchecked=True) == [
        "a",
        "b",
    ]


def test_pages_hold_twenty_five_and_a_page_beyond_is_the_last(make_offering: MakeOffering) -> None:
    editions = [_edition(make_offering(f"o{n:02}")) for n in range(51)]
    assert [len(page_of(editions, number)[0]) for number in (1, 2, 3)] == [25, 25, 1]
    assert page_of(editions, 99)[1:] == (3, 3)
    assert page_of([], 1)[1:] == (1, 1)


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (
            {"title": "Kita Sonne", "city": "Köthen"},
            {"title": "kita  sonne".replace("  ", " "), "city": "KÖTHEN"},
            True,
        ),
        ({"title": "Kita Sonne", "city": "Köthen"}, {"title": "Kita Sonne", "city": "Halle"}, False),
        ({"title": "A", "phone": "+49 (0)3496 123 456"}, {"title": "B", "phone": "03496/123456"}, True),
        ({"title": "A", "phone": "110"}, {"title": "B", "phone": "110"}, False),
        ({"title": "A", "url": "https://www.kita.de/"}, {"title": "B", "url": "http://kita.de"}, True),
        ({"title": "A", "city": "Köthen"}, {"title": "B", "city": "Köthen"}, False),
    ],
)
def test_the_same_offering_is_known_by_title_and_place_or_by_contact(
    make_offering: MakeOffering, mine: dict[str, str], theirs: dict[str, str], same: bool
) -> None:
    other = make_offering("other", **theirs)
    assert likely_same(make_offering("mine", **mine), [other]) == ([other] if same else [])


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ({"postal_code": "06366", "city": "Köthen (Anhalt)"}, []),
        ({"postal_code": "06366"}, []),
        ({"postal_code": "10115", "city": "Berlin"}, []),
        ({"postal_code": "06108", "city": "Halle"}, []),
        ({}, ["warning_no_place"]),
        ({"format": "online"}, []),
        ({"postal_code": "06366", "city": "Berlin"}, ["warning_contradiction"]),
        ({"postal_code": "06366", "city": "Kötehn"}, ["warning_town"]),
        ({"postal_code": "06366", "city": "Atlantis"}, ["warning_town"]),
        ({"city": "Halle"}, ["warning_ambiguous"]),
        ({"postal_code": "00000", "city": "Köthen"}, ["warning_postal_code"]),
        ({"postal_code": "06366", "latitude": 52.52, "longitude": 13.4}, ["warning_position"]),
    ],
)
def test_a_place_that_is_unknown_or_contradictory_is_doubted(
    make_offering: MakeOffering, places: Places, fields: dict[str, object], keys: list[str]
) -> None:
    assert [doubt.key for doubt in place_doubts(make_offering(**fields), places)] == keys


def test_a_misspelt_town_is_told_with_the_right_one(make_offering: MakeOffering, places: Places) -> None:
    (doubt,) = place_doubts(make_offering(postal_code="06366", city="Kötehn"), places)
    assert doubt.values == {"town": "Kötehn", "suggestion": "Köthen"}


def test_differences_are_told_field_by_field_and_translations_by_language(make_offering: MakeOffering) -> None:
    before = make_offering(translations={"tr": {"title": "A"}}).model_dump(mode="json")
    after = make_offering(title="Kita Mond", cost="5 Euro", translations={"tr": {"title": "B"}}).model_dump(mode="json")
    assert differences(before, after) == [
        Difference(field="title", before="Kita Sonne", after="Kita Mond"),
        Difference(field="cost", before=None, after="5 Euro"),
        Difference(field="title", before="A", after="B", language="tr"),
    ]
    assert differences(before, {**before, "description": None, "schedule": ""}) == []


def test_the_week_is_read_from_opening_hours() -> None:
    spans = week("Mo,We 08:00-12:00; Sa 22:00-02:00", date(2026, 11, 23))
    assert spans is not None
    assert [f"{opens:%a %H:%M}-{closes:%a %H:%M}" for opens, closes in spans] == [
        "Mon 08:00-Mon 12:00",
        "Wed 08:00-Wed 12:00",
        "Sat 22:00-Sun 02:00",
    ]
    assert week("dienstags", TODAY) is None
