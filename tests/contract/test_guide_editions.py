"""Guides with their versions, in every database."""

from typing import Any

import pytest
from sqlalchemy import Engine

from knowledge.errors import EditedMeanwhileError, UnknownRecordError
from knowledge.store import GuideEditions, Store
from knowledge.values import Alliance, Guide


def guide(id_: str = "w", **fields: Any) -> Guide:
    return Guide(
        **{"id": id_, "alliance": "koethen", "language": "de", "title": "Wegweiser", "text": "Text.", **fields}
    )


@pytest.fixture
def guides(engine: Engine, store: Store, koethen: Alliance) -> GuideEditions:
    store.put([koethen], editor="anna")
    return GuideEditions(engine)


def test_a_guide_is_written_withdrawn_and_brought_back(guides: GuideEditions, store: Store) -> None:
    guides.save(guide(), editor="anna", read_version=0)
    assert store.guides() == [guide()]
    before = store.generation()
    guides.withdraw("w", editor="ben", read_version=1)
    assert store.guides() == []
    assert store.generation() > before
    found = guides.one("w")
    assert found
    assert (found.guide, found.version, found.public) == (guide(), 2, False)
    guides.save(guide(text="Neu."), editor="anna", read_version=2)
    assert store.guides() == [guide(text="Neu.")]
    assert [(r.version, r.state, r.editor) for r in guides.history("w")] == [
        (1, "published", "anna"), (2, "withdrawn", "ben"), (3, "published", "anna"),
    ]  # fmt: skip


def test_nothing_is_overwritten_that_was_written_since(guides: GuideEditions, store: Store) -> None:
    guides.save(guide(), editor="anna", read_version=0)
    store.put([guide(text="Import.")], editor="import")
    with pytest.raises(EditedMeanwhileError):
        guides.save(guide(text="Meins."), editor="anna", read_version=1)
    with pytest.raises(EditedMeanwhileError):
        guides.withdraw("w", editor="anna", read_version=1)
    assert store.guides() == [guide(text="Import.")]


def test_each_sees_its_own_and_the_office_those_that_hold_everywhere(guides: GuideEditions, store: Store) -> None:
    store.put([guide("a"), guide("b", alliance=None)], editor="import")
    guides.withdraw("a", editor="anna", read_version=1)
    assert [(one.guide.id, one.public) for one in guides.all()] == [("a", False), ("b", True)]
    assert [one.guide.id for one in guides.all(["koethen"])] == ["a"]
    assert guides.all([]) == []
    assert guides.one("none") is None


def test_an_import_of_a_withdrawn_guide_brings_it_back(guides: GuideEditions, store: Store) -> None:
    guides.save(guide(), editor="anna", read_version=0)
    guides.withdraw("w", editor="anna", read_version=1)
    store.put([guide()], editor="import")
    found = guides.one("w")
    assert found
    assert (found.version, found.public) == (3, True)


def test_unknown_alliances_and_guides_are_refused(guides: GuideEditions) -> None:
    with pytest.raises(UnknownRecordError, match="nowhere"):
        guides.save(guide(alliance="nowhere"), editor="anna", read_version=0)
    with pytest.raises(UnknownRecordError):
        guides.withdraw("w", editor="anna", read_version=0)
