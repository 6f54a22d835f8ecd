"""Confirming and withdrawing what is published, days of one's own, notes: in every database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine

from knowledge.errors import EditedMeanwhileError
from knowledge.store import Editions, Notes, Reviews, Store
from knowledge.store.reviews import BRIEF
from knowledge.values import Alliance, Offering

MakeOffering = Callable[..., Offering]
TODAY = date(2026, 11, 22)


@pytest.fixture
def reviews(engine: Engine, store: Store, koethen: Alliance, make_offering: MakeOffering) -> Reviews:
    store.put([koethen, Alliance(id="halle", name="Halle"), make_offering()], editor="import")
    store.put([make_offering("fremd", alliance="halle"), make_offering("weg")], editor="import")
    store.withdraw("weg", editor="anna")
    return Reviews(engine)


def test_what_is_published_is_read_for_ones_own_alliances(reviews: Reviews) -> None:
    assert sorted(one.id for one in reviews.published()) == ["fremd", "kita-sonne"]
    (one,) = reviews.published(["koethen"])
    assert (one.id, one.alliance, one.version, one.content["title"]) == ("kita-sonne", "koethen", 1, "Kita Sonne")
    assert reviews.published([]) == []
    whole = reviews.one("kita-sonne")
    assert whole
    assert (whole.version, whole.edited_at, whole.own) == (1, one.edited_at, None)
    assert set(whole.content) > set(one.content) == set(BRIEF)
    assert (reviews.one("weg"), reviews.one("none")) == (None, None)


def test_what_was_written_since_is_read_again(
    reviews: Reviews, store: Store, engine: Engine, make_offering: MakeOffering
) -> None:
    (before,) = reviews.published(["koethen"])
    assert reviews.published(["koethen"]) == [before]
    store.put([make_offering(title="Kita Mond"), make_offering("neu")], editor="import")
    after = {one.id: one for one in reviews.published(["koethen"])}
    assert {id_: (one.version, one.content["title"]) for id_, one in after.items()} == {
        "kita-sonne": (2, "Kita Mond"),
        "neu": (1, "Kita Sonne"),
    }
    assert after["kita-sonne"].edited_at > before.edited_at
    Editions(engine).save(make_offering("neu"), state="withdrawn", editor="anna", read_version=1)
    assert [one.id for one in reviews.published(["koethen"])] == ["kita-sonne"]


def test_a_day_of_ones_own_is_kept_until_it_is_given_back(reviews: Reviews) -> None:
    reviews.set_own("kita-sonne", TODAY)
    reviews.set_own("kita-sonne", date(2027, 1, 7))
    assert {one.id: one.own for one in reviews.published()} == {"kita-sonne": date(2027, 1, 7), "fremd": None}
    reviews.set_own("kita-sonne", None)
    assert [one.own for one in reviews.published()] == [None, None]


def test_confirming_writes_the_day_and_a_version(reviews: Reviews, store: Store) -> None:
    reviews.confirm("kita-sonne", on=TODAY, editor="anna@example.org", read_version=1)
    offering = store.offering("kita-sonne")
    assert offering
    assert offering.checked_on == TODAY
    assert [(r.version, r.state, r.editor) for r in store.revisions("offering", "kita-sonne")] == [
        (1, "published", "import"),
        (2, "published", "anna@example.org"),
    ]
    with pytest.raises(EditedMeanwhileError):
        reviews.confirm("kita-sonne", on=TODAY, editor="anna@example.org", read_version=1)
    with pytest.raises(EditedMeanwhileError):
        reviews.withdraw("weg", editor="anna@example.org", read_version=2)


def test_a_draft_beside_stays_a_draft_and_learns_of_the_day(
    reviews: Reviews, engine: Engine, store: Store, make_offering: MakeOffering
) -> None:
    editions = Editions(engine)
    editions.save(make_offering(title="Kita Mond"), state="draft", editor="helga", read_version=1)
    reviews.confirm("kita-sonne", on=TODAY, editor="anna", read_version=1)
    edition = editions.one("kita-sonne")
    assert edition
    assert edition.public
    assert (edition.state, edition.offering.title, edition.offering.checked_on) == ("draft", "Kita Mond", TODAY)
    assert (edition.public.title, edition.public.checked_on) == ("Kita Sonne", TODAY)
    assert edition.version == next(one.version for one in editions.all() if one.offering.id == "kita-sonne") == 3
    reviews.withdraw("kita-sonne", editor="anna", read_version=3)
    assert store.offering("kita-sonne") is None
    left = editions.one("kita-sonne")
    assert left
    assert (left.state, left.public) == ("draft", None)


def test_of_several_who_confirm_at_once_one_does(reviews: Reviews, store: Store) -> None:
    def confirm(number: int) -> bool:
        try:
            reviews.confirm("kita-sonne", on=TODAY, editor=f"editor {number}", read_version=1)
        except EditedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(confirm, range(6))) == 1
    assert len(store.revisions("offering", "kita-sonne")) == 2


def test_drafts_are_told_with_when_they_were_written(
    reviews: Reviews, engine: Engine, make_offering: MakeOffering
) -> None:
    editions = Editions(engine)
    editions.save(make_offering("neu", title="Neu"), state="review", editor="helga", read_version=0)
    editions.save(make_offering("fremd", alliance="halle"), state="draft", editor="ben", read_version=1)
    assert [(one.id, one.alliance, one.state) for one in reviews.drafts()] == [
        ("neu", "koethen", "review"),
        ("fremd", "halle", "draft"),
    ]
    (mine,) = reviews.drafts(["koethen"])
    assert (mine.title, mine.written_at) == ("Neu", editions.history("neu")[-1].edited_at)


def test_a_note_is_left_once_for_a_version_and_ticked_off(reviews: Reviews, engine: Engine) -> None:
    notes = Notes(engine)
    wrong = {"version": 1, "author": "anna@example.org"}
    assert notes.is_left("kita-sonne", **wrong) is False  # type: ignore[arg-type]
    assert notes.leave("kita-sonne", **wrong, text="Die Nummer ist neu.") is True  # type: ignore[arg-type]
    assert notes.leave("kita-sonne", **wrong, text="Noch einmal") is False  # type: ignore[arg-type]
    assert notes.leave("kita-sonne", version=1, author="ben@example.org", text="Stimmt") is True
    assert notes.leave("fremd", version=1, author="ben@example.org", text="Fremd") is True
    assert [one.text for one in notes.waiting()] == ["Die Nummer ist neu.", "Stimmt", "Fremd"]
    assert [one.text for one in notes.waiting(["koethen"])] == ["Die Nummer ist neu.", "Stimmt"]
    assert [one.text for one in notes.waiting(offering_id="fremd")] == ["Fremd"]
    first = notes.waiting()[0]
    notes.tick(first.id)
    assert [one.text for one in notes.waiting(["koethen"])] == ["Stimmt"]
    ticked = notes.one(first.id)
    assert ticked
    assert ticked.done_at
    assert notes.one(999) is None
    assert notes.is_left("kita-sonne", **wrong) is True  # type: ignore[arg-type]
