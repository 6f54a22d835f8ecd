"""Offerings as a table of texts with German headings, as the importer reads them; translations have columns of their own."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.values import Offering

_WORDS = Path(__file__).resolve().parent / "german.yml"


def rows(offerings: Sequence[Offering]) -> Iterator[list[str]]:
    """Yield the headings, then one row an offering; an empty text where nothing is stated."""
    languages = sorted({language for one in offerings for language in one.translations})
    by_machine = sorted({language for one in offerings for language, t in one.translations.items() if t.machine})
    headings = words()["headings"]
    translated = [f"{headings[part]} ({language})" for language in languages for part in ("title", "description")]
    yield [*headings.values(), *translated, *(f"{words()['machine']} ({language})" for language in by_machine)]
    for one in offerings:
        cells = [_text(name, getattr(one, name)) for name in headings]
        for language in languages:
            translation = one.translations.get(language)
            cells += [translation.title, translation.description] if translation else ["", ""]
        machines = [one.translations.get(language) for language in by_machine]
        cells += [_text("machine", True) if translation and translation.machine else "" for translation in machines]
        yield cells


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return headings and the words of cells."""
    content: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return content


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "format":
        return str(words()["formats"][value])
    if isinstance(value, bool):
        return str(words()["yes" if value else "no"])
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", ",")
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value)
