"""Reads XLIFF 1.2 as translators' programs give it back: units with their source, target and state."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from knowledge.xliff.writing import NAMESPACE

MOST_BYTES = 10_000_000
_MOST_UNITS = 10_000
_MOST_TAGS = 30 * _MOST_UNITS
_IN = {"x": NAMESPACE}
_BY_MACHINE = frozenset({"mt-suggestion", "leveraged-mt"})
_LOOKED_AT = frozenset({"translated", "final", "signed-off"})
Fault = Literal["large", "xml", "xliff", "version", "source", "target", "empty", "many"]


class XliffError(Exception):
    """A file cannot be taken at all; `fault` tells why, as the code of a sentence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One text of a file.

    Attributes:
        offering_id, part: What the unit's id says; `part` is "title" or "description" in files of ours.
        looked_at: True where its state says that somebody has finished it.
        waits: True where its state says that nobody has.
        machine: True where a machine made it and nobody has finished it.
    """

    offering_id: str
    part: str
    source: str
    target: str
    looked_at: bool
    waits: bool
    machine: bool


@dataclass(frozen=True, kw_only=True)
class XliffFile:
    """What a file holds: its units in their order, all into one language (ISO 639-1)."""

    language: str
    units: tuple[Unit, ...]


def read_xliff(content: bytes) -> XliffFile:
    """Return the units of a file.

    Raises:
        XliffError: It is none that we could have exported.
    """
    if len(content) > MOST_BYTES:
        raise XliffError("large")
    if content.count(b"<") > _MOST_TAGS:  # building them takes seconds and a hundred times the memory
        raise XliffError("many")
    try:
        root: ET.Element = fromstring(content, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError):
        raise XliffError("xml") from None
    if root.tag != f"{{{NAMESPACE}}}xliff":
        raise XliffError("version" if root.tag.endswith("}xliff") else "xliff")
    files = root.findall("x:file", _IN)
    units = tuple(_unit(unit) for unit in _units(root))
    if not units:
        raise XliffError("empty")
    if len(units) > _MOST_UNITS:
        raise XliffError("many")
    if any(_code(file.get("source-language")) != "de" for file in files):
        raise XliffError("source")
    languages = {_code(file.get("target-language")) for file in files}
    if len(languages) != 1 or not re.fullmatch("[a-z]{2,3}", language := languages.pop()) or language == "de":
        raise XliffError("target")
    return XliffFile(language=language, units=units)


def _units(root: ET.Element) -> Iterator[ET.Element]:
    return root.iterfind(".//x:trans-unit", _IN)


def _unit(unit: ET.Element) -> Unit:
    offering_id, _, part = unit.get("id", "").rpartition(".")
    source, target = unit.find("x:source", _IN), unit.find("x:target", _IN)
    state = "" if target is None else target.get("state", "")
    approved = unit.get("approved") == "yes"
    qualifier = "" if target is None else target.get("state-qualifier", "")
    looked_at = approved or state in _LOOKED_AT
    return Unit(
        offering_id=offering_id, part=part, source=_text(source), target=_text(target), looked_at=looked_at,
        waits=not looked_at and (state == "new" or state.startswith("needs-")),
        machine=qualifier in _BY_MACHINE and not looked_at,
    )  # fmt: skip


def _text(element: ET.Element | None) -> str:
    """Return a text without the marks that programs put into it."""
    return "" if element is None else "".join(element.itertext()).strip()


def _code(language: str | None) -> str:
    return re.split("[-_]", (language or "").lower())[0]
