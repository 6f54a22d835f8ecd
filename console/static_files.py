"""The console's own style; colours and form come from the public door's."""

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response

from console.policy import open_to_all
from widget.static_files import StaticFile, read_folder, sent

files = Blueprint("files", __name__)
_FOLDER = Path(__file__).resolve().parent / "static"


@files.get("/static/<name>")
@open_to_all
def static_file(name: str) -> Response:
    """Return a file of the console's pages."""
    return sent(_files().get(name))


@lru_cache(maxsize=1)
def _files() -> dict[str, StaticFile]:
    return dict(read_folder(_FOLDER))
