"""Builds a snapshot from the store. Only texts that changed are embedded again; the need columns come with the texts."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.errors import IndexMissingError
from knowledge.index.snapshot import FILES, Columns, Snapshot, current_folder, matrix
from knowledge.index.text_index import TextIndex
from knowledge.index.vectors import VectorIndex, VectorStorage
from knowledge.needs import NeedClassifier
from knowledge.places import Places
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy, broader
from knowledge.values import Offering

_FOREVER = 2**31 - 1
_CHUNK = 1000


def build_index(
    index_dir: Path,
    *,
    store: Store,
    encoder: Encoder,
    classifier: NeedClassifier,
    taxonomy: Taxonomy,
    places: Places,
    storage: VectorStorage = FILES,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Snapshot:
    """Build, switch to, and return the index of what the store holds now."""
    generation = store.generation()
    offerings = store.offerings()
    places.homes(store.alliances, generation)  # a town whose name is not unique is the one near the offering's alliance
    passages = [(row, text) for row, offering in enumerate(offerings) for text in _passages(offering)]
    texts = [text for _, text in passages]
    vectors = storage.make(
        [_digest(text, encoder) for text in texts], lambda rows: _embedded(texts, rows, encoder, progress),
        dim=encoder.dim, before=_present(index_dir, storage),
    )  # fmt: skip
    alliances = sorted({offering.alliance for offering in offerings})
    languages = sorted({language for offering in offerings for language in offering.languages})
    labels = classifier.model.labels
    snapshot = Snapshot(
        generation=generation,
        encoder_id=encoder.id,
        ids=tuple(offering.id for offering in offerings),
        passage_of=np.array([row for row, _ in passages], dtype=np.int64),
        labels=labels,
        categories=taxonomy.categories,
        languages=tuple(languages),
        alliances=tuple(alliances),
        columns=_columns(offerings, taxonomy, languages, alliances, labels, classifier, places),
        vectors=vectors,
        text=TextIndex.of([_words(offering, taxonomy) for offering in offerings]),
    )
    snapshot.save(index_dir)
    return snapshot


def _present(index_dir: Path, storage: VectorStorage) -> VectorIndex | None:
    try:
        return Snapshot.load(current_folder(index_dir), storage).vectors
    except IndexMissingError:
        return None  # the first build, or a damaged index: everything is embedded


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


def _embedded(
    texts: Sequence[str], rows: Sequence[int], encoder: Encoder, progress: Callable[[int, int], None]
) -> Iterator[tuple[Sequence[int], NDArray[np.float32]]]:
    """Yield some rows at a time with the vectors of their texts."""
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        yield chunk, encoder.encode_passages([texts[row] for row in chunk])
        progress(start + len(chunk), len(rows))


def _columns(
    offerings: Sequence[Offering],
    taxonomy: Taxonomy,
    languages: Sequence[str],
    alliances: Sequence[str],
    labels: Sequence[str],
    classifier: NeedClassifier,
    places: Places,
) -> Columns:
    positions = np.array([places.position(o) or (np.nan, np.nan) for o in offerings], np.float32).reshape(-1, 2)
    own = matrix([o.categories for o in offerings], taxonomy.categories)
    return Columns(
        latitude=positions[:, 0],
        longitude=positions[:, 1],
        age_min=np.array([np.nan if o.age_min is None else o.age_min for o in offerings], np.float32),
        age_max=np.array([np.nan if o.age_max is None else o.age_max for o in offerings], np.float32),
        valid_from=np.array([o.valid_from.toordinal() if o.valid_from else 0 for o in offerings], np.int32),
        valid_to=np.array([o.valid_to.toordinal() if o.valid_to else _FOREVER for o in offerings], np.int32),
        checked_on=np.array([o.checked_on.toordinal() if o.checked_on else 0 for o in offerings], np.int32),
        free=np.array([-1 if o.free is None else int(o.free) for o in offerings], np.int8),
        online=np.array([o.format == "online" for o in offerings], np.bool_),
        categories=own,
        need_roots=_need_roots(offerings, own, taxonomy.categories, labels, classifier),
        languages=matrix([o.languages for o in offerings], languages),
        alliance=np.array([alliances.index(o.alliance) for o in offerings], np.int32),
    )


def _need_roots(
    offerings: Sequence[Offering],
    own: NDArray[np.bool_],
    categories: Sequence[str],
    labels: Sequence[str],
    classifier: NeedClassifier,
) -> NDArray[np.float16]:
    """Return the square root of how likely each need is for an offering's text, among the needs of its own categories."""
    if not offerings:
        return np.empty((0, len(labels)), np.float16)
    p = classifier.probabilities([f"{o.title}. {o.description}" for o in offerings])
    of_label = np.array([[broader(label) == category for label in labels] for category in categories])
    p = p * (own @ of_label)
    return np.asarray(np.sqrt(p / np.maximum(p.sum(axis=1, keepdims=True), 1e-9)), dtype=np.float16)
