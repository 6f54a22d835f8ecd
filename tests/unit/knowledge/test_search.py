from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.cards import card
from knowledge.index import Library, Makers, build_index
from knowledge.ranking import Weights
from knowledge.search import Search
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.understanding import Reader
from knowledge.values import Alliance, Answer, Offering, Query
from tests.fakes import ThreeTowns, WordEncoder, small_classifier

TODAY = date(2026, 11, 22)
Ask = Callable[..., Answer]


class GermanOnly:
    def identify(self, text: str, *, default: str) -> str:
        return default


@pytest.fixture
def ask(tmp_path: Path, store: Store, koethen: Alliance, taxonomy: Taxonomy) -> Callable[[list[Offering]], Ask]:
    encoder = WordEncoder()
    classifier, places = small_classifier(encoder), ThreeTowns()

    def over(offerings: list[Offering]) -> Ask:
        store.put([koethen, *offerings], editor="test")
        build_index(
            tmp_path / "index",
            store=store,
            makers=Makers(encoder=encoder, classifier=classifier, taxonomy=taxonomy, places=places),  # type: ignore[arg-type]
        )
        search = Search(
            store=store,
            library=Library(tmp_path / "index"),
            reader=Reader(classifier, places),  # type: ignore[arg-type]
            encoder=encoder,
            identifier=GermanOnly(),  # type: ignore[arg-type]
            weights=Weights(),
            radius_km=25.0,
            today=TODAY,
        )
        return lambda text, **fields: search(Query(text=text, **fields))

    return over


def _ids(answer: Answer) -> list[str]:
    return [match.offering.id for match in answer.matches]


def test_the_offering_of_the_need_near_the_place_comes_first(ask, make_offering) -> None:
    answer = ask(
        [
            make_offering("kita", city="Köthen"),
            make_offering("kurs", title="Deutschkurs", categories=("language_course",), city="Köthen"),
            make_offering("fern", title="Kita Isar", city="München"),
        ]
    )("Kita in Köthen")
    assert _ids(answer)[0] == "kita"
    assert "fern" not in _ids(answer)
    assert answer.place.name == "Köthen (Anhalt)"
    assert not answer.no_good_answer


def test_ended_offerings_are_never_shown(ask, make_offering) -> None:
    offerings = [
        make_offering(
            "vorbei", title="Ferienbetreuung Herbst", categories=("holiday_care",), valid_to=date(2026, 11, 21)
        ),
        make_offering("heute", title="Ferienbetreuung Rest", categories=("holiday_care",), valid_to=TODAY),
    ]
    assert _ids(ask(offerings)("Ferienbetreuung")) == ["heute"]


def test_an_offering_for_another_age_comes_last_and_says_so(ask, make_offering) -> None:
    answer = ask([make_offering("gross", age_min=3, age_max=6), make_offering("klein", age_min=0.5, age_max=3)])(
        "Kita für mein Kind, 1 Jahr alt"
    )
    assert _ids(answer) == ["klein", "gross"]
    assert [r.code for r in answer.matches[0].reasons] == ["age_fits"]
    assert [r.code for r in answer.matches[1].reasons if not r.meets] == ["age_other"]


def test_a_range_of_three_to_six_takes_a_child_of_six_and_a_half(ask, make_offering) -> None:
    answer = ask([make_offering("kita", age_min=3, age_max=6)])("Kita", ages=(6.5,))
    assert not answer.no_good_answer


def test_a_wished_service_language_lifts_and_is_named(ask, make_offering) -> None:
    answer = ask(
        [make_offering("nur-deutsch", languages=("de",)), make_offering("auch-tuerkisch", languages=("de", "tr"))]
    )("Kita", service_language="tr")
    assert _ids(answer) == ["auch-tuerkisch", "nur-deutsch"]
    assert [(r.code, r.meets) for r in answer.matches[0].reasons] == [("speaks", True)]
    assert [(r.code, r.meets) for r in answer.matches[1].reasons] == [("speaks_not", False)]


def test_free_of_charge_is_preferred_and_costs_are_named_word_for_word(ask, make_offering) -> None:
    answer = ask([make_offering("teuer", free=False, cost="20 € je Woche"), make_offering("gratis", free=True)])(
        "Kita", free=True
    )
    assert _ids(answer) == ["gratis", "teuer"]
    assert [r.values for r in answer.matches[1].reasons if r.code == "costs"] == [{"cost": "20 € je Woche"}]


def test_a_cost_of_nothing_counts_as_free_in_order_reasons_and_card(ask, make_offering, taxonomy) -> None:
    unclear = make_offering("unklar", cost="nach Einkommen")
    answer = ask([unclear, make_offering("gratis", cost="0,00 Euro")])("Kita", free=True)
    assert _ids(answer) == ["gratis", "unklar"]
    assert [[r.code for r in match.reasons] for match in answer.matches] == [["free"], ["cost_unknown"]]
    free = [card(match, language="de", taxonomy=taxonomy)["free"] for match in answer.matches]
    assert free == [True, None]


def test_when_little_is_near_the_radius_is_widened_and_the_distance_named(ask, make_offering) -> None:
    answer = ask([make_offering("merseburg", city="Merseburg")])("Kita in Köthen")
    assert _ids(answer) == ["merseburg"]
    assert answer.matches[0].distance_km == pytest.approx(44.2, abs=0.5)
    assert [(r.code, r.meets) for r in answer.matches[0].reasons] == [("far", False)]


def test_services_for_employers_are_not_for_parents(ask, make_offering) -> None:
    offerings = [
        make_offering("firma", title="Kita-Plätze für Ihre Belegschaft", categories=("employer_services",)),
        make_offering("kita"),
    ]
    assert _ids(ask(offerings)("Kita"))[0] == "kita"
    assert _ids(ask(offerings)("Angebote für Arbeitgeber"))[0] == "firma"


def test_what_is_no_family_matter_is_declined(ask, make_offering) -> None:
    assert ask([make_offering("kita")])("Auto reparieren").no_good_answer


def test_a_need_that_nobody_near_meets_is_declined(ask, make_offering) -> None:
    offerings = [make_offering("kurs", title="Deutschkurs", categories=("language_course",), city="Köthen")]
    assert ask(offerings)("Kita in Köthen").no_good_answer


def test_nothing_at_all_is_an_empty_answer(ask) -> None:
    answer = ask([])("Kita in Köthen")
    assert answer.matches == ()
    assert answer.no_good_answer


def test_pages_do_not_overlap(ask, make_offering) -> None:
    question = ask([make_offering(f"k{i}", title=f"Kita Nummer {i}") for i in range(7)])
    first, second = question("Kita", limit=4), question("Kita", limit=4, offset=4)
    assert len(first.matches) == 4
    assert len(second.matches) == 3
    assert set(_ids(first)) & set(_ids(second)) == set()
    assert first.total == second.total == 7
