"""Keeps texts within a platform's limits: cut between paragraphs, sentences or words, and never inside what reads as one letter."""

import regex

_LETTER = regex.compile(r"\X")
_ELLIPSIS = "…"
# Where a text may be parted, best first: between paragraphs, lines, sentences, words.
_SEAMS = (regex.compile(r"\n{2,}"), regex.compile(r"\n"), regex.compile(r"(?<=[.!?؟…:])\s"), regex.compile(r"\s"))
# A seam nearer to the beginning would leave a piece that is hardly one.
_LEAST_PART = 0.3


def length(text: str) -> int:
    """Return the length of a text in UTF-16 units, the largest of the ways in which platforms count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` units; a longer one ends after a word, with an ellipsis."""
    if length(text) <= most:
        return text
    head = _head(text, most - 1)
    words = head if text[len(head) :][:1].isspace() else regex.sub(r"\s+\S*$", "", head)
    kept = words if len(words) >= len(head) * _LEAST_PART else head
    return kept.rstrip(" ,;:–-(") + _ELLIPSIS


def pieces(text: str, most: int) -> list[str]:
    """Return a text as pieces of at most `most` units, none of them blank."""
    found = []
    rest = text.strip()
    while length(rest) > most:
        head = _head(rest, most)
        end = _best_end(rest, len(head))
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [piece for piece in [*found, rest] if piece]


def _best_end(text: str, most: int) -> int:
    """Return where to part a text, at most `most` characters after its beginning."""
    for seam in _SEAMS:
        # One character more: what ends just here needs no other seam.
        last = max((one.start() for one in seam.finditer(text, 0, most + 1)), default=0)
        if last > most * _LEAST_PART:
            return last
    return most


def _head(text: str, most: int) -> str:
    """Return the whole letters at the beginning of a text that fit; of one letter piled up beyond all measure, as much as fits."""
    end = used = 0
    for letter in _LETTER.finditer(text):
        used += length(letter[0])
        if used > most:
            break
        end = letter.end()
    if end:
        return text[:end]
    raw = text.encode("utf-16-le", "surrogatepass")[: most * 2]
    return raw.decode("utf-16-le", "ignore")
