"""The index with one edit tried in memory gives what the index would give after the edit."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.index import Makers, Snapshot, build_index, with_edit
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Offering, Translation
from tests.fakes import ThreeTowns, WordEncoder, small_classifier

QUESTION = "Kindergarten mit Abendbetreuung"


@pytest.fixture
def makers(taxonomy: Taxonomy) -> Makers:
    encoder = WordEncoder()
    return Makers(encoder=encoder, classifier=small_classifier(encoder), taxonomy=taxonomy, places=ThreeTowns())  # type: ignore[arg-type]


@pytest.fixture
def build(store: Store, makers: Makers, tmp_path: Path, koethen: Alliance) -> Callable[[list[Offering]], Snapshot]:
    def built(offerings: list[Offering]) -> Snapshot:
        store.put([koethen, *offerings], editor="test")
        return build_index(tmp_path / "index", store=store, makers=makers)

    return built


def _says(snapshot: Snapshot, makers: Makers) -> dict[str, list[float]]:
    """Return what each offering's row gives to one question."""
    rows = np.arange(len(snapshot.ids))
    passages, counts = snapshot.passages(rows)
    close = snapshot.vectors.similarities(makers.encoder.encode_queries([QUESTION])[0], passages)
    meaning = np.maximum.reduceat(close, np.cumsum(counts) - counts)
    signals = (
        meaning,
        snapshot.text.scores(QUESTION, rows),
        snapshot.columns.latitude,
        snapshot.columns.languages.sum(axis=1),
    )
    return {id_: [round(float(signal[row]), 5) for signal in signals] for row, id_ in enumerate(snapshot.ids)}


def _offerings(make: Callable[..., Offering]) -> list[Offering]:
    return [
        make("a", title="Kita Sonne", city="Köthen", languages=("de",)),
        make("b", title="Hort am Park", city="Merseburg", translations={"tr": Translation(title="Park")}),
        make("c", title="Deutschkurs", categories=("language_course",), city="München"),
    ]


def test_an_edit_tried_is_as_the_edit_built(build, makers, make_offering) -> None:
    before = build(_offerings(make_offering))
    edited = make_offering("b", title="Kindergarten bis abends", city="Köthen", languages=("de", "uk"))
    tried = with_edit(before, "b", edited, makers)
    assert _says(tried, makers) == _says(build([edited]), makers)
    assert _says(tried, makers) != _says(before, makers)


def test_a_new_offering_tried_stands_where_it_will_be(build, makers, make_offering) -> None:
    before = build(_offerings(make_offering))
    new = make_offering("ab", title="Kindergarten Mond", city="Köthen")
    tried = with_edit(before, "ab", new, makers)
    assert tried.ids == ("a", "ab", "b", "c")
    assert _says(tried, makers) == _says(build([new]), makers)
    assert [tried.row_of(id_) for id_ in ("a", "ab", "zz")] == [0, 1, None]


def test_an_offering_taken_out_is_not_there(build, makers, make_offering, store) -> None:
    before = build(_offerings(make_offering))
    tried = with_edit(before, "b", None, makers)
    store.withdraw("b", editor="test")
    assert tried.ids == ("a", "c")
    assert _says(tried, makers) == _says(build([]), makers)


def test_only_what_is_edited_is_embedded_and_nothing_is_written(build, makers, make_offering, tmp_path) -> None:
    before = build(_offerings(make_offering))
    files = sorted(tmp_path.rglob("*"))
    makers.encoder.encoded.clear()
    tried = with_edit(before, "b", make_offering("b", title="Neu"), makers)
    assert makers.encoder.encoded == ["Neu. "]
    assert sorted(tmp_path.rglob("*")) == files
    with pytest.raises(NotImplementedError):
        tried.save(tmp_path / "elsewhere")


def test_the_last_offering_can_be_taken_out(build, makers, make_offering) -> None:
    assert with_edit(build([make_offering("a")]), "a", None, makers).ids == ()
