"""Reads the taxonomy: needs.yml (codes and scope notes) and labels/<language>.yml (names), and an alliance's additions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import TaxonomyError
from knowledge.text import fold
from knowledge.values import LANGUAGES, written_language

SHIPPED = Path(__file__).resolve().parent
UNRELATED = "unrelated"
_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)?")
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

    @cached_property
    def category_names(self) -> Mapping[str, str]:
        """Code of each category by its folded code and names, in every language."""
        return {fold(name): code for code in self.categories for name in self._names(code)}

    def _names(self, code: str) -> list[str]:
        concept = self.concepts[code]
        return [code, *concept.labels.values(), *(name for group in concept.other.values() for name in group)]

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

    The folder's labels take the place of the shipped ones and its other names stand beside them; a name of a need that only
    the folder has is no longer another's.

    Raises:
        TaxonomyError: A file is not readable or not in its form, or names a code that no needs.yml has.
    """
    shipped = _notes(SHIPPED / "needs.yml")
    added = {} if extra is None else _added(extra)
    notes = {**shipped, **added}
    for code in notes:
        if broader(code) not in notes:
            raise TaxonomyError(f"{code!r} is under no category; add {broader(code)!r} to needs.yml, or correct it")
    labels: dict[str, dict[str, str]] = {code: {} for code in notes}
    other: dict[str, dict[str, tuple[str, ...]]] = {code: {} for code in notes}
    for folder in [SHIPPED] + ([extra] if extra else []):
        for language, code, label, names in _read_names(folder, notes):
            if label:
                labels[code][language] = label
            other[code][language] = (*other[code].get(language, ()), *names)
    for code in notes:
        if "de" not in labels[code]:
            raise TaxonomyError(f"{code!r} has no German label; add `{code}: {{label: …}}` to labels/de.yml")
    own = added.keys() - shipped.keys()
    taken = {fold(name) for code in own for name in (*labels[code].values(), *chain(*other[code].values()))}
    for code in shipped if taken else ():
        other[code] = {
            language: tuple(name for name in names if fold(name) not in taken)
            for language, names in other[code].items()
        }
    return Taxonomy(
        {
            code: Concept(code=code, note=notes[code], labels=labels[code], other=other[code])
            for code in _in_order(notes)
        }
    )


@lru_cache(maxsize=1)
def typical_ages() -> Mapping[str, tuple[float, float]]:
    """Return the needs whose name tells the child's age, with it: years, from the first (included) to the second (not)."""
    ages = _mapping(SHIPPED / "typical_ages.yml")
    return {need: (float(first), float(last)) for need, (first, last) in ages.items()}


def _added(folder: Path) -> dict[str, str]:
    """Return the needs of an alliance's own folder; one that only holds names adds none."""
    if (folder / "needs.yml").exists():
        return _notes(folder / "needs.yml")
    if not (folder / "labels").is_dir():
        raise TaxonomyError(f"{folder} has neither needs.yml nor a folder labels; correct LOTSE_TAXONOMY_DIR")
    return {}


def _notes(path: Path) -> dict[str, str]:
    notes = _mapping(path)
    for code, note in notes.items():
        if not _CODE.fullmatch(str(code)) or code == UNRELATED:
            raise TaxonomyError(
                f"{path}: {code!r} is no code; write `category` or `category.need`, in small letters, digits and _"
            )
        if not isinstance(note, str):
            raise TaxonomyError(f"{path}, {code}: want a sentence that says what is meant, got {note!r}")
    return notes


def _read_names(folder: Path, notes: Mapping[str, str]) -> Iterator[tuple[str, str, str | None, list[str]]]:
    """Yield language, code, label and other names of each entry, in the languages' order."""
    paths = {path.stem: path for path in (folder / "labels").glob("*.y*ml")}
    for language, path in paths.items():
        if language not in LANGUAGES or path.suffix != ".yml":
            raise TaxonomyError(f"{path}: want a file named {', '.join(LANGUAGES)} and .yml")
    for language in filter(paths.__contains__, LANGUAGES):
        for code, entry in _mapping(paths[language]).items():
            if code not in notes:
                raise TaxonomyError(
                    f"{paths[language]} names {code!r}, which needs.yml does not have; add it there or correct it"
                )
            yield language, code, *_names(entry, f"{paths[language]}, {code}")


def _names(entry: Any, where: str) -> tuple[str | None, list[str]]:
    """Return label and other names of an entry `{label: text, other: [text, …], hidden: [text, …]}`; each may be missing."""
    if not isinstance(entry, dict) or not entry or set(entry) - {"label", "other", "hidden"}:
        raise TaxonomyError(f"{where}: want `label`, `other` and `hidden` under the code, got {entry!r}")
    label, names = entry.get("label"), [*_listed(entry, "other", where), *_listed(entry, "hidden", where)]
    if "label" in entry and (not isinstance(label, str) or not label.strip()):
        raise TaxonomyError(f"{where}: want a text as label, got {label!r}")
    return label, names


def _listed(entry: Mapping[str, Any], key: str, where: str) -> list[str]:
    names = entry.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, (str, int, float)) for name in names):
        raise TaxonomyError(f"{where}: want a list of names as {key}, such as [Krippe, Kiga], got {names!r}")
    return [str(name) for name in names]


def _in_order(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: "." in code)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise TaxonomyError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise TaxonomyError(f"{path} does not hold a mapping of codes")
    return content
