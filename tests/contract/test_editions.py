"""Drafts beside what is published, in every database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from knowledge.errors import EditedMeanwhileError, UnknownRecordError
from knowledge.store import Editions, Store
from knowledge.values import Alliance, Offering

MakeOffering = Callable[..., Offering]


@pytest.fixture
def editions(engine: Engine, store: Store, koethen: Alliance) -> Editions:
    store.put([koethen], editor="anna")
    return Editions(engine)


def test_a_draft_is_seen_by_editors_alone_and_raises_no_generation(
    editions: Editions, store: Store, make_offering: MakeOffering
) -> None:
    before = store.generation()
    edition = editions.save(make_offering(), state="draft", editor="anna", read_version=0)
    assert (edition.state, edition.version, edition.public) == ("draft", 1, None)
    assert editions.all(["koethen"]) == [edition]
    assert editions.all(["elsewhere"]) == []
    assert store.offerings() == []
    assert store.offerings(["kita-sonne"]) == []
    assert store.digests() == {}
    assert store.generation() == before


def test_a_draft_of_a_published_offering_stands_beside_it_until_it_is_published(
    editions: Editions, store: Store, make_offering: MakeOffering
) -> None:
    store.put([make_offering()], editor="import")
    drafted = editions.save(make_offering(title="Kita Mond"), state="review", editor="anna", read_version=1)
    assert (drafted.offering.title, drafted.state, drafted.public) == ("Kita Mond", "review", make_offering())
    assert store.offering("kita-sonne") == make_offering()
    before = store.generation()
    published = editions.save(make_offering(title="Kita Mond"), state="published", editor="ben", read_version=2)
    assert (published.state, published.version) == ("published", 3)
    assert published.public == store.offering("kita-sonne") == make_offering(title="Kita Mond")
    assert store.generation() > before


def test_the_time_of_the_last_edit_is_that_of_what_parents_see(
    editions: Editions, store: Store, make_offering: MakeOffering
) -> None:
    store.put([make_offering()], editor="import")
    before = store.edited_at()
    editions.save(make_offering(title="Kita Mond"), state="draft", editor="anna", read_version=1)
    editions.save(make_offering("new"), state="review", editor="anna", read_version=0)
    assert store.edited_at() == before
    editions.save(make_offering(title="Kita Mond"), state="published", editor="anna", read_version=2)
    assert store.edited_at()["kita-sonne"] > before["kita-sonne"]


def test_nothing_is_overwritten_that_was_written_since(editions: Editions, make_offering: MakeOffering) -> None:
    editions.save(make_offering(), state="published", editor="anna", read_version=0)
    with pytest.raises(EditedMeanwhileError, match="version 1"):
        editions.save(make_offering(title="Zwei"), state="draft", editor="ben", read_version=0)
    found = editions.one("kita-sonne")
    assert found is not None
    assert found.offering == make_offering()


def test_of_editors_at_once_one_wins_and_the_others_are_told(editions: Editions, make_offering: MakeOffering) -> None:
    def edit(number: int) -> bool:
        try:
            editions.save(make_offering(title=f"Kita {number}"), state="draft", editor="anna", read_version=0)
        except EditedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(edit, range(4))) == [False, False, False, True]


def test_a_discarded_draft_leaves_what_is_published(editions: Editions, make_offering: MakeOffering) -> None:
    editions.save(make_offering(), state="published", editor="anna", read_version=0)
    editions.save(make_offering(title="Zwei"), state="draft", editor="ben", read_version=1)
    editions.discard("kita-sonne", editor="ben", read_version=2)
    found = editions.one("kita-sonne")
    assert found is not None
    assert (found.offering, found.state, found.version) == (make_offering(), "published", 3)
    with pytest.raises(UnknownRecordError):
        editions.discard("kita-sonne", editor="ben", read_version=3)


def test_an_import_over_a_draft_keeps_the_draft_and_the_line_of_versions(
    editions: Editions, store: Store, make_offering: MakeOffering
) -> None:
    editions.save(make_offering(title="Entwurf"), state="draft", editor="anna", read_version=0)
    store.put([make_offering()], editor="import")
    editions.save(make_offering(title="Entwurf 2"), state="draft", editor="anna", read_version=2)
    store.withdraw("kita-sonne", editor="import")
    assert [(r.version, r.state, r.editor) for r in editions.history("kita-sonne")] == [
        (1, "draft", "anna"),
        (2, "published", "import"),
        (3, "draft", "anna"),
        (4, "withdrawn", "import"),
    ]
    found = editions.one("kita-sonne")
    assert found is not None
    assert (found.offering.title, found.state, found.public) == ("Entwurf 2", "draft", None)


def test_a_withdrawn_offering_is_gone_for_parents_and_can_be_published_again(
    editions: Editions, store: Store, make_offering: MakeOffering
) -> None:
    editions.save(make_offering(), state="published", editor="anna", read_version=0)
    editions.save(make_offering(), state="withdrawn", editor="anna", read_version=1)
    assert store.offering("kita-sonne") is None
    editions.save(make_offering(), state="published", editor="anna", read_version=2)
    assert store.offering("kita-sonne") == make_offering()


def test_an_offering_of_an_unknown_alliance_is_refused(editions: Editions, make_offering: MakeOffering) -> None:
    with pytest.raises(UnknownRecordError, match="nowhere"):
        editions.save(make_offering(alliance="nowhere"), state="draft", editor="anna", read_version=0)
    assert editions.history("kita-sonne") == []
