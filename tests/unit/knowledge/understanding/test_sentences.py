"""What parents write, in ten languages, and what must be understood: sentences/<language>.yml. Asked on 22 November 2026."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.understanding import Reader, read_ages, read_wishes
from knowledge.values import LANGUAGES, Place, PlaceReading

SUNDAY = date(2026, 11, 22)
_SENTENCES = {
    language: yaml.safe_load((Path(__file__).parent / "sentences" / f"{language}.yml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}


class NoPlaces:
    """Places that know none."""

    def read(
        self, text: str, *, language: str, home: Sequence[Place] = (), place_expected: bool = False
    ) -> PlaceReading:
        return PlaceReading()


class OneNeed:
    """A classifier that takes every message for the same need."""

    def needs(self, text: str) -> dict[str, float]:
        return {"daycare.creche": 1.0}


READER = Reader(OneNeed(), NoPlaces())  # type: ignore[arg-type]  # stand-ins for the two that it is wired with


def sentences(key: str) -> list[Any]:
    """Return (language, text, what is right) of all languages; None stands for what is right in a list."""
    found = []
    for language, groups in _SENTENCES.items():
        entries = groups[key]
        pairs = entries.items() if isinstance(entries, dict) else [(text, None) for text in entries]
        found += [pytest.param(language, str(text), right, id=f"{language}-{text}") for text, right in pairs]
    return found


@pytest.mark.parametrize(("language", "text", "ages"), sentences("ages"))
def test_children_and_only_children_have_their_ages_understood(language: str, text: str, ages: list[float]) -> None:
    assert read_ages(text, language).years == tuple(ages)


@pytest.mark.parametrize(("language", "text", "ages"), sentences("expected"))
def test_a_bare_number_is_an_age_where_the_age_was_asked_for(language: str, text: str, ages: list[float]) -> None:
    assert read_ages(text, language, expected=True).years == tuple(ages)


@pytest.mark.parametrize(("language", "text", "wished"), sentences("language"))
def test_a_service_language_is_wished_where_it_is_to_be_spoken_not_taught(
    language: str, text: str, wished: str | None
) -> None:
    assert read_wishes(text, language, today=SUNDAY).service_language == wished


@pytest.mark.parametrize(("language", "text", "_"), sentences("free"))
def test_free_of_charge_is_understood(language: str, text: str, _: None) -> None:
    assert read_wishes(text, language, today=SUNDAY).free is True


@pytest.mark.parametrize(("language", "text", "_"), sentences("not_free"))
def test_a_free_place_costs_as_much_as_another(language: str, text: str, _: None) -> None:
    assert read_wishes(text, language, today=SUNDAY).free is None


@pytest.mark.parametrize(("language", "text", "online"), sentences("online"))
def test_online_and_in_person_are_told_apart(language: str, text: str, online: bool | None) -> None:
    assert read_wishes(text, language, today=SUNDAY).online is online


@pytest.mark.parametrize(("language", "text", "span"), sentences("days"))
def test_days_are_understood_from_the_day_of_asking(language: str, text: str, span: list[date] | None) -> None:
    wishes = read_wishes(text, language, today=SUNDAY)
    assert (wishes.on, wishes.until) == (tuple(span) if span else (None, None))


@pytest.mark.parametrize(("language", "text", "_"), sentences("weekend"))
def test_weekends_in_general_are_noted_without_a_day(language: str, text: str, _: None) -> None:
    wishes = read_wishes(text, language, today=SUNDAY)
    assert (wishes.weekend, wishes.on) == (True, None)


@pytest.mark.parametrize(("language", "text", "categories"), sentences("without"))
def test_only_what_another_need_is_set_against_is_excluded(language: str, text: str, categories: list[str]) -> None:
    assert READER.read(text, language=language, today=SUNDAY).without == tuple(categories)


@pytest.mark.parametrize(("language", "text", "_"), sentences("empty"))
def test_a_message_that_tells_only_place_age_or_wish_asks_for_nothing(language: str, text: str, _: None) -> None:
    understood = READER.read(text, language=language, today=SUNDAY)
    # The fake knows no places, so a name that a place would take away stays.
    assert [word for word in understood.residue if "leipzig" not in word] == []


@pytest.mark.parametrize(("language", "text", "_"), sentences("full"))
def test_a_message_with_a_need_is_classified(language: str, text: str, _: None) -> None:
    understood = READER.read(text, language=language, today=SUNDAY)
    assert understood.residue != ()
    assert understood.needs == {"daycare.creche": 1.0}
