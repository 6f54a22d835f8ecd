"""The vector index over PostgreSQL with pgvector: one table of vectors, addressed by content and shared by all machines.

Similarities are exact. The candidates are filtered by place before, so there is nothing for an approximate index (HNSW)
to save; one would pay where a search has no place and some 100,000 passages to compare.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError, DBAPIError, ProgrammingError

from knowledge.errors import IndexMissingError, StoreError
from knowledge.index.vectors import Digests, Embed, Rows, VectorIndex, Vectors
from knowledge.store import reason, wait_for_turn

# `vector` without a dimension: encoders of different dimensions stand side by side while machines change over.
_TABLE = """
CREATE TABLE IF NOT EXISTS passage_vector (
    digest text PRIMARY KEY,
    embedding vector NOT NULL,
    unused_since timestamp with time zone
)"""
_WANTED = "SELECT unnest(CAST(:digests AS text[]))"
_THERE = text(f"SELECT digest FROM passage_vector WHERE digest IN ({_WANTED})")
_INSERT = text("INSERT INTO passage_vector (digest, embedding) VALUES (:digest, CAST(:embedding AS vector))")
_NOTE_USED = text(
    f"UPDATE passage_vector SET unused_since = NULL WHERE unused_since IS NOT NULL AND digest IN ({_WANTED})"
)
_NOTE_UNUSED = text(
    f"UPDATE passage_vector SET unused_since = now() WHERE unused_since IS NULL AND digest NOT IN ({_WANTED})"
)
# Another machine may search a snapshot before for so long; changed texts are few and their vectors small.
_REMOVE = text("DELETE FROM passage_vector WHERE unused_since < now() - interval '30 days'")
_SIMILARITIES = text(
    "SELECT digest, -(embedding <#> CAST(:query AS vector)) FROM passage_vector WHERE digest = ANY(CAST(:digests AS text[]))"
)


class PassageTable:
    """Vectors in the table `passage_vector` of the store's database: whichever machine comes first embeds a text."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, digests: Sequence[str], embed: Embed, *, dim: int, before: VectorIndex | None) -> "PgVectorIndex":  # noqa: ARG002  # the table knows both
        """See `VectorStorage`; all or nothing, and one machine at a time.

        Raises:
            StoreError: The database has no pgvector, and this user may not add it.
        """
        row_of = {digest: row for row, digest in enumerate(digests)}
        wanted = {"digests": list(row_of)}
        with self._engine.begin() as connection:
            wait_for_turn(connection, "passage_vector")
            _ensure_table(connection)
            there = set(connection.scalars(_THERE, wanted))
            for rows, vectors in embed([row for digest, row in row_of.items() if digest not in there]):
                made = zip(rows, vectors, strict=True)
                connection.execute(
                    _INSERT, [{"digest": digests[row], "embedding": _written(vector)} for row, vector in made]
                )
            connection.execute(_NOTE_USED, wanted)
            connection.execute(_NOTE_UNUSED, wanted)
            connection.execute(_REMOVE)
        return PgVectorIndex(self._engine, digests)

    def open(self, folder: Path, digests: Sequence[str] | Digests) -> "PgVectorIndex":
        """See `VectorStorage`."""
        wanted: list[str] = np.asarray(digests, dtype=np.str_).tolist()
        try:
            with self._engine.connect() as connection:
                there = set(connection.scalars(_THERE, {"digests": wanted}))
        except ProgrammingError as error:
            raise IndexMissingError(f"no vectors in the database ({reason(error)}); run `lotse index`") from error
        gone = len(set(wanted) - there)
        if gone:
            raise IndexMissingError(f"{gone} vectors of {folder.name} are not in the database; run `lotse index`")
        return PgVectorIndex(self._engine, wanted)


class PgVectorIndex:
    """Unit vectors in `passage_vector`, searched exactly; only the digests of the rows are in memory."""

    def __init__(self, engine: Engine, digests: Sequence[str]) -> None:
        self._engine = engine
        self.digests = tuple(digests)

    def save(self, folder: Path) -> None:
        """See `VectorIndex`; the vectors are in the database already."""

    def similarities(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """See `VectorIndex`."""
        wanted = [self.digests[row] for row in rows]
        try:
            with self._engine.connect() as connection:
                answer = connection.execute(_SIMILARITIES, {"digests": wanted, "query": _written(query)})
                of_digest: dict[str, float] = {row[0]: row[1] for row in answer}
            return np.array([of_digest[digest] for digest in wanted], dtype=np.float32)
        except (KeyError, ProgrammingError, DataError) as error:
            cause = reason(error) if isinstance(error, DBAPIError) else "some are gone"
            raise IndexMissingError(
                f"the vectors in the database are not those of this index ({cause}); build it with `lotse index`"
            ) from error


def _ensure_table(connection: Connection) -> None:
    try:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
        connection.execute(text(_TABLE))
    except DBAPIError as error:
        raise StoreError(
            f"pgvector cannot be used in the database ({reason(error)}); its administrator installs pgvector on the "
            "server and runs once in this database: CREATE EXTENSION vector"
        ) from error


def _written(vector: Vectors) -> str:
    return str(vector.tolist())
