"""Whether everything was made from what is there now, told by sizes and times of files, in a moment and without reading them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from knowledge.settings import ROOT, Settings

_STAMP = "prepared.key"
_INPUTS = ("knowledge", "bot/data/nlu", "widget/crisis/examples")
_MADE = ("models/needs.npz", "models/languages.npz", "models/crisis.npz", "places.sqlite", "index/current")


def is_prepared(settings: Settings) -> bool:
    """Return whether `lotse prepare` has run over the present inputs, and what it made is still there."""
    try:
        return (settings.data_dir / _STAMP).read_text(encoding="utf-8") == _fingerprint(settings)
    except OSError:
        return False


def note_prepared(settings: Settings) -> None:
    """Remember that everything is made from the present inputs."""
    (settings.data_dir / _STAMP).write_text(_fingerprint(settings), encoding="utf-8")


def _fingerprint(settings: Settings) -> str:
    digest = hashlib.sha256(repr((settings.encoder, settings.taxonomy_dir, settings.database_url)).encode())
    for path in [*_inputs(settings), *(settings.data_dir / name for name in _MADE)]:
        about = path.stat()
        digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _inputs(settings: Settings) -> Iterator[Path]:
    own = [settings.taxonomy_dir] if settings.taxonomy_dir else []
    for folder in [*(ROOT / name for name in _INPUTS), *own]:
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
