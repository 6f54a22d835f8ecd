"""One row as a record: its cells read, its fields checked, and every fault named by its column."""

from typing import Any

from pydantic import ValidationError

from knowledge.importing.cells import converters, is_stated, yes_or_no
from knowledge.importing.mapping import Mapping
from knowledge.importing.rows import CellError, Row, RowError
from knowledge.importing.slugs import stable_id
from knowledge.opening_hours import is_readable
from knowledge.store import Record
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
# The code of a fault, by the field that has it, or by the word with which the offering's own rule begins.
_FIELD_CODES = {
    "id": "id", "alliance": "alliance", "postal_code": "postal_code", "email": "email", "url": "url", "languages": "language",
    "age_min": "age", "age_max": "age", "latitude": "position", "longitude": "position", "categories": "category",
}  # fmt: skip
_TOGETHER = {"age_min": "age_range", "valid_from": "date_range", "latitude": "position"}


def record_of(
    row: Row, mapping: Mapping | None, taxonomy: Taxonomy, alliance: str | None
) -> tuple[Record | None, list[RowError]]:
    """Return the record that a row makes, or what is wrong with it.

    Args:
        alliance: That of an offering that names none.
    """
    fields, errors = read_fields(row, mapping, taxonomy)
    kind = _kind(fields)
    if kind is Offering:
        if alliance is not None:
            fields.setdefault("alliance", alliance)
        if fields.get("title") and fields.get("alliance") and not fields.get("id"):
            fields["id"] = made_id(fields)
    if errors:
        return None, errors
    return checked(row, mapping, kind, fields, taxonomy)


def read_fields(row: Row, mapping: Mapping | None, taxonomy: Taxonomy) -> tuple[dict[str, Any], list[RowError]]:
    """Return what a row states, by field, its cells read as their fields want it; and what cannot be read."""
    fields: dict[str, Any] = dict(row.cells) if mapping is None else mapping.fields_of(row.cells)
    return fields, _converted(row, fields, mapping, taxonomy)


def made_id(fields: dict[str, Any]) -> str:
    """Return the id of an offering that names none."""
    place = str(fields.get("postal_code") or fields.get("city") or "")
    return stable_id(str(fields["alliance"]), str(fields["title"]), place)


def checked(
    row: Row, mapping: Mapping | None, kind: type[Record], fields: dict[str, Any], taxonomy: Taxonomy
) -> tuple[Record | None, list[RowError]]:
    """Return the record that fields make, and what is wrong with them."""
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
                errors.append(fault_at(row, mapping, name, value, str(error), error.code))
    return errors + _converted_translations(row, fields, mapping)


def _converted_translations(row: Row, fields: dict[str, Any], mapping: Mapping | None) -> list[RowError]:
    """Read the cells that say whether a machine translated, in place, and return what cannot be read."""
    errors = []
    for language, parts in (fields.get("translations") or {}).items() if mapping is not None else ():
        if "machine" in parts:
            try:
                parts["machine"] = yes_or_no(str(parts["machine"]))
            except CellError as error:
                value = str(parts["machine"])
                errors.append(fault_at(row, mapping, f"machine:{language}", value, str(error), error.code))
    return errors


def _unusable(row: Row, mapping: Mapping | None, record: Record, taxonomy: Taxonomy) -> list[RowError]:
    """Return what has the right form and is wrong all the same: unknown categories, unreadable opening hours."""
    if not isinstance(record, Offering):
        return []
    errors = [
        fault_at(row, mapping, "categories", code, f"no category {code!r}; `lotse categories` lists them", "category")
        for code in record.categories
        if code not in taxonomy.categories
    ]
    if record.opening_hours and not is_readable(record.opening_hours):
        problem = "not in OpenStreetMap's opening_hours syntax; write it as `Mo-Fr 08:00-16:00`, or put free text into `schedule`"
        errors.append(fault_at(row, mapping, "opening_hours", record.opening_hours, problem, "opening_hours"))
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
    return fault_at(row, mapping, name, value, message, _code(fault, name, message))


def _code(fault: Any, name: str, message: str) -> str:
    """Return what is wrong in one word."""
    if fault["type"] in {"missing", "string_too_long"}:
        return str(fault["type"])
    if not name:
        return _TOGETHER.get(message.partition(" ")[0], "form")
    return _FIELD_CODES.get(name, "form")


def fault_at(row: Row, mapping: Mapping | None, name: str, value: str, problem: str, code: str) -> RowError:
    """Return a fault by the name of its column."""
    column = mapping.column_of(name) if mapping and name else name
    return RowError(file=row.file, line=row.line, column=column, value=value, problem=problem, code=code)
