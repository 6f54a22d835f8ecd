from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexMissingError
from knowledge.index import Library, Makers, Snapshot, build_index
from knowledge.index.snapshot import current_folder
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Offering
from tests.fakes import ThreeTowns, WordEncoder, small_classifier

Build = Callable[..., Snapshot]


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def build(tmp_path: Path, store: Store, koethen: Alliance, encoder: WordEncoder, taxonomy: Taxonomy) -> Build:
    store.put([koethen], editor="test")
    makers = Makers(encoder=encoder, classifier=small_classifier(encoder), taxonomy=taxonomy, places=ThreeTowns())  # type: ignore[arg-type]
    return lambda **how: build_index(tmp_path / "index", store=store, makers=makers, **how)


def test_only_changed_texts_are_embedded_again(
    store: Store, build: Build, encoder: WordEncoder, make_offering: Callable[..., Offering]
) -> None:
    store.put([make_offering("a", title="Kita A"), make_offering("b", title="Kita B")], editor="test")
    before = build()
    encoder.encoded.clear()
    store.put([make_offering("a", title="Kita Neu"), make_offering("c", title="Kita C")], editor="test")
    after = build()
    assert sorted(encoder.encoded) == ["Kita C. ", "Kita Neu. "]
    assert after.ids == ("a", "b", "c")
    of_b = [snapshot.vectors.vectors(snapshot.passages(np.array([1]))[0]) for snapshot in (before, after)]
    assert np.array_equal(*of_b)


def test_what_is_taken_over_is_what_a_fresh_build_makes(store: Store, build: Build, make_offering) -> None:
    names = [f"Krabbelgruppe {letter}" for letter in "fbdace"]
    store.put([make_offering(name[-1], title=name, languages=["de"]) for name in names], editor="test")
    build()
    store.put(
        [
            make_offering(
                "d", title="Sprachcafé", languages=["uk", "de"], age_min=3, translations={"uk": {"title": "Кафе"}}
            ),
            make_offering("bb", title="Neue Krabbelgruppe", languages=["tr"], city="Köthen"),
        ],
        editor="test",
    )
    store.withdraw("e", editor="test")
    changed, fresh = build(), build(afresh=True)
    assert changed.ids == fresh.ids == ("a", "b", "bb", "c", "d", "f")
    assert list(changed.contents) == list(fresh.contents)
    for language in ("de", "tr", "uk"):
        speaking = [snapshot.columns.languages[:, snapshot.languages.index(language)] for snapshot in (changed, fresh)]
        assert np.array_equal(*speaking)
    for name in ("latitude", "age_min", "categories", "alliance"):
        assert np.array_equal(getattr(changed.columns, name), getattr(fresh.columns, name), equal_nan=True), name
    assert np.array_equal(changed.need_roots.toarray(), fresh.need_roots.toarray())
    assert changed.need_roots.nnz > 0
    for question in ("krabbelgruppe", "neue", "кафе", "sprachcafe"):
        assert np.allclose(changed.text.scores(question), fresh.text.scores(question)), question
    assert changed.vectors.digests == fresh.vectors.digests
    assert list(changed.passage_starts) == list(fresh.passage_starts) == [0, 1, 2, 3, 4, 6, 7]


def test_another_model_takes_nothing_over(store: Store, build: Build, encoder: WordEncoder, make_offering) -> None:
    store.put([make_offering("a", title="Kita A")], editor="test")
    before = build()
    encoder.id = "another"
    encoder.encoded.clear()
    assert build().made_with != before.made_with
    assert encoder.encoded == ["Kita A. "]


def test_a_snapshot_reads_back_as_it_was_built(store: Store, build: Build, tmp_path: Path, make_offering) -> None:
    offering = make_offering("a", city="Köthen", age_min=3, free=True, translations={"tr": {"title": "Kreş"}})
    store.put([offering], editor="test")
    built = build()
    read = Snapshot.load(current_folder(tmp_path / "index"))
    assert read.ids == built.ids == ("a",)
    assert list(read.passage_starts) == [0, 2]
    assert np.array_equal(read.need_roots.toarray(), built.need_roots.toarray())
    assert read.columns.age_min[0] == 3.0
    assert np.isnan(read.columns.age_max[0])
    assert read.columns.free[0] == 1
    assert read.columns.latitude[0] == pytest.approx(51.752)
    assert read.generation == store.generation()


def test_readers_go_on_with_the_old_snapshot_and_see_the_new_one_after_the_switch(
    store: Store, build: Build, tmp_path: Path, make_offering
) -> None:
    build()
    library = Library(tmp_path / "index")
    old = library.snapshot()
    store.put([make_offering("a")], editor="test")
    assert library.snapshot() is old
    build()
    assert library.snapshot().ids == ("a",)
    assert old.ids == ()


@pytest.mark.parametrize("name", ["vectors.faiss", "columns.npz", "meta.json"])
@pytest.mark.parametrize("damage", ["missing", "cut off", "foreign"])
def test_a_damaged_index_is_said_to_be_so_and_is_built_again(
    store: Store, build: Build, tmp_path: Path, make_offering, name: str, damage: str
) -> None:
    store.put([make_offering("a")], editor="test")
    build()
    path = current_folder(tmp_path / "index") / name
    if damage == "missing":
        path.unlink()
    elif damage == "cut off":
        path.write_bytes(path.read_bytes()[:-40])
    else:
        path.write_bytes(b"something else entirely, and long enough to be read as a header of some file")
    with pytest.raises(IndexMissingError):
        Snapshot.load(current_folder(tmp_path / "index"))
    assert build().ids == ("a",)
    assert Library(tmp_path / "index").snapshot().ids == ("a",)


def test_old_snapshots_are_removed(store: Store, build: Build, tmp_path: Path) -> None:
    for _ in range(4):
        build()
    assert len([p for p in (tmp_path / "index").iterdir() if p.is_dir()]) == 2


def test_passages_come_offering_by_offering_in_the_order_asked(store: Store, build: Build, make_offering) -> None:
    translated = {"tr": {"title": "Kreş"}, "uk": {"title": "Садок"}}
    store.put([make_offering("a"), make_offering("b", translations=translated), make_offering("c")], editor="test")
    passages, counts = build().passages(np.array([2, 1]))
    assert (list(passages), list(counts)) == ([4, 1, 2, 3], [1, 3])


def test_categories_are_judged_once_a_combination(store: Store, build: Build, make_offering) -> None:
    both = ("daycare", "leisure")
    given = {"a": both, "b": ("fathers",), "c": both, "d": ("daycare",)}
    store.put([make_offering(id_, categories=categories) for id_, categories in given.items()], editor="test")
    judged = []
    found = build().by_categories(lambda each: judged.append(len(each)) or each.sum(axis=1), np.array([3, 2, 1]))
    assert (list(found), judged) == ([1, 2, 1], [3])
