"""Which column of a file is which field: what is guessed or remembered, and what the coordinator chose."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from console.imports.faulty import own_headings
from knowledge import LANGUAGES, Offering
from knowledge.importing.mapping import guess_mapping
from knowledge.taxonomy import Taxonomy
from knowledge.text import fold

TRANSLATED = tuple(
    f"{part}:{language}" for part in ("title", "description") for language in LANGUAGES if language != "de"
)
FIELDS = tuple(name for name in Offering.model_fields if name != "translations")
_KNOWN = frozenset({*FIELDS, *TRANSLATED})

_TELLING = 3

Sheets = Sequence[Mapping[str, Any]]
Chosen = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was chosen: sheet -> column -> field, the category of rows that name none, and the key of a sentence for each fault.

    Attributes:
        faults: By the name of a control, `c<sheet>-<column>`, `category`, or `sheets` for the whole form.
    """

    columns: Chosen
    category: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def stored(self) -> Mapping[str, Any]:
        return {"columns": self.columns, "category": self.category or None}


def guessed(sheets: Sheets) -> Choice:
    """Return what the headings say."""
    columns = {}
    for sheet in sheets:
        mapping, _ = guess_mapping([column["heading"] for column in sheet["columns"]])
        samples = {column["heading"]: column["samples"] for column in sheet["columns"]}
        found = {
            str(source.column): name
            for name, source in mapping.sources.items()
            # A running number is no identifier: another offering has it once the rows are sorted.
            if name in _KNOWN and not (name == "id" and all(one.isdigit() for one in samples[source.column]))
        }
        # A sheet with hardly a heading that we know holds something else: notes, people, last year's numbers.
        columns[sheet["name"]] = found if "title" in found.values() or len(found) >= _TELLING else {}
    return Choice(columns=columns)


def stored(mapping: Mapping[str, Any]) -> Choice:
    """Return what was chosen before."""
    return Choice(columns=mapping.get("columns") or {}, category=mapping.get("category") or "")


def chosen(form: MultiDict[str, str], sheets: Sheets, taxonomy: Taxonomy) -> Choice:
    """Return what a form says, with what is wrong about it."""
    columns: dict[str, dict[str, str]] = {}
    faults: dict[str, str] = {}
    category = form.get("category", "")
    category = category if category in taxonomy.categories else ""
    for at, sheet in enumerate(sheets):
        fields: dict[str, str] = {}
        for number, column in enumerate(sheet["columns"]):
            name = form.get(f"c{at}-{number}", "")
            if name in _KNOWN:
                if name in fields.values():
                    faults[f"c{at}-{number}"] = "fault_column_twice"
                fields[column["heading"]] = name
        columns[sheet["name"]] = fields
        if fields and "title" not in fields.values():
            faults[f"c{at}-0"] = "fault_no_title_column"
        if fields and "categories" not in fields.values() and not category:
            faults["category"] = "fault_no_category_column"
    if not any(columns.values()):
        faults["sheets"] = "fault_no_columns"
    return Choice(columns=columns, category=category, faults=faults)


def digest(sheets: Sheets) -> str:
    """Return a text that is the same for the same headings, in whatever order, with or without what we add to faulty rows."""
    ours = {fold(one) for one in own_headings()}
    found = {(sheet["name"], fold(column["heading"])) for sheet in sheets for column in sheet["columns"]}
    headings = sorted(f"{sheet}\0{heading}" for sheet, heading in found if heading not in ours)
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()
