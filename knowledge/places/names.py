"""How the names of places are compared: their keys, their short forms, and what a full form adds to the short one."""

import re

from knowledge.text import fold_german, words

# Between a name and what tells it apart: "an der", "am", "im", "bei", "ob der", and how they are abbreviated.
FILLERS = frozenset(
    [
        "an",
        "am",
        "a",
        "auf",
        "bei",
        "b",
        "d",
        "dem",
        "den",
        "der",
        "des",
        "i",
        "im",
        "in",
        "la",
        "ob",
        "o",
        "u",
        "unter",
        "v",
        "vor",
        "vorm",
        "zu",
        "zum",
    ]
)
_QUALIFIER = re.compile(
    r"\s*(?:\(|/|,|\s(?:am|an|auf|bei|im|in|ob|unter|vor|zu|a\.|i\.)\s)", re.IGNORECASE
)  # fmt: skip


def key(name: str) -> str:
    """Return the words by which a name is found: folded, apart by one space, without apostrophes."""
    return " ".join(words(name)).replace("'", "")


def keys(name: str) -> set[str]:
    """Return all keys of a name: with umlauts as plain letters and as two, with and without "an der" and the like."""
    found = set()
    for written in (key(name), key(fold_german(name))):
        found |= {written, _sankt(written), without_fillers(written)}
    return {k for k in found if len(k) >= 3}


def without_fillers(written: str) -> str:
    """Return a key without the small words: "frankfurt an der oder" becomes "frankfurt oder"."""
    first, *rest = written.split() or [""]
    return " ".join([first, *(word for word in rest if word not in FILLERS)])


def base(name: str) -> str:
    """Return a name without what tells it apart: "Halle (Saale)" is "Halle", "Frankfurt am Main" is "Frankfurt"."""
    cut = _QUALIFIER.search(name)
    return name[: cut.start()].strip() if cut and cut.start() > 2 else name


def _sankt(written: str) -> str:
    """Return the other way to write a saint in a key."""
    if written.startswith("st "):
        return "sankt " + written[3:]
    return "st " + written[6:] if written.startswith("sankt ") else written
