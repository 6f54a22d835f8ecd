"""What differs between two versions of an offering, field by field, and how a page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from console.names import category_labels, language_name
from console.visitor import page_language
from widget.texts import day

# Never differ, or say nothing to a reader.
_SILENT = {"id", "alliance", "translations"}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field in two versions; `language` is that of a translation."""

    field: str
    before: Any
    after: Any
    language: str | None = None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return the fields that differ, in the order of the offering's fields.

    Args:
        before: Content as JSON fields; empty for an offering that was not there.
    """
    found = [
        Difference(field=name, before=before.get(name), after=after.get(name))
        for name in dict.fromkeys([*after, *before])
        if name not in _SILENT and not _same(before.get(name), after.get(name))
    ]
    return [*found, *_translations(before.get("translations") or {}, after.get("translations") or {})]


def written(name: str, value: Any) -> str:
    """Return a field's value in the page's language."""
    if isinstance(value, list):
        labels = dict(category_labels()) if name == "categories" else {}
        return ", ".join(labels.get(one) or language_name(one) for one in value)
    if value and name in {"valid_from", "valid_to", "checked_on"}:
        return day(page_language(), date.fromisoformat(value))
    if isinstance(value, float):
        return str(value).removesuffix(".0").replace(".", "," if page_language() == "de" else ".")
    return "" if value is None else str(value)


def _translations(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for language in sorted({*before, *after}):
        old, new = before.get(language) or {}, after.get(language) or {}
        for name in ("title", "description", "machine"):
            if not _same(old.get(name), new.get(name)):
                yield Difference(field=name, before=old.get(name), after=new.get(name), language=language)


def _same(a: Any, b: Any) -> bool:
    """Return whether two values say the same; what is empty in whatever way does."""
    return a == b or (a in (None, "", [], {}) and b in (None, "", [], {}))
