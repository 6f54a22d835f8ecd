"""The index as it would be after an edit, in memory: nothing is written, and only the edited texts are embedded."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.index.building import Makers, put_together
from knowledge.index.snapshot import Snapshot
from knowledge.index.vectors import Patched, Vectors
from knowledge.values import Offering


def with_edit(before: Snapshot, offering_id: str, edited: Offering | None, makers: Makers) -> Snapshot:
    """Return a snapshot as it would be with one offering edited, added, or (None) taken out."""
    kept = np.array([row for row, id_ in enumerate(before.ids) if id_ != offering_id], dtype=np.int64)
    contents = {**dict(zip(before.ids, before.contents.astype(np.str_).tolist(), strict=True)), offering_id: ""}

    def vectors(digests: list[str], texts: Mapping[int, str]) -> Patched:
        def embed(rows: Sequence[int]) -> Vectors:
            return makers.encoder.encode_passages([texts[row] for row in rows])

        return Patched(before.vectors, digests, embed)

    return put_together(
        before, kept, [edited] if edited else [], contents=contents, generation=before.generation,
        made_with=before.made_with, makers=makers, vectors=vectors,
    )  # fmt: skip
