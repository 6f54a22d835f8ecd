"""Where offerings and alliances are."""

from collections.abc import Callable

import pytest

from knowledge.places import Places
from knowledge.places.distances import distance_km
from knowledge.values import Alliance, Offering, Place

Make = Callable[..., Offering]
KOETHEN, LEIPZIG, HALLE_WESTFALEN = (51.752, 11.971), (51.34, 12.375), (52.06, 8.361)


def near(point: tuple[float, float] | None, other: tuple[float, float]) -> bool:
    return point is not None and distance_km(point, other) < 5.0


def test_an_offerings_own_position_comes_first(places: Places, make_offering: Make) -> None:
    offering = make_offering(latitude=51.0, longitude=12.0, postal_code="06366", city="Leipzig")
    assert places.position(offering) == (51.0, 12.0)


def test_else_its_postal_code_says_where_it_is(places: Places, make_offering: Make) -> None:
    assert near(places.position(make_offering(postal_code="06366", city="Leipzig")), KOETHEN)
    assert near(places.position(make_offering(postal_code="06365")), KOETHEN)


def test_else_its_town(places: Places, make_offering: Make) -> None:
    assert near(places.position(make_offering(city="Leipzig")), LEIPZIG)
    assert near(places.position(make_offering(city="Köthen (Anhalt)")), KOETHEN)


def test_a_town_of_an_ambiguous_name_is_the_one_near_the_alliance(places: Places, make_offering: Make) -> None:
    bielefeld = Alliance(id="bielefeld", name="Bielefeld", city="Bielefeld", postal_code="33602")
    assert not near(places.position(make_offering(city="Halle", alliance="bielefeld")), HALLE_WESTFALEN)
    places.homes(lambda: [bielefeld], 81)
    assert near(places.position(make_offering(city="Halle", alliance="bielefeld")), HALLE_WESTFALEN)


def test_what_is_online_or_nowhere_has_no_position(places: Places, make_offering: Make) -> None:
    assert places.position(make_offering(format="online", postal_code="06366")) is None
    assert places.position(make_offering()) is None
    assert places.position(make_offering(city="Kleinkleckersdorf")) is None
    assert places.position(make_offering(city="Merseberg")) is None


def test_homes_are_read_anew_only_for_a_new_generation(places: Places, koethen: Alliance) -> None:
    asked: list[int] = []

    def alliances() -> list[Alliance]:
        asked.append(1)
        return [koethen, koethen.model_copy(update={"id": "kassel", "city": None, "postal_code": "34117"})]

    first = places.homes(alliances, 91)
    assert places.homes(alliances, 91) is first
    assert [place.name for place in first] == ["Köthen", "Kassel"]
    assert len(asked) == 1
    places.homes(alliances, 92)
    assert len(asked) == 2


def test_an_alliance_that_covers_one_postal_code_is_at_home_there(places: Places) -> None:
    alliance = Alliance(id="goerlitz", name="Görlitz", covers=("02826",))
    assert [place.name for place in places.homes(lambda: [alliance], 93)] == ["Görlitz"]


@pytest.mark.parametrize(
    ("point", "name"), [((52.52, 13.40), "Berlin"), ((51.75, 11.97), "Köthen"), ((54.9, 8.31), "Westerland")]
)
def test_a_position_is_named_after_what_is_nearest(places: Places, point: tuple[float, float], name: str) -> None:
    place = places.nearest(*point)
    assert place.kind == "position"
    assert place.name.startswith(name)


def test_a_place_has_its_own_postal_code_or_the_nearest(places: Places) -> None:
    found = {name: places.resolve(name).place for name in ("06108", "Köthen", "München", "51.752,11.971")}
    codes = {name: places.code_of(place) for name, place in found.items() if place}
    assert codes["06108"] == "06108"
    assert codes["Köthen"] == codes["51.752,11.971"] == "06366"
    assert (codes["München"] or "")[:2] == "80"


def test_a_place_abroad_has_no_postal_code(places: Places) -> None:
    assert places.code_of(Place(name="Madrid", latitude=40.4, longitude=-3.7, kind="position")) is None
