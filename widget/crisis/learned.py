"""A second look at messages that no pattern names: a small model of written examples. It may be missing; the patterns never are."""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.encoder import Encoder
from knowledge.linear import LinearModel, train
from knowledge.models import KeyedModel
from knowledge.values import LANGUAGES, written_language
from widget.crisis.recognition import KINDS, Crisis, Kind, check

CRISIS_MODEL = "crisis.npz"
_log = logging.getLogger(__name__)
_EXAMPLES = Path(__file__).resolve().parent / "examples"
_ORDINARY = "ordinary"
_RECIPE = 1
_HELD_BACK_OF = 10
# Tuned on held-back examples and questions: recall before precision, with few parents who only ask shown a hotline.
_SURE = 0.65
_WEIGHT = 3.0
# In fewer words nothing is hinted at that the patterns would not name.
_FEWEST_WORDS = 5


class Example(NamedTuple):
    """One message, and what it speaks of: a kind of crisis, or `ordinary`."""

    kind: str
    text: str
    language: str

    @property
    def held_back(self) -> bool:
        """True for one example in ten, which the model is not trained on."""
        return zlib.crc32(self.text.encode()) % _HELD_BACK_OF == 0


@dataclass
class SecondLook:
    """The whole crisis check: the patterns, then the model, where there is one.

    Attributes:
        path: Where the model lies.
        encoder: Gives the encoder whose vectors the model was trained with; called at the first message.
    """

    path: Path
    encoder: Callable[[], Encoder]
    _broken: bool = field(default=False, init=False)

    def __call__(self, text: str, language: str) -> Crisis | None:
        """Return the crisis that a message speaks of, or None; see `widget.crisis.check`."""
        found = check(text, language)
        if found is not None or self._broken or len(text.split()) < _FEWEST_WORDS or text.startswith("/"):
            return found
        try:
            kind = self.kind(text)
        except Exception as error:
            # Whatever is wrong with it stays wrong until the next start; the patterns go on.
            self._broken = True
            _log.warning("no second look for crises (%s); `lotse prepare` makes it", type(error).__name__)
            return None
        return Crisis(kind=kind, language=written_language(language)) if kind else None

    def kind(self, text: str) -> Kind | None:
        """Return the likeliest kind of crisis, None when the message is more likely ordinary.

        Raises:
            ModelMissingError: The model has not been made.
        """
        likely = self._model.probabilities(text, self._encoder.encode_queries([text])[0])
        if 1.0 - likely[_ORDINARY] < _SURE:
            return None
        return max(KINDS, key=lambda kind: likely.get(kind, 0.0))

    @cached_property
    def _model(self) -> LinearModel:
        return KeyedModel(self.path).load()

    @cached_property
    def _encoder(self) -> Encoder:
        return self.encoder()


def read_examples() -> list[Example]:
    """Return the written examples, `kind | message` a line, language by language.

    Raises:
        ValueError: A line does not have its form.
    """
    found = []
    for language in LANGUAGES:
        path = _EXAMPLES / f"{language}.txt"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            kind, bar, text = (part.strip() for part in line.partition("|"))
            if not line.strip():
                continue
            if not bar or not text or kind not in {*KINDS, _ORDINARY}:
                raise ValueError(f"{path.name}:{number}: want 'kind | message', got {line[:60]!r}")
            found.append(Example(kind, text, language))
    return found


def ensure_crisis_model(
    path: Path,
    encoder: Encoder,
    ordinary: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Train the model on the examples and on ordinary messages, unless it was made from the same.

    Args:
        ordinary: What people write who are in no danger.
    """
    taught = [example for example in read_examples() if not example.held_back]
    written = repr((_RECIPE, encoder.id, taught, ordinary))
    key = hashlib.sha256(written.encode()).hexdigest()[:16]
    keyed = KeyedModel(path)
    if keyed.key() == key:
        return
    texts = [*(example.text for example in taught), *ordinary]
    kinds = [*(example.kind for example in taught), *([_ORDINARY] * len(ordinary))]
    weights = np.array([1.0 if kind == _ORDINARY else _WEIGHT for kind in kinds], np.float32)
    model = train(
        texts, kinds, vectors=encoder.encode_queries(texts), sample_weights=weights, epochs=12, rate=10.0, dropout=0.4,
        progress=progress,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    keyed.save(model, key)
