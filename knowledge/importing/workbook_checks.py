"""Refuses workbooks that would take too much memory or time, before anything parses them. Sizes in bytes."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ImportFileError
from knowledge.importing.readers import MOST_BYTES

MOST_UNPACKED = 100_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 300
_MOST_TIMES_SMALLER = 200
_SMALL_ENOUGH = 5_000_000  # a short sheet of equal cells may well be packed so tightly
_BLOCK = 1 << 20
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(rb"<f[ />]")
_LONGEST_MARK = 48


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a look into the packed file told.

    Attributes:
        has_formulas: Whether any cell holds a formula.
        merged: Part of the file -> ranges of merged cells, such as `A2:A4`.
    """

    has_formulas: bool
    merged: Mapping[str, frozenset[str]]


def check_workbook(path: Path) -> Looked:
    """Look through a workbook's parts without parsing them.

    Raises:
        ImportFileError: It is no workbook, cut off, protected by a password, or too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ImportFileError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB; split it", code="large")
        with zipfile.ZipFile(path) as archive:
            return _look(path.name, archive)
    except OSError as error:
        raise ImportFileError(f"{path.name} cannot be opened: {error.strerror or error}") from error
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise ImportFileError(
            f"{path.name} is no workbook that can be read (cut off, old .xls, or with a password); save it as .xlsx again",
            code="no_workbook",
        ) from error


def _look(name: str, archive: zipfile.ZipFile) -> Looked:
    parts = archive.infolist()
    unpacked, packed = sum(one.file_size for one in parts), sum(one.compress_size for one in parts)
    if unpacked > MOST_UNPACKED:
        raise ImportFileError(
            f"{name} unpacks to {unpacked / 1e6:,.0f} MB, more than the {MOST_UNPACKED // 1_000_000} MB that are read; "
            "remove pictures and other sheets, or split the list",
            code="unpacks",
        )
    if unpacked > _SMALL_ENOUGH and unpacked > _MOST_TIMES_SMALLER * packed:
        raise ImportFileError(
            f"{name} unpacks to {unpacked // max(packed, 1)} times its size, which no list does; save it as .xlsx again",
            code="unpacks",
        )
    has_formulas = False
    merged: dict[str, frozenset[str]] = {}
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        rows = 0
        ranges: set[str] = set()
        for block, is_new in _blocks(archive, part):
            if _ENTITY.search(block):
                raise ImportFileError(
                    f"{name} holds XML entities, which no list needs; save it as .xlsx again", code="entities"
                )
            # A row without cells closes itself: empty formatted rows are no rows of the list.
            rows += block.count(b"</row>") - block[:is_new].count(b"</row>")
            has_formulas = has_formulas or bool(_FORMULA.search(block))
            ranges.update(found.decode() for found in _MERGED.findall(block))
        if rows > MOST_ROWS:
            raise ImportFileError(
                f"{name} has {rows:,} rows in one sheet, more than the {MOST_ROWS:,} that are read; split it",
                code="rows",
            )
        merged[part.filename] = frozenset(ranges)
    return Looked(has_formulas=has_formulas, merged=merged)


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Yield a part in blocks that begin with the end of the one before, and how much of each that is."""
    end = b""
    with archive.open(part) as content:
        while block := content.read(_BLOCK):
            yield end + block, len(end)
            end = (end + block)[-_LONGEST_MARK:]
