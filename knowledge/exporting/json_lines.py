"""JSON Lines with the contract's fields: imported into an empty store, they give the same store."""

import json
from typing import BinaryIO

from knowledge.exporting.selection import Selection


def write_json_lines(selection: Selection, out: BinaryIO) -> None:
    """Write alliances, offerings and guides, one object a line, in UTF-8."""
    for record in (*selection.alliances, *selection.offerings, *selection.guides):
        line = json.dumps(record.model_dump(mode="json"), ensure_ascii=False)
        out.write(line.encode() + b"\n")
