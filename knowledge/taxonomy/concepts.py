"""Reads the taxonomy: needs.yml (codes and scope notes) and labels/<language>.yml (names), and an alliance's additions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import TaxonomyError
from knowledge.values import LANGUAGES, written_language

SHIPPED = Path(__file__).resolve().parent
UNRELATED = "unrelated"
# libyaml reads these thousands of lines ten times as fast, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A need (SKOS concept): its scope note and, per language, one label and other names."""

    code: str
    note: str
    labels: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def broader(self) -> str | None:
        """The category above a finer need; None for a category."""
        return broader(self.code) if "." in self.code else None

    def label(self, language: str) -> str:
        """Return the name in a language, else in German, else the code."""
        return self.labels.get(written_language(language)) or self.labels.get("de") or self.code


@dataclass(frozen=True)
class Taxonomy:
    """All concepts by code, categories before their finer needs."""

    concepts: Mapping[str, Concept]

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(code for code in self.concepts if "." not in code)

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(code for code in self.concepts if "." in code)

    def label(self, code: str, language: str) -> str:
        """Return the label of a code, or the code itself if it is unknown."""
        concept = self.concepts.get(code)
        return concept.label(language) if concept else code


@lru_cache(maxsize=1024)
def broader(code: str) -> str:
    """Return the category of a need; a category is its own."""
    return code.partition(".")[0]


@lru_cache(maxsize=4)
def load_taxonomy(extra: Path | None = None) -> Taxonomy:
    """Return the shipped taxonomy with the additions of one more folder of the same form.

    Raises:
        TaxonomyError: A file is not readable or names a code that needs.yml does not have.
    """
    folders = [SHIPPED] + ([extra] if extra else [])
    notes: dict[str, str] = {}
    for folder in folders:
        notes.update(_mapping(folder / "needs.yml"))
    names: dict[str, dict[str, Any]] = {code: {} for code in notes}
    for folder in folders:
        for language in LANGUAGES:
            path = folder / "labels" / f"{language}.yml"
            if path.exists():
                for code, entry in _mapping(path).items():
                    if code not in names:
                        raise TaxonomyError(
                            f"{path} names {code!r}, which needs.yml does not have; add it there or correct it"
                        )
                    names[code][language] = entry
    return Taxonomy({code: _concept(code, notes[code], names[code]) for code in _in_order(notes)})


def _concept(code: str, note: str, entries: Mapping[str, Any]) -> Concept:
    if "." in code and not broader(code):
        raise TaxonomyError(f"{code!r} has no category before its dot")
    return Concept(
        code=code,
        note=note,
        labels={language: str(entry["label"]) for language, entry in entries.items()},
        other={
            language: tuple(str(name) for name in [*(entry.get("other") or ()), *(entry.get("hidden") or ())])
            for language, entry in entries.items()
        },
    )


def _in_order(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: "." in code)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise TaxonomyError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise TaxonomyError(f"{path} does not hold a mapping of codes")
    return content
