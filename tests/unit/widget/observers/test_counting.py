"""What is counted of a turn, for which alliance, and that nothing counted is lost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

import widget.app
from knowledge import Alliance, Figure, Place, read_settings
from widget.conversation.observing import Turn
from widget.observers.counting import TIMES, Counting
from widget.rounds import Round, once
from widget.settings import WebSettings

HALLE = Place(name="Halle (Saale)", latitude=51.48, longitude=11.97, kind="town")
MUENCHEN = Place(name="München", latitude=48.137, longitude=11.575, kind="town")
DAY = date(2026, 11, 16)
FIRST = Turn(conversation="c1", is_first=True, language="tr", by="rasa")
SEARCH = Turn(
    conversation="c1", is_first=False, language="tr", by="rasa", searched=True, answered=True, place=HALLE,
    needs={"daycare.creche": 0.4, "daycare.kindergarten": 0.2, "unrelated": 0.3}, offerings=("kita", "hort", "kita"),
)  # fmt: skip


class FewPlaces:
    """Knows where three postal codes are."""

    _codes: Mapping[str, Place] = {
        code: Place(name=code, latitude=latitude, longitude=longitude, kind="postal_code", postal_code=code)
        for code, latitude, longitude in (("06366", 51.75, 11.97), ("06108", 51.48, 11.97), ("80331", 48.14, 11.57))
    }

    def homes(self, alliances: Callable[[], Iterable[Alliance]], generation: int) -> tuple[Place, ...]:
        self._homes = {one.id: self._codes[one.postal_code] for one in alliances() if one.postal_code in self._codes}
        return tuple(self._homes.values())

    def home_of(self, alliance_id: str) -> Place | None:
        return self._homes.get(alliance_id)

    def code_of(self, place: Place) -> str | None:
        near = [one for one in self._codes.values() if abs(one.latitude - place.latitude) < 0.1]
        return near[0].postal_code if near else None


@dataclass
class KeptFigures:
    """Keeps counters in memory; while it is full, it takes nothing."""

    full: bool = False
    kept: dict[Figure, int] = field(default_factory=dict)

    def add(self, counts: Mapping[Figure, int]) -> None:
        if self.full:
            raise OSError("disk full")
        for one, times in counts.items():
            self.kept[one] = self.kept.get(one, 0) + times


@dataclass
class Begun:
    """The rounds that were begun, by name."""

    rounds: dict[str, Round] = field(default_factory=dict)

    def __call__(self, rounds: Iterable[Round]) -> None:
        self.rounds |= {one.name: one for one in rounds}


@pytest.fixture
def figures() -> KeptFigures:
    return KeptFigures()


@pytest.fixture
def counting(figures: KeptFigures, tmp_path: Path) -> Counting:
    alliances = [
        Alliance(id="koethen", name="Köthen", postal_code="06366", covers=("063",)),
        Alliance(id="nowhere", name="Nowhere", postal_code="99999"),
    ]
    knowledge: Any = SimpleNamespace(
        figures=figures,
        places=FewPlaces(),
        store=SimpleNamespace(alliances=lambda: alliances, generation=lambda: 1),
        settings=read_settings({"LOTSE_DATA_DIR": str(tmp_path)}),
    )
    return Counting(knowledge, now=lambda: datetime(2026, 11, 16, 20, 59))


def counted(counting: Counting, figures: KeptFigures, *turns: Turn) -> dict[tuple[str, str], int]:
    for turn in turns:
        counting(turn)
    counting.write()
    return {(one.kind, one.value): times for one, times in figures.kept.items()}


def test_a_conversation_is_counted_once_with_language_channel_time_and_weekday(
    counting: Counting, figures: KeptFigures
) -> None:
    assert counted(counting, figures, FIRST, replace(FIRST, is_first=False)) == {
        ("conversation", ""): 1, ("language", "tr"): 1, ("channel", "web"): 1, ("time", "18-21"): 1, ("weekday", "0"): 1,
    }  # fmt: skip
    assert {one.day for one in figures.kept} == {DAY}


def test_every_hour_belongs_to_one_part_of_the_day(counting: Counting, figures: KeptFigures) -> None:
    for hour in range(24):
        counting.now = lambda at=datetime(2026, 11, 16, hour): at
        counting(FIRST)
    counting.write()
    times = {one.value: times for one, times in figures.kept.items() if one.kind == "time"}
    assert times == dict(zip(TIMES, (6, 3, 3, 3, 3, 3, 3), strict=True))


def test_a_search_is_counted_with_need_and_region_and_each_offering_once(
    counting: Counting, figures: KeptFigures
) -> None:
    assert counted(counting, figures, SEARCH) == {
        ("search", "answered"): 1, ("need", "daycare"): 1, ("region", "06"): 1, ("offering", "kita"): 1, ("offering", "hort"): 1,
    }  # fmt: skip


def test_a_search_for_nobody_knows_what_or_where_has_no_need_and_no_region(
    counting: Counting, figures: KeptFigures
) -> None:
    unclear = replace(SEARCH, needs={"unrelated": 0.8, "leisure": 0.2}, place=None, answered=None, offerings=())
    unsure = replace(unclear, needs={"leisure": 0.2, "daycare": 0.1})
    assert counted(counting, figures, unclear, unsure, replace(unclear, needs={})) == {("search", "unanswered"): 3}


def test_a_search_of_the_open_data_counts_as_a_search_but_shows_nothing_to_parents(
    counting: Counting, figures: KeptFigures
) -> None:
    api = replace(SEARCH, conversation=None, channel="api", by="api")
    assert counted(counting, figures, api) == {("search", "answered"): 1, ("need", "daycare"): 1, ("region", "06"): 1}


@pytest.mark.parametrize(
    ("page", "place", "whose"),
    [
        ("nowhere", HALLE, "nowhere"),  # the page's
        ("invented", None, None),  # there is none of that name
        ("invented", HALLE, "koethen"),
        (None, replace(HALLE, latitude=51.75), "koethen"),  # its area
        (None, HALLE, "koethen"),  # the nearest
        (None, MUENCHEN, None),  # too far away from all
        (None, None, None),
    ],
)
def test_a_turn_counts_for_the_alliance_of_its_page_else_for_that_of_its_place(
    page: str | None, place: Place | None, whose: str | None, counting: Counting, figures: KeptFigures
) -> None:
    counted(counting, figures, replace(SEARCH, alliance=page, place=place))
    assert {one.alliance for one in figures.kept} == {whose}


def test_what_cannot_be_written_waits_and_is_counted_once(counting: Counting, figures: KeptFigures) -> None:
    figures.full = True
    counting(FIRST)
    with pytest.raises(OSError, match="full"):
        counting.write()
    counting(replace(FIRST, language="de"))
    figures.full = False
    counting.write()
    counting.write()
    assert {one.value: times for one, times in figures.kept.items() if one.kind == "language"} == {"tr": 1, "de": 1}


def test_a_turn_with_nothing_to_count_writes_nothing(counting: Counting, figures: KeptFigures) -> None:
    assert counted(counting, figures, replace(FIRST, is_first=False, by="crisis")) == {}


def test_the_server_counts_what_its_gateway_tells(
    app: Flask, figures: KeptFigures, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gateway = Begun(), replace(app.extensions["gateway"], knowledge=counting.knowledge)
    monkeypatch.setattr(widget.app, "open_gateway", lambda settings: gateway)
    monkeypatch.setattr(widget.app, "_prepare", lambda knowledge: None)
    monkeypatch.setattr(widget.app, "begin_rounds", begun)
    widget.app.create_app(settings=WebSettings()).extensions["gateway"].tell(FIRST)
    assert once(begun.rounds["count"])
    assert {one.kind for one in figures.kept} == {"conversation", "language", "channel", "time", "weekday"}
