"""Files that the console gives to take away."""

from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from flask import Response

CSV = "text/csv"
JSON_LINES = "application/jsonl"
XLIFF = "application/xliff+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(write: Callable[[BinaryIO], object], name: str, mimetype: str) -> Response:
    """Return a file with what `write` puts into it, to be kept under a name of ASCII letters."""
    out = BytesIO()
    write(out)
    response = Response(out.getvalue(), mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
