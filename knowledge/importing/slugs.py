"""Ids for what has none."""

import re
import zlib

from knowledge.text import fold_german


def stable_id(alliance: str, title: str, place: str) -> str:
    """Return the id of an offering that has none: made from alliance, title and place, so that it is the same at every import."""
    return f"{slug(f'{alliance} {title}', longest=60)}-{zlib.crc32(f'{alliance}|{title}|{place}'.encode()):08x}"


def slug(text: str, *, longest: int) -> str:
    """Return a text in small letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold_german(text)).strip("-")[:longest].strip("-")
