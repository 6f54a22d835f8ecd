"""The way of an import: read files -> rows -> records, each checked -> all written in one transaction, or none."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.importing.cells import converters, is_stated, yes_or_no
from knowledge.importing.mapping import Mapping
from knowledge.importing.rows import CellError, Row, RowError
from knowledge.importing.slugs import stable_id
from knowledge.importing.tables import read_tables
from knowledge.opening_hours import is_readable
from knowledge.store import Record, Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Guide, Offering

# What to say of a field whose form is wrong, instead of the validator's own words.
_HINTS = {
    "id": "not a usable id; write small letters, digits, - and _ (at most 80)",
    "alliance": "not an alliance's id; write small letters, digits, - and _",
    "postal_code": "not a German postal code; write it as text of five digits such as 06366",
    "email": "not an e-mail address; write it as name@example.org",
    "url": "not a web address; begin it with https://",
    "website": "not a web address; begin it with https://",
    "languages": "not language codes; write them as de, tr, ar",
    "format": "no known form; write on_site, online or home_visit",
    "covers": "not postal codes or beginnings of them; write them as 06366 or 063",
}


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did or would do. With errors nothing was written.

    Attributes:
        left_out: What else was not taken over, each as a sentence.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    dry_run: bool = False
    records: tuple[Record, ...] = field(default=(), repr=False)


def import_files(
    paths: Sequence[Path],
    *,
    store: Store,
    taxonomy: Taxonomy,
    editor: str,
    alliance: str | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    language_of: Callable[[str], str] = lambda text: "de",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportReport:
    """Import files of offerings, alliances and guides; with one faulty row nothing is written.

    A PDF, HTML or Markdown file is one guide; its id is made from the file's name.

    Args:
        alliance: The alliance of rows that name none.
        language_of: Tells the language of a guide's text.
        mapping: How columns become fields; guessed from the headings by default.

    Raises:
        ImportFileError: A file cannot be read at all.
    """
    records: list[Record] = []
    origins: dict[tuple[str, str], Row] = {}
    errors: list[RowError] = []
    known_alliances = {a.id for a in store.alliances()}
    tables = [
        table
        for path in paths
        for table in read_tables(path, mapping=mapping, alliance=alliance, taxonomy=taxonomy, language_of=language_of)
    ]
    total = sum(len(table.rows) for table in tables)
    done = 0
    for table in tables:
        errors += table.faults
        faulty = {(fault.file, fault.line) for fault in table.faults}
        for row in table.rows:
            record, faults = _record(row, table.mapping, taxonomy, alliance)
            errors += faults if (row.file, row.line) not in faulty else []
            if record is not None:
                first = origins.setdefault((type(record).__name__, record.id), row)
                if first is row:
                    records.append(record)
                else:
                    problem = f"the id stands already in {first.file}:{first.line}; give each its own"
                    errors.append(_error(row, table.mapping, "id", record.id, problem))
            done += 1
            if done % 500 == 0 or done == total:
                progress(done, total)
    unknown = tuple(dict.fromkeys(column for table in tables for column in table.unknown_columns))
    left_out = tuple(dict.fromkeys(sentence for table in tables for sentence in table.left_out))
    known_alliances |= {record.id for record in records if isinstance(record, Alliance)}
    errors += _without_alliance(records, known_alliances, origins)
    errors.sort(key=lambda error: (error.file, error.line))
    if errors:
        return ImportReport(
            errors=tuple(errors), unknown_columns=unknown, left_out=left_out, dry_run=dry_run, records=tuple(records)
        )
    counts = Counter(change.change for change in store.put(records, editor=editor, dry_run=dry_run))
    return ImportReport(
        added=counts["added"], changed=counts["changed"], unchanged=counts["unchanged"],
        unknown_columns=unknown, left_out=left_out, dry_run=dry_run, records=tuple(records),
    )  # fmt: skip


def _record(
    row: Row, mapping: Mapping | None, taxonomy: Taxonomy, alliance: str | None
) -> tuple[Record | None, list[RowError]]:
    fields: dict[str, Any] = dict(row.cells) if mapping is None else mapping.fields_of(row.cells)
    kind = _kind(fields)
    errors = _converted(row, fields, mapping, taxonomy)
    if kind is Offering:
        if alliance is not None:
            fields.setdefault("alliance", alliance)
        if fields.get("title") and fields.get("alliance") and not fields.get("id"):
            fields["id"] = stable_id(
                str(fields["alliance"]),
                str(fields["title"]),
                str(fields.get("postal_code") or fields.get("city") or ""),
            )
    if errors:
        return None, errors
    try:
        record = kind.model_validate(fields)
    except ValidationError as error:
        faults = [fault for fault in error.errors() if (fault["loc"], fault["type"]) != (("id",), "missing")]
        # An id is made by itself, unless what it is made from is missing too.
        return None, [_fault(row, mapping, fault, fields) for fault in faults or error.errors()]
    return record, _unusable(row, mapping, record, taxonomy)


def _kind(fields: dict[str, Any]) -> type[Offering] | type[Alliance] | type[Guide]:
    if "text" in fields and "categories" not in fields:
        return Guide
    if "covers" in fields or ("name" in fields and "title" not in fields):
        return Alliance
    return Offering


def _converted(row: Row, fields: dict[str, Any], mapping: Mapping | None, taxonomy: Taxonomy) -> list[RowError]:
    """Read text cells as their fields want it, in place, and return what cannot be read."""
    errors = []
    convert = converters(taxonomy)
    for name, value in list(fields.items()):
        if not isinstance(value, str):
            continue
        if mapping is not None and not is_stated(value):
            del fields[name]
        elif name in convert and (mapping is not None or name in {"valid_from", "valid_to", "checked_on"}):
            try:
                fields[name] = convert[name](value)
            except CellError as error:
                errors.append(_error(row, mapping, name, value, str(error)))
    return errors + _converted_translations(row, fields, mapping)


def _converted_translations(row: Row, fields: dict[str, Any], mapping: Mapping | None) -> list[RowError]:
    """Read the cells that say whether a machine translated, in place, and return what cannot be read."""
    errors = []
    for language, parts in (fields.get("translations") or {}).items() if mapping is not None else ():
        if "machine" in parts:
            try:
                parts["machine"] = yes_or_no(str(parts["machine"]))
            except CellError as error:
                errors.append(_error(row, mapping, f"machine:{language}", str(parts["machine"]), str(error)))
    return errors


def _unusable(row: Row, mapping: Mapping | None, record: Record, taxonomy: Taxonomy) -> list[RowError]:
    """Return what has the right form and is wrong all the same: unknown categories, unreadable opening hours."""
    if not isinstance(record, Offering):
        return []
    errors = [
        _error(row, mapping, "categories", code, f"no category {code!r}; `lotse categories` lists them")
        for code in record.categories
        if code not in taxonomy.categories
    ]
    if record.opening_hours and not is_readable(record.opening_hours):
        problem = "not in OpenStreetMap's opening_hours syntax; write it as `Mo-Fr 08:00-16:00`, or put free text into `schedule`"
        errors.append(_error(row, mapping, "opening_hours", record.opening_hours, problem))
    return errors


def _without_alliance(
    records: Sequence[Record], known: set[str], origins: dict[tuple[str, str], Row]
) -> list[RowError]:
    """Return one fault for each alliance that is missing, at the first row that names it."""
    by_owner: dict[str, list[Row]] = {}
    for record in records:
        owner = None if isinstance(record, Alliance) else record.alliance
        if owner is not None and owner not in known:
            by_owner.setdefault(owner, []).append(origins[(type(record).__name__, record.id)])
    names = ", ".join(sorted(known)) or "none"
    errors = []
    for owner, rows in by_owner.items():
        also = f" (so do {len(rows) - 1:,} more rows)" if len(rows) > 1 else ""
        problem = f"names an unknown alliance{also}; import it first, or name another with --alliance (known: {names})"
        errors.append(_error(rows[0], None, "alliance", owner, problem))
    return errors


def _fault(row: Row, mapping: Mapping | None, fault: Any, fields: dict[str, Any]) -> RowError:
    """Turn what pydantic says into a sentence about a cell."""
    name = str(fault["loc"][0]) if fault["loc"] else ""
    if name == "translations" and len(fault["loc"]) == 3:
        _, language, part = fault["loc"]
        name = f"{part}:{language}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "missing":
        message = f"{name} is missing; it must be filled in" + (
            " (or named with --alliance)" if name == "alliance" else ""
        )
    elif name in _HINTS:
        message = _HINTS[name]
    elif fault["type"] == "extra_forbidden":
        message = f"no field {name!r}; correct its name or leave it out"
    value = "" if fault["type"] == "missing" or not name else str(fields.get(name, ""))
    return _error(row, mapping, name, value, message)


def _error(row: Row, mapping: Mapping | None, name: str, value: str, problem: str) -> RowError:
    column = mapping.column_of(name) if mapping and name else name
    return RowError(file=row.file, line=row.line, column=column, value=value, problem=problem)
