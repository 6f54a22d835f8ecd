"""What the fields of an offering say together."""

import pytest


@pytest.mark.parametrize(
    "cost",
    ["0 €", "0,00 Euro", "0,00 €", "0.00 EUR", "€ 0", "0,- €", "0", "kostenlos", "Kostenfrei", "gratis", "Kostenlos!", "keine Kosten",
     "keine Gebühren", "gebührenfrei", "Eintritt frei", "Teilnahme kostenlos"],
)  # fmt: skip
def test_a_cost_that_says_nothing_but_none_is_free(make_offering, cost) -> None:
    assert make_offering(cost=cost).is_free is True


@pytest.mark.parametrize(
    "cost",
    ["ab 0 €", "10 €", "100 €", "0,50 €", "0 bis 20 €", "kostenlos für Geringverdiener, sonst 20 €", "kostenlos (gefördert)",
     "mit Bildungsgutschein kostenlos", "erste Stunde gratis", "nicht kostenlos", "kostenfrei mit Gutschein", "keine Angabe", "00 €", "-"],
)  # fmt: skip
def test_a_cost_with_a_condition_or_an_amount_is_not(make_offering, cost) -> None:
    assert make_offering(cost=cost).is_free is None


def test_what_is_stated_counts_more_than_the_words_of_the_cost(make_offering) -> None:
    assert make_offering(cost="kostenlos", free=False).is_free is False
    assert make_offering(cost="10 €", free=True).is_free is True
    assert make_offering().is_free is None
