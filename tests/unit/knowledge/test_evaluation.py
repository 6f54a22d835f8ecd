import json
import math
from pathlib import Path

import pytest

from knowledge.errors import ImportFileError
from knowledge.evaluation import JudgedQuestion, Judgement, Outcome, evaluate, measures, read_judged, write_run


def _judged(*grades: tuple[str, int]) -> list[Judgement]:
    return [Judgement(id=id_, grade=grade) for id_, grade in grades]


def _outcome(results: tuple[str, ...], relevant: list[Judgement], *, declined: bool = False) -> Outcome:
    question = JudgedQuestion(id="q", text="t", language="de", relevant=relevant)
    return Outcome(question=question, results=results, no_good_answer=declined)


def test_a_perfect_ranking_scores_one_everywhere() -> None:
    assert measures(["a", "b"], _judged(("a", 2), ("b", 1))) == dict.fromkeys(
        ("recall@1", "recall@5", "MRR@10", "nDCG@10"), 1.0
    )


def test_the_second_place_counts_half_in_mrr_and_by_log_in_ndcg() -> None:
    found = measures(["x", "a"], _judged(("a", 2)))
    assert found["recall@1"] == 0.0
    assert found["MRR@10"] == 0.5
    assert found["nDCG@10"] == pytest.approx(1 / math.log2(3))


def test_grade_one_is_the_target_only_where_there_is_no_grade_two() -> None:
    assert measures(["b"], _judged(("a", 2), ("b", 1)))["recall@1"] == 0.0
    assert measures(["b"], _judged(("b", 1)))["recall@1"] == 1.0


def test_recall_counts_the_share_of_several_targets() -> None:
    assert measures(["a", "x", "b"], _judged(("a", 2), ("b", 2), ("c", 2)))["recall@5"] == pytest.approx(2 / 3)


def test_declining_is_counted_on_both_sides() -> None:
    outcomes = [
        _outcome((), []),
        _outcome(("a",), [], declined=True),
        _outcome(("a",), []),
        _outcome(("a",), _judged(("a", 2)), declined=True),
        _outcome(("a",), _judged(("a", 2))),
    ]
    evaluation = evaluate(outcomes)
    assert evaluation.unanswerable == 3
    assert evaluation.declined_rightly == pytest.approx(2 / 3)
    assert evaluation.declined_wrongly == pytest.approx(1 / 2)
    assert evaluation.rows[0].means["recall@1"] == 1.0


def test_a_run_is_written_as_the_contract_says(tmp_path: Path) -> None:
    write_run([_outcome(("a", "b"), [], declined=True)], tmp_path / "run.jsonl")
    line = json.loads((tmp_path / "run.jsonl").read_text(encoding="utf-8"))
    assert line == {"question": "q", "results": ["a", "b"], "no_good_answer": True}


def test_a_faulty_question_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "1", "text": "x", "language": "de"}\n{"id": "2"}\n', encoding="utf-8")
    with pytest.raises(ImportFileError, match=r"q\.jsonl:2"):
        read_judged(tmp_path / "q.jsonl")
