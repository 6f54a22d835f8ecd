"""The few sentences of a section that answer a question, word for word."""

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.guides.sections import sentences

_MOST_SENTENCES = 3
_WORTH_OF_BEST = 0.7


def quote(text: str, question: NDArray[np.float32], encoder: Encoder) -> str:
    """Return the sentence closest to a question with those beside it that come close too, in the text's order.

    Args:
        question: Unit-length vector, shape (dim,).
    """
    found = sentences(text)
    if len(found) <= 1:
        return text
    closeness = encoder.encode_passages(found) @ question
    best = int(np.argmax(closeness))
    first = last = best
    while last - first + 1 < _MOST_SENTENCES:
        beside = [row for row in (first - 1, last + 1) if 0 <= row < len(found)]
        closest = max(beside, key=lambda row: closeness[row], default=None)
        if closest is None or closeness[closest] < _WORTH_OF_BEST * closeness[best]:
            break
        first, last = min(first, closest), max(last, closest)
    return " ".join(found[first : last + 1])
