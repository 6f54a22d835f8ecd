"""The Encoder seam: the shipped static model through model2vec (numpy only), any other through sentence-transformers."""

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EncoderError

Vectors = NDArray[np.float32]

_A_HANDFUL = 12
# Prefixes that a family of models was trained with and is weak without (the models' own cards).
_PREFIXES = {"e5-": ("query: ", "passage: "), "bge-": ("", ""), "arctic-embed": ("query: ", "")}


class Encoder(Protocol):
    """Turns texts into unit vectors of `dim` dimensions; `id` changes whenever the vectors would."""

    @property
    def id(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of what parents ask, shape (len(texts), dim), float32."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of what is to be found, shape (len(texts), dim), float32."""
        ...


class StaticEncoder:
    """A static sentence-transformers model (token vectors, averaged), run by model2vec without PyTorch."""

    def __init__(self, folder: Path) -> None:
        from model2vec import StaticModel

        try:
            self._model = StaticModel.from_pretrained(str(folder))
            self.id = _content_id(folder)
        except (OSError, ValueError, KeyError) as error:
            raise EncoderError(f"no static model in {folder}: {error}; train it with `lotse train encoder`") from error
        self.dim = int(self._model.dim)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return _unit(np.asarray(self._model.encode(list(texts)), dtype=np.float32))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`; this model does not tell queries from passages."""
        return self.encode_queries(texts)


class RecentQueries:
    """An encoder that remembers its latest queries: a question is read and searched with the same few texts."""

    def __init__(self, encoder: Encoder, *, size: int = 256) -> None:
        self._encoder = encoder
        self._size = size
        self._guard = threading.Lock()
        self._recent: dict[str, Vectors] = {}  # shape (dim,) each; the oldest first
        self.id = encoder.id
        self.dim = encoder.dim

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`; more than a handful are not remembered."""
        if not texts or len(texts) > _A_HANDFUL:
            return self._encoder.encode_queries(texts)
        with self._guard:
            found = {text: self._recent[text] for text in texts if text in self._recent}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            made = dict(zip(new, self._encoder.encode_queries(new), strict=True))
            found |= made
            with self._guard:
                self._recent |= made
                for oldest in list(self._recent)[: -self._size]:
                    del self._recent[oldest]
        return np.stack([found[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._encoder.encode_passages(texts)


class HubEncoder:
    """Any sentence-transformers model, from a folder or a hub, with the prefixes its family wants."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the library raises what its many backends raise
            raise EncoderError(
                f"LOTSE_ENCODER={name!r} cannot be loaded ({error}); check the name and the connection, "
                "or leave the setting out to use the shipped model"
            ) from error
        self.id = name
        self.dim = int(self._model.get_embedding_dimension())
        self._query, self._passage = next((p for key, p in _PREFIXES.items() if key in name.lower()), ("", ""))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._encode([self._query + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._encode([self._passage + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return _unit(np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32))


def load_encoder(name: str) -> Encoder:
    """Return the encoder of a folder or hub name.

    Raises:
        EncoderError: It cannot be loaded.
    """
    return RecentQueries(StaticEncoder(Path(name)) if _is_static(Path(name)) else HubEncoder(name))


def _is_static(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(modules) and modules[0]["type"].endswith("StaticEmbedding")


def _content_id(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in ("model.safetensors", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
