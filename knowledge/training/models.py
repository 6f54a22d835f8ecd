"""The models made from our own text at set-up: needs and languages. Each is trained once, and again when its inputs change."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.encoder import Encoder
from knowledge.linear import LinearModel
from knowledge.models import LANGUAGE_MODEL, NEED_MODEL, KeyedModel
from knowledge.taxonomy import Taxonomy
from knowledge.training.language import read_other_languages, train_language_model
from knowledge.training.needs import train_need_model
from knowledge.training.questions import ChatLine, Question, names_as_questions, read_questions

_RECIPE = 4
Progress = Callable[[str, int, int], None]


def ensure_models(
    folder: Path,
    encoder: Encoder,
    taxonomy: Taxonomy,
    *,
    chat_lines: Sequence[ChatLine] = (),
    progress: Progress = lambda step, done, total: None,
) -> None:
    """Train what is missing or out of date in `folder`.

    Args:
        chat_lines: Greetings and the like, so that their language is known and no need is read into them.

    Raises:
        TrainingTextError: The authored questions are missing or not in their form.
    """
    questions = [question for question in read_questions() if not question.held_back]
    names = names_as_questions(taxonomy)
    text_key = _key([_RECIPE, *_lines(questions), *_lines(names), *chat_lines])
    _ensure(
        folder / NEED_MODEL,
        _key([text_key, encoder.id]),
        lambda: train_need_model(
            questions, taxonomy, encoder, chat_lines, progress=lambda a, b: progress("needs", a, b)
        ),
    )
    others = read_other_languages()
    _ensure(
        folder / LANGUAGE_MODEL,
        _key([text_key, *others]),
        lambda: train_language_model(
            questions, taxonomy, chat_lines, others, progress=lambda a, b: progress("languages", a, b)
        ),
    )


def _ensure(path: Path, key: str, trained: Callable[[], LinearModel]) -> None:
    keyed = KeyedModel(path)
    if keyed.key() != key:
        path.parent.mkdir(parents=True, exist_ok=True)
        keyed.save(trained(), key)


def _lines(questions: Sequence[Question]) -> list[str]:
    return [f"{q.need}|{q.language}|{q.text}" for q in questions]


def _key(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()[:16]
