"""One state of the index on disk: a folder that is written whole, then named in `current`, and never changed afterwards."""

from __future__ import annotations

import json
import secrets
import shutil
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, load_npz, save_npz

from knowledge.errors import IndexMissingError
from knowledge.index.positions import Positions
from knowledge.index.text_index import TextIndex
from knowledge.index.vectors import Digests, FaissFiles, VectorIndex, VectorStorage

FORMAT = 5
_CURRENT = "current"
_KEPT = 2
FILES = FaissFiles()

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What filters and ranking need of each offering, one row an offering.

    Missing positions and ages are NaN; days are proleptic ordinals, 0 and 2**31 - 1 where open.
    """

    latitude: Floats
    longitude: Floats
    age_min: Floats
    age_max: Floats
    valid_from: NDArray[np.int32]
    valid_to: NDArray[np.int32]
    checked_on: NDArray[np.int32]
    free: NDArray[np.int8]  # 1 yes, 0 no, -1 not stated
    online: NDArray[np.bool_]
    categories: NDArray[np.bool_]  # (n, categories)
    languages: NDArray[np.bool_]  # (n, languages named in any offering)
    alliance: NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A readable state of the index.

    Attributes:
        generation: The store's generation that it shows.
        made_with: The key of what made it; another key means that nothing can be taken over.
        ids: Offering ids by row; `contents` the digests of what the store held of each.
        passage_starts: Where each offering's passages begin in the vector index, and the end, shape (n + 1,).
        need_roots: Root of how much each offering's text tells each need, within its categories, shape (n, labels).
        labels: Need labels of `need_roots`; `categories`, `languages`, `alliances` name the columns.
    """

    generation: int
    made_with: str
    ids: tuple[str, ...]
    contents: Digests
    passage_starts: NDArray[np.int64]
    need_roots: csr_matrix
    labels: tuple[str, ...]
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    alliances: tuple[str, ...]
    columns: Columns
    vectors: VectorIndex
    text: TextIndex

    @cached_property
    def positions(self) -> Positions:
        return Positions(self.columns.latitude, self.columns.longitude)

    @cached_property
    def online_rows(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.columns.online)

    def row_of(self, offering_id: str) -> int | None:
        """Return the row of an offering, or None; rows are sorted by id."""
        row = bisect_left(self.ids, offering_id)
        return row if row < len(self.ids) and self.ids[row] == offering_id else None

    def by_categories(self, judge: Callable[[NDArray[np.bool_]], Any], rows: NDArray[np.int64]) -> NDArray[Any]:
        """Return what a judgement of categories says of some offerings, shape (len(rows),).

        Args:
            judge: Takes combinations of categories, shape (m, categories), and gives one value for each; it is asked once
                for each combination that any offering has, and those are few.
        """
        combinations, which = self._combinations
        return np.asarray(judge(combinations))[which[rows]]

    @cached_property
    def _combinations(self) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """The combinations of categories, and the number of each offering's, shape (n,)."""
        combinations, which = np.unique(self.columns.categories, axis=0, return_inverse=True)
        return combinations, which.astype(np.int32)

    def passages(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the passage rows of some offerings, one offering after the other, and how many each has."""
        begins = self.passage_starts[rows]
        counts = self.passage_starts[rows + 1] - begins
        ends = np.cumsum(counts)
        return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + counts, counts), counts

    def save(self, index_dir: Path) -> Path:
        """Write the snapshot beside the present one, switch to it, and remove what nobody reads any more."""
        index_dir.mkdir(parents=True, exist_ok=True)
        folder = index_dir / f"{self.generation:09d}-{secrets.token_hex(4)}"
        part = folder.with_name(folder.name + ".part")
        part.mkdir()
        try:
            np.savez(
                part / "columns.npz", passage_starts=self.passage_starts, contents=self.contents,
                digests=np.array(self.vectors.digests, dtype=np.bytes_), **_arrays(self.columns),
            )  # fmt: skip
            save_npz(part / "need_roots.npz", self.need_roots, compressed=False)
            self.vectors.save(part)
            self.text.save(part / "text")
            (part / "meta.json").write_text(json.dumps(self._meta()), encoding="utf-8")
            part.rename(folder)
            _switch(index_dir, folder.name)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        _remove_old(index_dir, folder.name)
        return folder

    @classmethod
    def load(cls, folder: Path, storage: VectorStorage = FILES) -> Snapshot:
        """Read a snapshot.

        Args:
            storage: Where its vectors stand.

        Raises:
            IndexMissingError: A file is missing, cut off, or of another format.
        """
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if meta.pop("format") != FORMAT:
                raise IndexMissingError(f"{folder.name} has another format; it is built again from the store")
            with np.load(folder / "columns.npz", allow_pickle=False) as arrays:
                passage_starts, contents, digests = arrays["passage_starts"], arrays["contents"], arrays["digests"]
                columns = Columns(**{f.name: arrays[f.name] for f in fields(Columns)})
            names: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in meta.items()
            }
            size = len(names["ids"])
            snapshot = cls(
                passage_starts=passage_starts, contents=contents, columns=columns,
                need_roots=load_npz(folder / "need_roots.npz"), vectors=storage.open(folder, digests),
                text=TextIndex.load(folder / "text", size), **names,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise IndexMissingError(
                f"{folder.name} cannot be read ({error}); it is built again from the store"
            ) from error
        if len(digests) != passage_starts[-1] or {len(columns.latitude), snapshot.need_roots.shape[0]} != {size}:
            raise IndexMissingError(f"{folder.name} is damaged; it is built again from the store")
        return snapshot

    def _meta(self) -> dict[str, object]:
        return {
            "format": FORMAT, "generation": self.generation, "made_with": self.made_with, "ids": self.ids, "labels": self.labels,
            "categories": self.categories, "languages": self.languages, "alliances": self.alliances,
        }  # fmt: skip


def current_folder(index_dir: Path) -> Path:
    """Return the folder of the present snapshot.

    Raises:
        IndexMissingError: None has been built.
    """
    try:
        return index_dir / (index_dir / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexMissingError("no index yet; build it with `lotse index`") from error


def _switch(index_dir: Path, name: str) -> None:
    part = index_dir / f"{_CURRENT}.{secrets.token_hex(4)}"
    part.write_text(name, encoding="utf-8")
    part.replace(index_dir / _CURRENT)


def _remove_old(index_dir: Path, present: str) -> None:
    """Remove all but the newest snapshots; a reader that has one open keeps its files."""
    folders = sorted(
        (p for p in index_dir.iterdir() if p.is_dir() and p.name != present), key=lambda p: p.stat().st_mtime
    )
    for folder in folders[: -(_KEPT - 1)]:
        shutil.rmtree(folder, ignore_errors=True)


def _arrays(columns: Columns) -> dict[str, Any]:
    return {f.name: getattr(columns, f.name) for f in fields(columns)}


def matrix(rows: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which row has which name, shape (len(rows), len(names))."""
    at = {name: i for i, name in enumerate(names)}
    result = np.zeros((len(rows), len(names)), np.bool_)
    for i, values in enumerate(rows):
        for value in values:
            if value in at:
                result[i, at[value]] = True
    return result
