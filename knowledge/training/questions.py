"""The authored questions: one file a language beside this module (its README gives the form), and how they are split."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import TrainingTextError
from knowledge.taxonomy import UNRELATED, Taxonomy, broader
from knowledge.values import LANGUAGES

FOLDER = Path(__file__).resolve().parent / "questions"
STYLES = ("direct", "indirect", "long_story", "keyword", "colloquial", "typo", "transliterated", "mixed_language")
_HELD_BACK_OF = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a parent puts it, with the need a careful reader takes from it."""

    need: str
    style: str
    language: str
    text: str

    @property
    def held_back(self) -> bool:
        """True for one question in ten, which no model is trained on; decided by the text, so it stays the same."""
        return zlib.crc32(self.text.encode()) % _HELD_BACK_OF == 0


class ChatLine(NamedTuple):
    """A short message of a chat beside its questions ("hello", "who are you?"), and whether it tells of no need at all."""

    text: str
    language: str
    tells_no_need: bool = False


def read_questions(folder: Path = FOLDER) -> list[Question]:
    """Return all authored questions, language by language.

    Raises:
        TrainingTextError: A line does not have its form, or a folder holds no questions.
    """
    questions = [q for language in LANGUAGES for q in _read(folder / f"{language}.txt", language)]
    if not questions:
        raise TrainingTextError(f"no questions in {folder}")
    return questions


def names_as_questions(taxonomy: Taxonomy) -> list[Question]:
    """Return each need's names as keyword questions; a category's names stand for it only where it has no finer need."""
    found = []
    divided = {broader(code) for code in taxonomy.needs}
    for code in [*taxonomy.needs, *(code for code in taxonomy.categories if code not in divided)]:
        concept = taxonomy.concepts[code]
        for language in concept.labels:
            names = (concept.labels[language], *concept.other.get(language, ()))
            found += [Question(code, "keyword", language, name) for name in names]
    return found


def without_repeats(questions: Iterable[Question]) -> list[Question]:
    """Return the questions without those whose words another question has already."""
    seen: dict[str, Question] = {}
    for question in questions:
        seen.setdefault(" ".join(question.text.casefold().split()), question)
    return list(seen.values())


def _read(path: Path, language: str) -> list[Question]:
    if not path.exists():
        return []
    need, found = "", []
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            need = line[3:].strip()
        elif line:
            style, bar, text = (part.strip() for part in line.partition("|"))
            if not (bar and text and need) or (style not in STYLES and need != UNRELATED):
                raise TrainingTextError(
                    f"{path.name}:{number}: want a heading '## need', then 'style | text'; got {line[:60]!r}"
                )
            found.append(Question(need, style, language, text))
    return found
