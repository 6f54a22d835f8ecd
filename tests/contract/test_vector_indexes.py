"""The vector index over FAISS and over pgvector: the same answers, only changed texts embedded, nothing wrong when vectors are gone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import Engine, text

from knowledge.errors import IndexMissingError, StoreError
from knowledge.index import FILES, Library, Makers, PassageTable, Snapshot, VectorStorage, build_index
from knowledge.index.vectors import Embed, VectorIndex
from knowledge.store import Store, open_engine
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Offering
from tests.fakes import ThreeTowns, WordEncoder, small_classifier
from tests.postgresql import Server

Build = Callable[..., Snapshot]
_RNG = np.random.default_rng(3)
VECTORS = _RNG.standard_normal((40, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
DIGESTS = [f"digest-{row}" for row in range(40)]


class Embedding:
    """Gives the vectors above, seven rows at a time, and notes for which rows it was asked."""

    def __init__(self) -> None:
        self.rows: list[int] = []

    def __call__(self, rows: list[int]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        self.rows += rows
        for start in range(0, len(rows), 7):
            yield rows[start : start + 7], VECTORS[rows[start : start + 7]]


def never(rows: list[int]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
    assert not rows
    return iter(())


def made(storage: VectorStorage, embed: Embed | None = None, digests: list[str] = DIGESTS) -> VectorIndex:
    return storage.make(digests, embed or Embedding(), dim=16, before=None)


def test_similarities_are_the_cosines_of_the_rows_in_their_order(storage: VectorStorage) -> None:
    rows = np.array([31, 2, 17, 2, 39])
    assert made(storage).similarities(VECTORS[5], rows) == pytest.approx(VECTORS[rows] @ VECTORS[5], abs=1e-6)


def test_no_rows_have_no_similarities(storage: VectorStorage) -> None:
    assert made(storage).similarities(VECTORS[5], np.array([], dtype=np.int64)).shape == (0,)
    assert made(storage, never, []).digests == ()


def test_passages_of_the_same_text_have_the_same_vector(storage: VectorStorage) -> None:
    def embed(rows: list[int]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        yield rows, VECTORS[[0] * len(rows)]

    index = made(storage, embed, ["same", "same"])
    assert index.similarities(VECTORS[0], np.array([0, 1])) == pytest.approx([1.0, 1.0], abs=1e-6)


def test_a_query_of_another_dimension_asks_for_a_new_index(storage: VectorStorage) -> None:
    with pytest.raises(IndexMissingError, match="dimensions"):
        made(storage).similarities(VECTORS[5][:8], np.array([1]))


def test_an_index_opens_again_from_its_folder_and_digests(storage: VectorStorage, tmp_path: Path) -> None:
    made(storage).save(tmp_path)
    opened = storage.open(tmp_path, DIGESTS)
    assert opened.digests == tuple(DIGESTS)
    assert opened.similarities(VECTORS[5], np.arange(40)) == pytest.approx(VECTORS @ VECTORS[5], abs=1e-6)


def test_vectors_that_are_not_there_ask_for_a_new_index(storage: VectorStorage, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        storage.open(tmp_path, DIGESTS)
    made(storage).save(tmp_path)
    with pytest.raises(IndexMissingError):
        storage.open(tmp_path, [*DIGESTS, "another"])


def test_a_build_embeds_only_what_the_build_before_has_not(storage: VectorStorage) -> None:
    before = made(storage)
    embed = Embedding()
    digests = ["new-0", *DIGESTS[1:20], "new-20"]
    after = storage.make(digests, embed, dim=16, before=before)
    assert sorted(embed.rows) == [0, 20]
    assert after.similarities(VECTORS[5], np.arange(21)) == pytest.approx(VECTORS[:21] @ VECTORS[5], abs=1e-6)


def test_an_edit_embeds_its_text_and_another_encoder_all_texts(build: Build, store: Store, make_offering) -> None:
    store.put([make_offering("a", title="Kita A"), make_offering("b", title="Kita B")], editor="test")
    encoder = WordEncoder()
    first = build(encoder)
    assert sorted(encoder.encoded) == ["Kita A. ", "Kita B. "]
    store.put([make_offering("a", title="Kita Neu")], editor="test")
    build(encoder)
    assert encoder.encoded[2:] == ["Kita Neu. "]
    other = WordEncoder()
    other.id = "other words"
    assert not set(build(other).vectors.digests) & set(first.vectors.digests)
    assert sorted(other.encoded) == ["Kita B. ", "Kita Neu. "]


@pytest.fixture
def build(tmp_path: Path, store: Store, storage: VectorStorage, koethen: Alliance, taxonomy: Taxonomy) -> Build:
    store.put([koethen], editor="test")

    def build(encoder: WordEncoder, machine: str = "one") -> Snapshot:
        return build_index(
            tmp_path / machine, store=store, storage=storage,
            makers=Makers(encoder=encoder, classifier=small_classifier(WordEncoder()), taxonomy=taxonomy, places=ThreeTowns()),  # type: ignore[arg-type]
        )  # fmt: skip

    return build


# What only a table that machines share can do.


def test_a_second_machine_embeds_nothing_again(pg_engine: Engine) -> None:
    made(PassageTable(pg_engine))
    index = made(PassageTable(pg_engine), never)
    assert index.similarities(VECTORS[5], np.array([5])) == pytest.approx([1.0], abs=1e-6)


def test_a_build_that_fails_leaves_the_table_as_it_was(pg_engine: Engine) -> None:
    def broken(rows: list[int]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        yield rows[:3], VECTORS[:3]
        raise RuntimeError("the encoder fell over")

    made(PassageTable(pg_engine), digests=DIGESTS[:1])
    with pytest.raises(RuntimeError, match="fell over"):
        made(PassageTable(pg_engine), broken)
    assert _there(pg_engine) == {"digest-0"}


def test_encoders_of_different_dimensions_stand_side_by_side(pg_engine: Engine) -> None:
    table = PassageTable(pg_engine)
    wide = made(table)
    narrow = table.make(["narrow"], lambda rows: iter([(rows, VECTORS[:1, :4])]), dim=4, before=None)
    assert wide.similarities(VECTORS[5], np.array([5])) == pytest.approx([1.0], abs=1e-6)
    assert narrow.similarities(VECTORS[0, :4], np.array([0])) == pytest.approx([VECTORS[0, :4] @ VECTORS[0, :4]])


def test_what_no_text_uses_is_kept_for_machines_behind_and_removed_in_the_end(pg_engine: Engine) -> None:
    table = PassageTable(pg_engine)
    behind = made(table)
    made(table, digests=DIGESTS[:2])
    assert behind.similarities(VECTORS[5], np.array([39])).shape == (1,)
    _pass_days(pg_engine, 29)
    made(table, never, DIGESTS[:2])
    assert len(_there(pg_engine)) == 40
    made(table, never, DIGESTS[:3])  # the third is used again
    _pass_days(pg_engine, 2)
    made(table, never, DIGESTS[:3])
    assert _there(pg_engine) == set(DIGESTS[:3])


def test_vectors_removed_under_a_search_are_an_error_and_come_back_with_the_next_build(pg_engine: Engine) -> None:
    table = PassageTable(pg_engine)
    index = made(table)
    _run(pg_engine, "DELETE FROM passage_vector WHERE digest = 'digest-7'")
    with pytest.raises(IndexMissingError, match=r"some are gone.*lotse index"):
        index.similarities(VECTORS[5], np.array([6, 7, 8]))
    assert index.similarities(VECTORS[5], np.array([6, 8])).shape == (2,)
    again = Embedding()
    made(table, again)
    assert again.rows == [7]
    _run(pg_engine, "DROP TABLE passage_vector")
    with pytest.raises(IndexMissingError, match="lotse index"):
        index.similarities(VECTORS[5], np.array([6]))


def test_a_snapshot_of_files_is_built_again_when_the_store_moves_to_postgresql(
    tmp_path: Path, pg_engine: Engine, koethen: Alliance, taxonomy: Taxonomy, make_offering: Callable[..., Offering]
) -> None:
    store, encoder = Store(pg_engine), WordEncoder()
    store.put([koethen, make_offering("a")], editor="test")

    def build(storage: VectorStorage) -> Snapshot:
        return build_index(
            tmp_path, store=store, storage=storage,
            makers=Makers(encoder=encoder, classifier=small_classifier(WordEncoder()), taxonomy=taxonomy, places=ThreeTowns()),  # type: ignore[arg-type]
        )  # fmt: skip

    build(FILES)
    table = PassageTable(pg_engine)
    with pytest.raises(IndexMissingError):
        Library(tmp_path, table).snapshot()
    build(table)
    assert Library(tmp_path, table).snapshot().ids == ("a",)


def test_without_the_right_to_add_pgvector_one_sentence_says_what_to_do(postgresql: Server) -> None:
    owner_url = postgresql.new_database()
    name = owner_url.split("/")[3].split("?")[0]
    postgresql.run(f"CREATE ROLE guest_{name} LOGIN", f"GRANT ALL ON SCHEMA public TO guest_{name}", database=name)
    engine = open_engine(postgresql.url(name, user=f"guest_{name}"))
    with pytest.raises(StoreError, match="CREATE EXTENSION vector"):
        made(PassageTable(engine))
    postgresql.run("CREATE EXTENSION vector", database=name)
    assert made(PassageTable(engine)).similarities(VECTORS[5], np.array([5])) == pytest.approx([1.0], abs=1e-6)
    engine.dispose()


def _there(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT digest FROM passage_vector")))


def _pass_days(engine: Engine, days: int) -> None:
    _run(engine, f"UPDATE passage_vector SET unused_since = unused_since - interval '{days} days'")


def _run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))
