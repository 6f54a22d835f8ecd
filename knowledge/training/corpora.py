"""Public parallel text, read from the folder that `lotse train encoder --corpora` names.

Each file is gzip, tab-separated: language code, English, the same in that language. Sources and licences: NOTICE.md.
"""

import gzip
import random
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import TrainingTextError

_MOST_CHARS = 400


class Pair(NamedTuple):
    """One sentence in English and in another language (ISO 639-1)."""

    language: str
    english: str
    other: str


def read_pairs(folder: Path) -> list[Pair]:
    """Return the distinct pairs of all `*.tsv.gz` files directly in the folder, in file order.

    Raises:
        TrainingTextError: The folder holds no such file, or a line has not three columns.
    """
    files = sorted(folder.glob("*.tsv.gz"))
    if not files:
        raise TrainingTextError(f"no *.tsv.gz in {folder}; name the folder of the parallel text with --corpora")
    seen: dict[Pair, None] = {}
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                columns = line.rstrip("\n").split("\t")
                if len(columns) != 3:
                    raise TrainingTextError(f"{path.name}:{number}: want 3 columns, got {len(columns)}")
                language, english, other = columns
                if len(english) <= _MOST_CHARS and len(other) <= _MOST_CHARS:
                    seen[Pair(language, english, other)] = None
    return list(seen)


def balanced(pairs: list[Pair], *, size: int, power: float, rng: random.Random) -> list[Pair]:
    """Return `size` pairs drawn with languages weighed by their number of pairs to the power `power`."""
    by_language: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_language[pair.language].append(pair)
    weights = {language: len(group) ** power for language, group in by_language.items()}
    total = sum(weights.values())
    drawn: list[Pair] = []
    for language, group in sorted(by_language.items()):
        drawn += rng.choices(group, k=round(size * weights[language] / total))
    rng.shuffle(drawn)
    return drawn
