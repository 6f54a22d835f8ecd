"""How the columns of somebody's list become the contract's fields: guessed from the headings, or written down once in a file.

A mapping file is YAML; docs/importing.md explains it with an example. Each field is one of

    street: address                                   the column of that name
    title: {template: "Kita {name}"}                  text with columns in braces; empty when all of them are
    city: {value: Berlin}                             the same for every row
    languages: {column: lang, values: {"0": en}, separator: "|"}    codes of the list's own; unknown ones are left out
    opening_hours: {hours: {Mo: [mo_from, mo_to]}}    two columns a weekday with 06:00 and 17:30
"""

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import ImportFileError
from knowledge.importing.cells import is_stated
from knowledge.text import fold
from knowledge.translation import Translation
from knowledge.values import Offering

_HEADINGS = Path(__file__).resolve().parent / "headings.yml"
_TRANSLATED = re.compile(r"(.+?)\s*\(([a-z]{2,3})\)")
_OF_TRANSLATIONS = frozenset(Translation.model_fields)
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class Source(BaseModel):
    """Where one field comes from; exactly one of column, template, value, hours is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str | None = None
    template: str | None = None
    value: Any = None
    hours: dict[str, tuple[str, str]] | None = None
    values: dict[str, Any] | None = None
    separator: str | None = None


@dataclass(frozen=True)
class Mapping:
    """Field -> where it comes from."""

    sources: AnyMapping[str, Source]

    def fields_of(self, cells: AnyMapping[str, Any]) -> dict[str, Any]:
        """Return the contract's fields of a row; those without a value are left out."""
        found = {name: _taken(source, cells) for name, source in self.sources.items()}
        stated = {name: value for name, value in found.items() if value is not None and is_stated(str(value))}
        return _with_translations(stated)

    def column_of(self, field: str) -> str:
        """Return the name of the column behind a field, for messages; the field's own where there is none."""
        source = self.sources.get(field)
        return (source and source.column) or field


def guess_mapping(header: list[str]) -> tuple[Mapping, list[str]]:
    """Return a mapping guessed from a list's headings, and the headings that nothing was found for."""
    names = _known_headings()
    sources: dict[str, Source] = {}
    unknown = []
    for heading in header:
        field = names.get(_key(heading)) or _translated_field(heading, names)
        if field and field != "machine" and field not in sources:
            sources[field] = Source(column=heading)
        elif heading:
            unknown.append(heading)
    return Mapping(sources), unknown


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        ImportFileError: It cannot be read, or a field or its source does not have its form.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ImportFileError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise ImportFileError(f"{path.name}: want one field a line, such as `street: address`")
    sources = {}
    for field, entry in content.items():
        if field not in Offering.model_fields:
            raise ImportFileError(f"{path.name}: no field {field!r}; the fields are {', '.join(Offering.model_fields)}")
        try:
            sources[field] = Source(column=entry) if isinstance(entry, str) else Source.model_validate(entry)
        except ValidationError as error:
            raise ImportFileError(f"{path.name}, {field}: {error.errors()[0]['msg']}") from error
    return Mapping(sources)


def _translated_field(heading: str, names: AnyMapping[str, str]) -> str | None:
    """Return `title:tr` for "Titel (tr)", `description:tr` for "Beschreibung (tr)", `machine:tr` for "Maschinell übersetzt (tr)"."""
    match = _TRANSLATED.fullmatch(heading.strip())
    field = names.get(_key(match[1])) if match else None
    return f"{field}:{match[2]}" if match and field in _OF_TRANSLATIONS else None


def _with_translations(fields: AnyMapping[str, Any]) -> dict[str, Any]:
    """Return the fields with those of other languages gathered under `translations`."""
    gathered: dict[str, dict[str, Any]] = {}
    for name, value in fields.items():
        part, separator, language = name.partition(":")
        if separator:
            gathered.setdefault(language, {})[part] = value
    own = {name: value for name, value in fields.items() if ":" not in name}
    return {**own, "translations": gathered} if gathered else own


def _taken(source: Source, cells: AnyMapping[str, Any]) -> Any:
    if source.hours:
        return _weekly_hours(source.hours, cells)
    if source.template:
        named = {column: str(cells.get(column, "")).strip() for column in _PLACEHOLDER.findall(source.template)}
        filled = _PLACEHOLDER.sub(lambda match: named[match[1]], source.template)
        return filled if any(named.values()) or not named else None
    if source.column is None:
        return source.value
    cell = cells.get(source.column)
    if source.values is None:
        return cell
    codes = str(cell or "").split(source.separator) if source.separator else [str(cell or "").strip()]
    translated = [source.values[code.strip()] for code in codes if code.strip() in source.values]
    return (translated or None) if source.separator else next(iter(translated), None)


def _weekly_hours(hours: AnyMapping[str, tuple[str, str]], cells: AnyMapping[str, Any]) -> str | None:
    """Return OSM opening hours from two columns a weekday; weekdays of the same hours are joined with commas."""
    by_span: dict[str, list[str]] = {}
    for weekday, (opens, closes) in hours.items():
        span = [str(cells.get(column) or "").strip() for column in (opens, closes)]
        if all(re.fullmatch(r"\d{1,2}:\d{2}", time) for time in span):
            by_span.setdefault("-".join(time.zfill(5) for time in span), []).append(weekday)
    return "; ".join(f"{','.join(days)} {span}" for span, days in by_span.items()) or None


@lru_cache(maxsize=1)
def _known_headings() -> dict[str, str]:
    content = yaml.safe_load(_HEADINGS.read_text(encoding="utf-8"))
    return {_key(name): field for field, names in content.items() for name in [field, *names]}


def _key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(heading))
