"""XLIFF 1.2, the form that translators' programs exchange texts in: an offering is a group, its title and description are units.

1.2 and not 2.x: every translation program reads and writes it, many in practice nothing newer, and it says in one attribute
each whether a text is new, to be looked at again, or a machine's. The ids of units stay the same from export to export.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from knowledge.values import Offering

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
# What XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DONE = "translated"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, kw_only=True)
class ToTranslate:
    """An offering for a translator; `outdated` where its translation was made from another German text."""

    offering: Offering
    outdated: bool = False


def write_xliff(wanted: Iterable[ToTranslate], language: str, out: BinaryIO) -> None:
    """Write offerings for translation from German, with the translations that there are."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_name("xliff"), {"version": "1.2"})
    about = {"original": "offerings", "source-language": "de", "target-language": language, "datatype": "plaintext"}
    body = ET.SubElement(ET.SubElement(root, _name("file"), about), _name("body"))
    for one in wanted:
        offering, present = one.offering, one.offering.translations.get(language)
        group = ET.SubElement(body, _name("group"), {"id": offering.id, "resname": _writable(offering.title)})
        for part in ("title", "description"):
            german = getattr(offering, part)
            if german:
                text = getattr(present, part) if present else ""
                state = _state(one, language, text)
                unit = ET.SubElement(group, _name("trans-unit"), {"id": f"{offering.id}.{part}", _SPACE: "preserve"})
                if state["state"] == _DONE:
                    unit.set("approved", "yes")  # programs take what is not approved for unfinished
                ET.SubElement(unit, _name("source")).text = _writable(german)
                target = ET.SubElement(unit, _name("target"), state)
                target.text = _writable(text)
    ET.indent(root)
    ET.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)


def _state(one: ToTranslate, language: str, text: str) -> dict[str, str]:
    present = one.offering.translations.get(language)
    if not text or present is None:
        return {"state": "new"}
    if present.machine:
        return {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"}
    return {"state": "needs-review-translation" if one.outdated else _DONE}


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
