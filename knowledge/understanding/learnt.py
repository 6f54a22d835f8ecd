"""Names for needs that coordinators added since the models were made: a message with one of them means that need."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.taxonomy import broader

LearntNames = Mapping[tuple[str, ...], str]
"""The folded words of a name -> the need's or category's code."""

# How sure a message is that says nothing but the name, and one that says more.
_ALONE = 0.9
_AMONG_OTHERS = 0.6
_SHORTEST_OPEN = 5
_LONGEST_ENDING = 3
_BEGINNING = 3


def with_learnt_names(
    needs: Mapping[str, float], said: Sequence[str], residue: Sequence[str], names: LearntNames
) -> Mapping[str, float]:
    """Return the needs of a message, with that of the longest learnt name in it made likeliest.

    Args:
        said: The folded words of the message.
        residue: Those that may name a need.
    """
    found = max(_found(said, names), key=lambda one: one[1] - one[0], default=None) if names else None
    if found is None:
        return needs
    start, end, code = found
    return raised(needs, code, _ALONE if set(residue) <= set(said[start:end]) else _AMONG_OTHERS)


def raised(needs: Mapping[str, float], code: str, least: float) -> Mapping[str, float]:
    """Return the needs with one, or all finer ones of a category, at least so likely together; likeliest first."""
    within = {need: p for need, p in needs.items() if code in {need, broader(need)}}
    inside = sum(within.values())
    if inside >= least:
        return needs
    outside = sum(needs.values()) - inside
    # A need that the models do not know yet has no probability to grow from.
    within = {need: p * least / inside for need, p in within.items()} if inside else {code: least}
    rest = {need: p * (1 - least) / max(outside, 1e-9) for need, p in needs.items() if need not in within}
    return dict(sorted({**within, **rest}.items(), key=lambda item: -item[1]))


def _found(said: Sequence[str], names: LearntNames) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and code of each learnt name in a message."""
    beginnings = {word[:_BEGINNING] for word in said}
    for name, code in names.items():
        if name[0][:_BEGINNING] not in beginnings:
            continue  # most are not in a message
        for start in range(len(said) - len(name) + 1):
            if all(_is_form(word, of) for word, of in zip(said[start : start + len(name)], name, strict=True)):
                yield start, start + len(name), code


def _is_form(word: str, name: str) -> bool:
    """Return whether a word is the name's, or the name with an ending: "Ludotheken"."""
    if word == name:
        return True
    return len(name) >= _SHORTEST_OPEN and word.startswith(name) and len(word) - len(name) <= _LONGEST_ENDING
