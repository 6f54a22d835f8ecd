"""Builds a snapshot from the store. Of offerings that have not changed, everything is taken over from the snapshot before."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from knowledge.encoder import Encoder
from knowledge.errors import IndexMissingError
from knowledge.index.snapshot import FILES, Columns, Snapshot, current_folder, matrix
from knowledge.index.text_index import TextIndex
from knowledge.index.vectors import VectorIndex, VectorStorage
from knowledge.needs import NeedClassifier
from knowledge.places import Places
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy, broader
from knowledge.values import Alliance, Offering

_FOREVER = 2**31 - 1
_CHUNK = 1000


@dataclass(frozen=True, kw_only=True)
class Makers:
    """What turns offerings into an index."""

    encoder: Encoder
    classifier: NeedClassifier
    taxonomy: Taxonomy
    places: Places

    def key(self, alliances: Sequence[Alliance]) -> str:
        """Return a text that changes whenever the same offerings would give another index.

        Alliances count, since a town whose name is not unique is the one near its alliance.
        """
        homes = [(alliance.id, alliance.city, alliance.postal_code) for alliance in alliances]
        parts = (self.encoder.id, self.classifier.id, sorted(self.taxonomy.concepts.items()), homes)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def build_index(
    index_dir: Path,
    *,
    store: Store,
    makers: Makers,
    storage: VectorStorage = FILES,
    afresh: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Snapshot:
    """Build, switch to, and return the index of what the store holds now.

    Args:
        afresh: Take over nothing but the vectors of texts that have not changed.
    """
    generation = store.generation()
    alliances = store.alliances()
    made_with = makers.key(alliances)
    makers.places.homes(lambda: alliances, generation)
    there = _present(index_dir, storage)
    before = there if there and there.made_with == made_with and not afresh else None
    contents = store.digests()
    kept = _unchanged(before, contents)
    kept_ids = [before.ids[row] for row in kept] if before else []
    snapshot = put_together(
        before, kept, store.offerings(sorted(set(contents).difference(kept_ids))), generation=generation, contents=contents,
        made_with=made_with, makers=makers,
        vectors=lambda digests, texts: storage.make(
            digests, lambda rows: _embedded(texts, rows, makers.encoder, progress),
            dim=makers.encoder.dim, before=there.vectors if there else None,
        ),
    )  # fmt: skip
    snapshot.save(index_dir)
    return snapshot


def put_together(
    before: Snapshot | None,
    kept: NDArray[np.int64],
    new: Sequence[Offering],
    *,
    contents: Mapping[str, str],
    generation: int,
    made_with: str,
    makers: Makers,
    vectors: Callable[[list[str], Mapping[int, str]], VectorIndex],
) -> Snapshot:
    """Return a snapshot of some rows of the one before and of new offerings; it is not saved.

    Args:
        contents: The digest of each offering's content, by id.
        vectors: Makes the vector index from the digests of all passages by row, and the texts of those that are new.
    """
    ids = [*([before.ids[row] for row in kept] if before else []), *(offering.id for offering in new)]
    # Equal matches are ranked by this order.
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    names = _Names.of(new, before)
    passage_starts, digests, texts = _all_passages(before, kept, new, order, makers.encoder)
    words = [_words(offering, makers.taxonomy) for offering in new]
    return Snapshot(
        generation=generation, made_with=made_with, ids=tuple(ids[row] for row in order),
        contents=np.array([contents[ids[row]] for row in order], dtype=np.bytes_),
        passage_starts=passage_starts, labels=makers.classifier.model.labels, categories=makers.taxonomy.categories,
        languages=names.languages, alliances=names.alliances,
        columns=_joined(before, kept, _columns(new, names, makers), order),
        need_roots=_joined_roots(before, kept, _need_roots(new, makers), order), vectors=vectors(digests, texts),
        text=before.text.changed(kept, words, order) if before else TextIndex.of(words),
    )  # fmt: skip


def _present(index_dir: Path, storage: VectorStorage) -> Snapshot | None:
    try:
        return Snapshot.load(current_folder(index_dir), storage)
    except IndexMissingError:
        return None  # the first build, or a damaged index: everything is made anew


def _unchanged(before: Snapshot | None, contents: Mapping[str, str]) -> NDArray[np.int64]:
    """Return the rows whose offerings are in the store as they were."""
    if before is None:
        return np.empty(0, np.int64)
    present = enumerate(zip(before.ids, before.contents.astype(np.str_).tolist(), strict=True))
    return np.array([row for row, (i, content) in present if contents.get(i) == content], dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class _Names:
    """The names of columns; those of the snapshot before keep their places."""

    languages: tuple[str, ...]
    alliances: tuple[str, ...]

    @classmethod
    def of(cls, new: Sequence[Offering], before: Snapshot | None) -> "_Names":
        languages, alliances = (before.languages, before.alliances) if before else ((), ())
        more = {language for offering in new for language in offering.languages}.difference(languages)
        joining = {offering.alliance for offering in new}.difference(alliances)
        return cls(languages=(*languages, *sorted(more)), alliances=(*alliances, *sorted(joining)))


def _passages(offering: Offering) -> list[str]:
    """Return the texts by which an offering is found by meaning: the German one and each translation."""
    texts = [f"{offering.title}. {offering.description}"]
    return texts + [f"{t.title}. {t.description}" for t in offering.translations.values()]


def _words(offering: Offering, taxonomy: Taxonomy) -> str:
    """Return the text by whose words an offering is found: its own, and all names of its categories."""
    names = []
    for code in offering.categories:
        concept = taxonomy.concepts.get(code)
        if concept:
            names += [*concept.labels.values(), *(name for group in concept.other.values() for name in group)]
    own = [*_passages(offering), offering.provider or "", offering.schedule or "", offering.city or ""]
    return " ".join([*own, *own[:1], *names])


def _digest(text: str, encoder: Encoder) -> str:
    return hashlib.sha256(f"{encoder.id}\0{text}".encode()).hexdigest()[:24]


def _all_passages(
    before: Snapshot | None,
    kept: NDArray[np.int64],
    new: Sequence[Offering],
    order: NDArray[np.int64],
    encoder: Encoder,
) -> tuple[NDArray[np.int64], list[str], Mapping[int, str]]:
    """Return where each offering's passages begin, their digests by passage row, and the texts of those that are new."""
    row_of = np.argsort(order)  # kept and new offerings, one after the other -> row of the snapshot
    owners, digests = np.empty(0, np.int64), []
    if before is not None:
        place = np.full(len(before.ids), -1, np.int64)
        place[kept] = np.arange(len(kept))
        passages, counts = before.passages(np.sort(kept))
        owners = np.repeat(place[np.sort(kept)], counts)
        known = before.vectors.digests
        digests = [known[passage] for passage in passages]
    added = [(len(kept) + at, text) for at, offering in enumerate(new) for text in _passages(offering)]
    digests += [_digest(text, encoder) for _, text in added]
    rows = row_of[np.concatenate([owners, np.array([owner for owner, _ in added], np.int64)])]
    by_row = np.argsort(rows, kind="stable")
    old = len(digests) - len(added)
    texts = {at: added[passage - old][1] for at, passage in enumerate(by_row.tolist()) if passage >= old}
    starts = np.searchsorted(rows[by_row], np.arange(len(order) + 1))
    return starts, [digests[passage] for passage in by_row.tolist()], texts


