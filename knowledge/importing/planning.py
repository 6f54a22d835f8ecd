"""The dry run of a coordinator's list: what each row would do to the offerings of one alliance.

Columns that the list does not have leave an offering's fields as they are; an empty cell empties its field.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from knowledge.importing.mapping import Mapping as Columns
from knowledge.importing.mapping import Source
from knowledge.importing.records import checked, fault_at, made_id, read_fields
from knowledge.importing.rows import Row, RowError
from knowledge.importing.slugs import slug
from knowledge.store import Line, Present
from knowledge.taxonomy import Taxonomy
from knowledge.text import fold
from knowledge.values import Offering

CHUNK = 500
_PLACE = ("street", "postal_code", "city")
_USABLE_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_FEWEST_COLUMNS_OF_A_TABLE = 3

Read = tuple[str, Row, Sequence[RowError]]


@dataclass
class Plan:
    """The dry run of one list, into one alliance.

    Attributes:
        alliance_name: Its name; rows may name the alliance by it.
        columns: Sheet -> how its columns become fields; sheets that are not there are left out.
        category: The category of rows that name none; None: they need one.
        present: Returns what is there of some offerings.
    """

    alliance: str
    alliance_name: str
    columns: Mapping[str, Columns]
    category: str | None
    taxonomy: Taxonomy
    present: Callable[[Sequence[str]], Mapping[str, Present]]
    _line_of: dict[str, int] = field(default_factory=dict)

    def lines(self, rows: Iterator[Read]) -> Iterator[list[Line]]:
        """Yield the lines of some rows at a time."""
        stated = (
            one
            for one in rows
            if (one[0] in self.columns and any(str(cell).strip() for cell in one[1].cells.values())) or one[2]
        )
        while chunk := list(islice(stated, CHUNK)):
            read = [self._read(*one) for one in chunk]
            present = self.present(sorted({id_ for one in read for id_ in one.ids}))
            yield [self._line(one, present) for one in read]

    def missing(self, published: Sequence[str]) -> Iterator[list[Line]]:
        """Yield a line for each published offering that no row meant, some at a time; to be asked after all rows."""
        left = [id_ for id_ in published if id_ not in self._line_of]
        for start in range(0, len(left), CHUNK):
            present = self.present(left[start : start + CHUNK])
            yield [
                Line(kind="missing", title=one.content["title"], record_id=id_, version=one.version, before=one.content)
                for id_, one in present.items()
                if one.content is not None
            ]

    def _read(self, sheet: str, row: Row, faults: Sequence[RowError]) -> "_ReadRow":
        columns = self.columns.get(sheet) or Columns({})
        filled = [text for text in row.cells.values() if str(text).strip()]
        if not faults and len(filled) == 1 and len(row.cells) >= _FEWEST_COLUMNS_OF_A_TABLE:
            return _ReadRow(sheet=sheet, row=row, columns=columns, remark=str(filled[0]))
        fields, wrong = read_fields(row, columns, self.taxonomy)
        errors = [*faults, *(one for one in wrong if not faults)]
        named = fields.pop("alliance", None)
        if named is not None and fold(str(named)) not in {self.alliance, fold(self.alliance_name)}:
            errors.append(fault_at(row, columns, "alliance", str(named), "", "alliance"))
        fields["alliance"] = self.alliance
        return _ReadRow(
            sheet=sheet, row=row, columns=columns, fields=fields, errors=errors, ids=self._ids(fields.pop("id", None), fields)
        )  # fmt: skip

    def _ids(self, given: Any, fields: dict[str, Any]) -> tuple[str, ...]:
        """Return the ids that a row may mean: its own where it is an offering's of this alliance, else one of our making.

        A list's own numbers are no ids of ours: another alliance's list may count from 1, too.
        """
        if given is None:
            return (made_id(fields),) if fields.get("title") else ()
        own = str(given).strip()
        made = slug(f"{self.alliance} {own}", longest=80)
        return (own, made) if _USABLE_ID.fullmatch(own) else (made,)

    def _line(self, read: "_ReadRow", present: Mapping[str, Present]) -> Line:
        if read.remark:
            return Line(kind="skipped", line=read.row.line, sheet=read.sheet, title=read.remark)
        id_ = next((one for one in read.ids if one in present and present[one].alliance == self.alliance), None)
        id_ = id_ or (read.ids[-1] if read.ids else None)
        errors = list(read.errors)
        if id_ is not None:
            first = self._line_of.setdefault(id_, read.row.line)
            if first != read.row.line:
                errors.append(fault_at(read.row, None, "", str(first), "", "repeated"))
        there = present.get(id_) if id_ else None
        if there is not None and there.alliance not in {self.alliance, ""}:
            errors.append(fault_at(read.row, read.columns, "id", str(id_), "", "id"))
        before = there.content if there else None
        if not errors:
            fields = {**self._merged(read, before), **({"id": id_} if id_ else {})}
            record, errors = checked(read.row, read.columns, Offering, fields, self.taxonomy)
            if isinstance(record, Offering) and not errors:
                return self._planned(read, record, there)
        faults = [{"code": one.code, "column": one.column, "value": one.value[:500]} for one in errors]
        title = str(read.fields.get("title") or "")
        cells = {name: str(text) for name, text in read.row.cells.items()}
        return Line(kind="faulty", line=read.row.line, sheet=read.sheet, title=title, faults=faults, cells=cells)

    def _merged(self, read: "_ReadRow", before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the fields that the row gives, and of an offering that is there those that the list has no column for."""
        given = {name.partition(":")[0] for name in read.columns.sources}
        fields = dict(read.fields)
        kept = {name: value for name, value in (before or {}).items() if name not in {*given, "translations"}}
        if any(fields.get(name) != (before or {}).get(name) for name in _PLACE if name in given):
            kept = {name: value for name, value in kept.items() if name not in {"latitude", "longitude"}}
        translations: dict[str, Any] = {
            language: dict(one) for language, one in (before or {}).get("translations", {}).items()
        }
        for name in read.columns.sources:
            part, _, language = name.partition(":")
            if language:
                text = (fields.get("translations") or {}).get(language, {}).get(part)
                translations.setdefault(language, {})[part] = text
        stated = {
            language: {part: text for part, text in one.items() if text is not None}
            for language, one in translations.items()
        }
        merged = {
            **kept,
            **fields,
            "translations": {language: one for language, one in stated.items() if any(one.values())},
        }
        if not merged.get("categories") and self.category:
            merged["categories"] = [self.category]
        return merged

    def _planned(self, read: "_ReadRow", offering: Offering, there: Present | None) -> Line:
        content = offering.model_dump(mode="json")
        planned = partial(
            Line, line=read.row.line, sheet=read.sheet, title=offering.title, record_id=offering.id,
            version=there.version if there else 0,
        )  # fmt: skip
        if there is None or there.content is None:
            return planned(kind="added", content=content)
        if there.state != "published":
            return planned(kind="returned", before=there.content, content=content)
        # An older version may lack fields that offerings have today.
        if content == there.content or offering == Offering.model_validate(there.content):
            return planned(kind="unchanged")
        return planned(kind="changed", before=there.content, content=content)


@dataclass(frozen=True, kw_only=True)
class _ReadRow:
    sheet: str
    row: Row
    columns: Columns
    remark: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    errors: Sequence[RowError] = ()
    ids: tuple[str, ...] = ()


def columns_of(chosen: Mapping[str, Any]) -> dict[str, Columns]:
    """Return how the columns of each sheet become fields, from sheet -> column -> field."""
    return {
        sheet: Columns({name: Source(column=heading) for heading, name in fields.items()})
        for sheet, fields in chosen.items()
        if fields
    }
