"""Scripts, styles and pictures of the pages, without comments and blanks: a parent's connection may be slow."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request
from rcssmin import cssmin
from rjsmin import jsmin

from widget.leaflet import leaflet_script, leaflet_style

files = Blueprint("files", __name__)
FOLDER = Path(__file__).resolve().parent / "static"
_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    content_type: str


@files.get("/static/<name>")
def static_file(name: str) -> Response:
    """Return a file of the pages."""
    return sent(static_files().get(name))


@files.get("/widget.js")
def widget_script() -> Response:
    """Return the script that a website names in its one line of HTML."""
    return sent(static_files()["widget.js"])


@files.get("/leaflet/<name>")
def leaflet_file(name: str) -> Response:
    """Return the script or the style of the library that shows maps."""
    return sent(_leaflet_files().get(name))


def sent(found: StaticFile | None) -> Response:
    """Return a file as a browser takes it, again only when it has changed; 404 without one."""
    if found is None:
        abort(404)
    response = Response(found.content, content_type=found.content_type)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"  # asked for again each time; unchanged, it is not sent again
    response.make_conditional(request)
    return response


@lru_cache(maxsize=1)
def static_files() -> Mapping[str, StaticFile]:
    """Return all files of the folder by name, read once."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> Mapping[str, StaticFile]:
    """Return the files of a folder by name, as they are sent."""
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if path.is_file()}


@lru_cache(maxsize=1)
def _leaflet_files() -> Mapping[str, StaticFile]:
    return {
        "leaflet.js": StaticFile(leaflet_script().encode(), _SCRIPT),
        "leaflet.css": StaticFile(leaflet_style().encode(), _STYLE),
    }


def _read(path: Path) -> StaticFile:
    if path.suffix == ".js":
        return StaticFile(jsmin(path.read_text(encoding="utf-8")).encode(), _SCRIPT)
    if path.suffix == ".css":
        return StaticFile(cssmin(path.read_text(encoding="utf-8")).encode(), _STYLE)
    return StaticFile(path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream")
