"""Our search beside the usual ones, on the same questions and candidates in one run: `make bench-quality [QUESTIONS=file]`.

Without a file, the questions are our own that no model was trained on, asked over the demo knowledge base at a place of one of its
alliances; what is relevant is then only known by category. With a file of judged questions, over the knowledge base of the settings.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge import UNRELATED, Knowledge, Query, broader, open_knowledge, read_settings
from knowledge.demo import FILES as DEMO_FILES
from knowledge.evaluation import MEASURES, JudgedQuestion, Judgement, answered, evaluate, read_judged
from knowledge.gathering import gather
from knowledge.importing import import_files
from knowledge.index.text_index import terms
from knowledge.ngrams import BUCKETS, features
from knowledge.training.questions import read_questions
from knowledge.training.teacher import load_teacher
from knowledge.values import Offering

_DEPTH = 10
_EVERY = 7
Scorer = Callable[[str], NDArray[np.float32]]


def main() -> None:
    """Print one line a system: the measures with their 95 % intervals, and the time of a question."""
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            knowledge = open_knowledge(read_settings())
            questions = read_judged(Path(sys.argv[1]))
        else:
            knowledge = _demo(Path(folder))
            questions = _own_questions(knowledge)
        questions = [question for question in questions if question.relevant]
        print(f"{len(questions):,} questions, {len(knowledge.store.offerings()):,} offerings")
        print(f"{'':28}" + "".join(f"{name:>22}" for name in MEASURES) + f"{'ms a question':>16}")
        _show("Bündnislotse", questions, lambda question: _ours(knowledge, question))
        for name, scorer in _baselines(knowledge.store.offerings()).items():
            _show(name, questions, lambda question, scorer=scorer: _ranked(knowledge, question, scorer))


def _show(name: str, questions: Sequence[JudgedQuestion], answer: Callable[[JudgedQuestion], Sequence[str]]) -> None:
    began = time.perf_counter()
    outcomes = answered(questions, lambda question: (answer(question), False))
    ms = 1000 * (time.perf_counter() - began) / len(questions)
    overall = evaluate(outcomes).rows[0]
    cells = [f"{overall.means[m]:.3f} [{overall.intervals[m][0]:.2f}, {overall.intervals[m][1]:.2f}]" for m in MEASURES]
    print(f"{name:28}" + "".join(f"{cell:>22}" for cell in cells) + f"{ms:16.1f}", flush=True)


def _ours(knowledge: Knowledge, question: JudgedQuestion) -> list[str]:
    found = knowledge.search(Query(text=question.text, near=question.near, limit=_DEPTH))
    return [match.offering.id for match in found.matches]


def _ranked(knowledge: Knowledge, question: JudgedQuestion, scorer: Scorer) -> list[str]:
    """Return the candidates that our search has, too, by another score; those without any words in common are left out."""
    search = knowledge.search
    snapshot = search.library.snapshot()
    today = search.today or date.today()
    query = Query(text=question.text, near=question.near)
    place = search.understand(query, snapshot, today).where.place
    rows = gather(snapshot, query, place, today, search.radius_km).rows
    of_row = {offering: row for row, offering in enumerate(sorted(snapshot.ids))}
    scores = scorer(question.text)[[of_row[snapshot.ids[row]] for row in rows]]
    order = np.argsort(-scores, kind="stable")
    return [snapshot.ids[rows[at]] for at in order if scores[at] > 0][:_DEPTH]


def _baselines(offerings: Sequence[Offering]) -> dict[str, Scorer]:
    """Return scorers over the offerings by id: words, character n-grams, and an English encoder."""
    texts = [f"{offering.title}. {offering.description}" for offering in sorted(offerings, key=lambda one: one.id)]
    words = bm25s.BM25()
    words.index([terms(text) for text in texts], show_progress=False)
    rows = _tfidf_rows(texts)
    idf = np.log((1 + len(texts)) / (1 + np.asarray((rows > 0).sum(axis=0)).ravel())) + 1
    weighted = _normalised(rows.multiply(idf).tocsr())
    teacher = load_teacher()
    vectors = teacher.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    return {
        "BM25 (bm25s)": lambda text: words.get_scores([term for term in terms(text) if term in words.vocab_dict]),
        "TF-IDF of 2- to 5-grams": lambda text: np.asarray(
            (weighted @ _normalised(_tfidf_rows([text]).multiply(idf).tocsr()).T).todense(), np.float32
        ).ravel(),
        "all-MiniLM-L6-v2": lambda text: np.asarray(
            vectors @ teacher.encode([text], normalize_embeddings=True, show_progress_bar=False)[0], np.float32
        ),
    }


def _tfidf_rows(texts: Sequence[str]) -> csr_matrix:
    found = [features(text) for text in texts]
    at = np.repeat(np.arange(len(texts)), [len(buckets) for buckets, _ in found])
    columns = np.concatenate([buckets for buckets, _ in found])
    weights = np.concatenate([values for _, values in found])
    return csr_matrix((weights, (at, columns)), shape=(len(texts), BUCKETS))


def _normalised(rows: csr_matrix) -> csr_matrix:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return rows.multiply(1 / np.maximum(length, 1e-9)[:, None]).tocsr()


def _demo(folder: Path) -> Knowledge:
    base = read_settings()
    (folder / "models").symlink_to(base.data_dir / "models")
    (folder / "places.sqlite").symlink_to(base.places_path)
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(folder), "LOTSE_ENCODER": base.encoder}))
    import_files(DEMO_FILES, store=knowledge.store, taxonomy=knowledge.taxonomy, editor="bench")
    knowledge.index()
    return knowledge


def _own_questions(knowledge: Knowledge) -> list[JudgedQuestion]:
    """Return held-back questions, each at the town of an alliance that has offerings of its category."""
    offerings = knowledge.store.offerings()
    towns = {alliance.id: alliance.postal_code for alliance in knowledge.store.alliances()}
    judged = []
    held_back = [q for q in read_questions() if q.held_back and q.need != UNRELATED]
    for number, question in enumerate(held_back[::_EVERY]):
        category = broader(question.need)
        owners = sorted({one.alliance for one in offerings if category in one.categories})
        owner = owners[number % len(owners)]
        relevant = [
            Judgement(id=one.id, grade=2) for one in offerings if one.alliance == owner and category in one.categories
        ]
        judged.append(
            JudgedQuestion(
                id=str(number), text=question.text, language=question.language, near=towns[owner], style=question.style,
                relevant=relevant,
            )
        )  # fmt: skip
    return judged


if __name__ == "__main__":
    main()
