"""Measures how well questions are answered: recall@1, recall@5, MRR@10, nDCG@10, and how honestly they are declined.

Targets of a question are its grade-2 ids, or its grade-1 ids where it has none of grade 2; recall@k is the share of the targets
among the first k (of at most k); nDCG (Järvelin and Kekäläinen 2002) takes gains 3 and 1 over all judged ids.
"""

import json
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import ImportFileError

MEASURES = ("recall@1", "recall@5", "MRR@10", "nDCG@10")
_DEPTH = 10
_RESAMPLES = 1000


class Judgement(BaseModel):
    """One relevant record of a question: 2 does what is asked, 1 is worth showing below."""

    id: str
    grade: int


class JudgedQuestion(BaseModel):
    """A question with its judgements; an empty `relevant` means that nothing fits and the answer should say so."""

    model_config = ConfigDict(extra="ignore")
    id: str
    text: str
    language: str
    near: str | None = None
    style: str | None = None
    relevant: list[Judgement] = []


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was answered to one question."""

    question: JudgedQuestion
    results: tuple[str, ...]
    no_good_answer: bool

    @property
    def declined(self) -> bool:
        return self.no_good_answer or not self.results


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: a group of answerable questions with the mean of each measure and its 95 % interval."""

    group: str
    questions: int
    means: dict[str, float]
    intervals: dict[str, tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The table, and the shares of unanswerable questions declined and of answerable ones wrongly declined."""

    rows: tuple[Row, ...]
    unanswerable: int
    declined_rightly: float
    declined_wrongly: float


def read_judged(path: Path) -> list[JudgedQuestion]:
    """Return the judged questions of a JSON Lines file.

    Raises:
        ImportFileError: The file or a line cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ImportFileError(f"{path} cannot be opened: {error.strerror}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(JudgedQuestion.model_validate_json(line))
            except ValidationError as error:
                raise ImportFileError(f"{path.name}:{number}: {error.errors()[0]['msg']}") from error
    return found


def answered(
    questions: Sequence[JudgedQuestion], answer: Callable[[JudgedQuestion], tuple[Sequence[str], bool]]
) -> list[Outcome]:
    """Ask all questions; `answer` gives the ids, best first, and whether nothing is a good answer."""
    outcomes = []
    for question in questions:
        results, no_good_answer = answer(question)
        outcomes.append(
            Outcome(question=question, results=tuple(dict.fromkeys(results)), no_good_answer=no_good_answer)
        )
    return outcomes


def evaluate(outcomes: Sequence[Outcome]) -> Evaluation:
    """Return the measures over all answerable questions, per language, and per style where it is given."""
    answerable = [outcome for outcome in outcomes if outcome.question.relevant]
    hopeless = [outcome for outcome in outcomes if not outcome.question.relevant]
    groups: dict[str, list[Outcome]] = {"overall": list(answerable)}
    for outcome in sorted(answerable, key=lambda outcome: outcome.question.language):
        groups.setdefault(f"language {outcome.question.language}", []).append(outcome)
    for outcome in sorted(answerable, key=lambda outcome: outcome.question.style or ""):
        if outcome.question.style:
            groups.setdefault(f"style {outcome.question.style}", []).append(outcome)
    return Evaluation(
        rows=tuple(_row(name, group) for name, group in groups.items() if group),
        unanswerable=len(hopeless),
        declined_rightly=_mean([float(outcome.declined) for outcome in hopeless]),
        declined_wrongly=_mean([float(outcome.declined) for outcome in answerable]),
    )


def measures(results: Sequence[str], relevant: Sequence[Judgement]) -> dict[str, float]:
    """Return the four measures of one answerable question."""
    grades = {judgement.id: judgement.grade for judgement in relevant}
    targets = {id_ for id_, grade in grades.items() if grade == 2} or set(grades)
    first = next((rank for rank, id_ in enumerate(results[:_DEPTH], 1) if id_ in targets), None)
    gained = sum((2 ** grades.get(id_, 0) - 1) / math.log2(rank + 1) for rank, id_ in enumerate(results[:_DEPTH], 1))
    best = sum(
        (2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(sorted(grades.values())[::-1][:_DEPTH], 1)
    )
    recall = {k: len(targets & set(results[:k])) / min(k, len(targets)) for k in (1, 5)}
    return dict(zip(MEASURES, (recall[1], recall[5], 1 / first if first else 0.0, gained / best), strict=True))


def write_run(outcomes: Sequence[Outcome], path: Path) -> None:
    """Write one line a question: its id, the result ids, and whether nothing was a good answer."""
    with path.open("w", encoding="utf-8") as file:
        for outcome in outcomes:
            line = {
                "question": outcome.question.id,
                "results": outcome.results,
                "no_good_answer": outcome.no_good_answer,
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _row(group: str, outcomes: Sequence[Outcome]) -> Row:
    each = [measures(outcome.results, outcome.question.relevant) for outcome in outcomes]
    return Row(
        group=group,
        questions=len(each),
        means={name: _mean([one[name] for one in each]) for name in MEASURES},
        intervals={name: _interval([one[name] for one in each]) for name in MEASURES},
    )


def _interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap percentile interval of the mean (Efron 1979), with a fixed seed."""
    rng = random.Random(7)
    means = sorted(_mean(rng.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
