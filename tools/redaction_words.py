"""Writes knowledge/redaction/words: the words of each language that many parents' questions share, and those of our lists.

Run it after the authored questions changed: `python tools/redaction_words.py`.
"""

import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from knowledge.text import clean, fold  # noqa: E402
from knowledge.text import words as folded_words  # noqa: E402
from knowledge.training.questions import read_questions  # noqa: E402
from knowledge.values import LANGUAGES  # noqa: E402

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST = 4
# Nouns are capitalised in German, and Arabic letters have no case: there, names and towns are told apart by hand.
_BY_HAND = {
    "de": "ben emil greta ida mia mila paul gorlitz hamburg jena kassel rostock zwickau я",
    "ar": "علي عمر هادي الينا",
    "fa": "مهدي",
}
_WITHOUT_CASE = {"de", "ar", "fa"}


def _lexicon(language: str) -> Any:
    """Return what the search's own lists say: numbers, days, languages, what is said around a request."""
    path = _ROOT / "knowledge" / "understanding" / "lexicon" / f"{language}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    for part in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from _strings(part)


def main() -> None:
    """Write one file a language."""
    questions, small = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for question in read_questions():
        written = _WORD.findall(clean(question.text))
        questions.update({(question.language, fold(word)) for word in written})
        small.update((question.language, fold(word)) for word in written if not word[0].isupper())
    for language in LANGUAGES:
        left_out = {fold(word) for word in _BY_HAND.get(language, "").split()}
        words = {
            word
            for (of, word), count in questions.items()
            if of == language and count >= _LEAST and word not in left_out
            if language in _WITHOUT_CASE or small[language, word] > 1
        }
        words |= {word for entry in _strings(_lexicon(language)) for word in folded_words(entry.replace("*", ""))}
        lines = textwrap.fill(" ".join(sorted(words)), 118, break_long_words=False, break_on_hyphens=False)
        (_ROOT / "knowledge" / "redaction" / "words" / f"{language}.txt").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