def _embedded(
    texts: Mapping[int, str], rows: Sequence[int], encoder: Encoder, progress: Callable[[int, int], None]
) -> Iterator[tuple[Sequence[int], NDArray[np.float32]]]:
    """Yield some rows at a time with the vectors of their texts."""
    if not texts.keys() >= set(rows):
        raise IndexMissingError("vectors of unchanged texts are gone; build the index afresh with `lotse index`")
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        yield chunk, encoder.encode_passages([texts[row] for row in chunk])
        progress(start + len(chunk), len(rows))


def _joined(before: Snapshot | None, kept: NDArray[np.int64], new: Columns, order: NDArray[np.int64]) -> Columns:
    """Return the columns of kept and new offerings, in the snapshot's order."""
    if before is None:
        return Columns(**{field.name: getattr(new, field.name)[order] for field in fields(Columns)})
    joined = {}
    for field in fields(Columns):
        old, added = getattr(before.columns, field.name)[kept], getattr(new, field.name)
        if old.ndim == 2 and old.shape[1] < added.shape[1]:  # a language that none had before
            old = np.pad(old, ((0, 0), (0, added.shape[1] - old.shape[1])))
        joined[field.name] = np.concatenate([old, added])[order]
    return Columns(**joined)


def _columns(offerings: Sequence[Offering], names: _Names, makers: Makers) -> Columns:
    positions = np.array([makers.places.position(o) or (np.nan, np.nan) for o in offerings], np.float32).reshape(-1, 2)
    return Columns(
        latitude=positions[:, 0],
        longitude=positions[:, 1],
        age_min=np.array([np.nan if o.age_min is None else o.age_min for o in offerings], np.float32),
        age_max=np.array([np.nan if o.age_max is None else o.age_max for o in offerings], np.float32),
        valid_from=np.array([o.valid_from.toordinal() if o.valid_from else 0 for o in offerings], np.int32),
        valid_to=np.array([o.valid_to.toordinal() if o.valid_to else _FOREVER for o in offerings], np.int32),
        checked_on=np.array([o.checked_on.toordinal() if o.checked_on else 0 for o in offerings], np.int32),
        free=np.array([-1 if o.is_free is None else int(o.is_free) for o in offerings], np.int8),
        online=np.array([o.format == "online" for o in offerings], np.bool_),
        categories=matrix([o.categories for o in offerings], makers.taxonomy.categories),
        languages=matrix([o.languages for o in offerings], names.languages),
        alliance=np.array([names.alliances.index(o.alliance) for o in offerings], np.int32),
    )


def _need_roots(offerings: Sequence[Offering], makers: Makers) -> csr_matrix:
    """Return the square root of how likely each need is for an offering's text, among the needs of its own categories."""
    labels = makers.classifier.model.labels
    if not offerings:
        return csr_matrix((0, len(labels)), dtype=np.float32)
    p = makers.classifier.probabilities([f"{o.title}. {o.description}" for o in offerings])
    of_label = np.array([[broader(label) == category for label in labels] for category in makers.taxonomy.categories])
    p = p * (matrix([o.categories for o in offerings], makers.taxonomy.categories) @ of_label)
    # Rounded: differences finer than float16 are noise, and must not order offerings that are alike.
    return csr_matrix(np.sqrt(p / np.maximum(p.sum(axis=1, keepdims=True), 1e-9)).astype(np.float16), dtype=np.float32)


def _joined_roots(
    before: Snapshot | None, kept: NDArray[np.int64], new: csr_matrix, order: NDArray[np.int64]
) -> csr_matrix:
    return (new if before is None else vstack([before.need_roots[kept], new], format="csr"))[order]
