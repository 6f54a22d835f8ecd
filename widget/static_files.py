"""Scripts, styles and pictures of the pages, without comments and blanks: a parent's connection may be slow."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request
from rcssmin import cssmin
from rjsmin import jsmin

files = Blueprint("files", __name__)
FOLDER = Path(__file__).resolve().parent / "static"


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    content_type: str


@files.get("/static/<name>")
def static_file(name: str) -> Response:
    """Return a file of the pages."""
    return sent(static_files().get(name))


def sent(found: StaticFile | None) -> Response:
    """Return a file as a browser takes it, again only when it has changed; 404 without one."""
    if found is None:
        abort(404)
    response = Response(found.content, content_type=found.content_type)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"  # asked for again each time; unchanged, it is not sent again
    response.make_conditional(request)
    return response


@files.get("/widget.js")
def widget_script() -> Response:
    """Return the script that a website names in its one line of HTML."""
    return static_file("widget.js")


@lru_cache(maxsize=1)
def static_files() -> Mapping[str, StaticFile]:
    """Return all files of the folder by name, read once."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> Mapping[str, StaticFile]:
    """Return the files of a folder by name, as they are sent."""
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if path.is_file()}


def _read(path: Path) -> StaticFile:
    if path.suffix == ".js":
        return StaticFile(jsmin(path.read_text(encoding="utf-8")).encode(), "text/javascript; charset=utf-8")
    if path.suffix == ".css":
        return StaticFile(cssmin(path.read_text(encoding="utf-8")).encode(), "text/css; charset=utf-8")
    return StaticFile(path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream")
