"""Names that several places have, and what makes one of them the one that is meant."""

import pytest

from knowledge.places import Places
from knowledge.places.table import outweighs
from knowledge.values import Alliance, Place
from tests.unit.knowledge.places.test_sentences import shown


def test_a_name_that_everybody_gives_to_one_place_is_that_place(places: Places) -> None:
    assert shown(places.read("Kita in Hamburg", language="de")) == "Hamburg"
    assert shown(places.read("Kita in Freiburg", language="de")) == "Freiburg im Breisgau"


def test_frankfurt_halle_and_neustadt_are_asked_back(places: Places) -> None:
    assert shown(places.read("Kita in Frankfurt", language="de")) == "Frankfurt am Main, Frankfurt (Oder)"
    halle = places.read("Kita in Halle", language="de").options
    assert len(halle) == 5
    assert halle[0].name == "Halle (Saale)"
    assert shown(places.read("Kita in Neustadt", language="de")).startswith(
        "Neustadt an der Weinstraße, Neustadt am Rübenberge, "
    )


def test_near_home_an_ambiguous_name_means_the_place_there(places: Places, halle_at_home: tuple[Place, ...]) -> None:
    assert shown(places.read("Kita in Halle", language="de", home=halle_at_home)) == "Halle (Saale)"
    oder = places.resolve("15230").place
    assert oder is not None
    assert shown(places.read("Kita in Frankfurt", language="de", home=(oder,))) == "Frankfurt (Oder)"


def test_a_home_town_needs_no_cue_and_no_capital(places: Places) -> None:
    home = places.homes(lambda: [Alliance(id="zerbst", name="Zerbst", city="Zerbst/Anhalt", postal_code="39261")], 71)
    assert shown(places.read("krabbelgruppe zerbst vormittags", language="de", home=home)) == "Zerbst"
    assert shown(places.read("krabbelgruppe zerbst vormittags", language="de")) == "Zerbst"
    assert shown(places.read("Wo treffen sich die zerbst Eltern", language="de")) == "-"
    assert shown(places.read("Wo treffen sich die zerbst Eltern", language="de", home=home)) == "Zerbst"


def test_a_misspelt_home_town_needs_no_cue(places: Places) -> None:
    home = (places.resolve("Görlitz").place,)
    assert home[0] is not None
    assert shown(places.read("Krippe Görliz ganztags", language="de")) == "-"
    assert shown(places.read("Krippe Görliz ganztags", language="de", home=home)) == "~Görlitz"  # type: ignore[arg-type]


def test_a_word_that_is_also_the_home_town_stays_a_word(places: Places) -> None:
    home = (places.resolve("Essen").place,)
    assert home[0] is not None
    assert shown(places.read("Mein Sohn mag kein Essen", language="de", home=home)) == "-"  # type: ignore[arg-type]
    assert shown(places.read("Krippe Essen", language="de", home=home)) == "Essen"  # type: ignore[arg-type]


def test_a_well_known_town_in_a_short_question_needs_no_cue(places: Places) -> None:
    assert shown(places.read("Krabbelgruppe Ulm", language="de")) == "Ulm"
    assert shown(places.read("krippe leipzig ganztags", language="de")) == "Leipzig"
    assert shown(places.read("Kita Weil", language="de")) == "-"


def test_exact_names_are_never_corrected(places: Places) -> None:
    assert shown(places.read("Kita in Freiberg", language="de")) == "Freiberg (Sachsen), Freiberg am Neckar"
    assert shown(places.read("Kita in Haale", language="de")) == "Haale"


def test_where_somebody_lives_counts_more_than_where_somebody_comes_from(places: Places) -> None:
    text = "Wir kommen aus Kassel, wohnen jetzt aber in Görlitz und suchen einen Hort."
    assert shown(places.read(text, language="de")) == "Görlitz"
    assert shown(places.read("Umzug von Leipzig nach Görlitz, wer hilft?", language="de")) == "Görlitz"


def test_places_of_the_past_and_of_others_are_not_where_something_is_looked_for(places: Places) -> None:
    assert shown(places.read("In Leipzig hatten wir einen Hort, hier nicht.", language="de")) == "-"
    assert shown(places.read("Meine Schwester in Köln hat eine Leihoma.", language="de")) == "-"
    assert shown(places.read("Ich suche für meine Schwester in Köln eine Leihoma.", language="de")) == "Köln"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1_505_005, 2_000, True),
        (650_000, 57_107, False),
        (237_865, 21_393, False),
        (49_239, 1_284, True),
        (12_000, 100, False),
    ],
)
def test_one_place_of_a_name_outweighs_another(first: int, second: int, expected: bool) -> None:
    assert outweighs(first, second) is expected
