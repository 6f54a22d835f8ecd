"""The round that looks at web addresses, with a stand-in for asking."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.web_addresses.asking import Found
from console.web_addresses.looking import look_at_links
from knowledge import Alliance, Offering, open_knowledge, read_settings
from knowledge.values import Guide

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_each_address_of_what_is_published_is_asked_once_a_week(
    tmp_path: Path, koethen: Alliance, make_offering: Callable[..., Offering]
) -> None:
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path)}))
    same, guide = "https://kita.example.org/", "https://guide.example.org/"
    knowledge.store.put(
        [
            koethen, make_offering("a", url=same), make_offering("b", url=same), make_offering("c"),
            make_offering("d", url="https://gone.example.org/"), Guide(id="g", language="de", title="W", url=guide, text="T"),
        ],
        editor="import",
    )  # fmt: skip
    knowledge.store.withdraw("d", editor="anna")
    asked: list[str] = []

    def ask(url: str) -> Found:
        asked.append(url)
        return Found(result="broken") if url == same else Found(result="moved", moved_to="https://new.example.org/")

    for days in (0, 0.5, 1, 2, 3, 7):
        look_at_links(knowledge, ask, now=lambda days=days: NOW + timedelta(days=days))  # type: ignore[misc]
    assert [asked.count(same), asked.count(guide), len(asked)] == [3, 2, 5]
    assert list(knowledge.link_checks.broken()) == [same]
    moved = knowledge.link_checks.of(guide)
    assert moved
    assert moved.moved_to == "https://new.example.org/"
