"""Trains the shipped encoder: a static multilingual student, first of an English teacher, then on our own questions.

1. Distillation over parallel text: a sentence goes where the teacher puts its English translation (Reimers and Gurevych
   2020), the teacher's vectors reduced by PCA; beside it in-batch InfoNCE between the two languages.
2. Our own text: questions of one need attract each other across languages (supervised contrastive, Khosla et al. 2020; other
   questions of the same category are neither friends nor enemies), while some parallel text is kept in, so that nothing is unlearned.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.taxonomy import UNRELATED, Taxonomy, broader
from knowledge.training.corpora import Pair, balanced, read_pairs
from knowledge.training.noise import carelessly
from knowledge.training.questions import Question, names_as_questions, read_questions
from knowledge.training.teacher import teacher_vectors
from knowledge.training.tokenizer import TokenBags, train_tokenizer

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All numbers of a training; the model card repeats them."""

    seed: int = 7
    tokens: int = 64_000
    dim: int = 256
    pairs: int = 900_000
    power: float = 0.4
    steps: int = 10_000
    batch: int = 512
    rate: float = 0.003
    teacher_weight: float = 4.0
    temperature: float = 0.05
    token_dropout: float = 0.1
    own_steps: int = 4_000
    own_batch: int = 512
    own_rate: float = 0.001
    own_temperature: float = 0.07
    own_weight: float = 0.5


def train_encoder(
    out: Path, *, corpora: Path, cache: Path, taxonomy: Taxonomy, recipe: Recipe, progress: Progress
) -> None:
    """Train and write the model folder, loadable by sentence-transformers and by model2vec (int8 rows with a scale each).

    Raises:
        TrainingTextError: Parallel text, teacher or questions are missing.
    """
    rng = random.Random(recipe.seed)
    pairs = read_pairs(corpora)
    questions = [q for q in read_questions() if not q.held_back] + names_as_questions(taxonomy)
    english = sorted({pair.english for pair in pairs})
    teacher = _reduced(
        teacher_vectors(english, cache=cache, progress=lambda a, b: progress("teacher", a, b)), recipe.dim
    )
    drawn = balanced(pairs, size=recipe.pairs, power=recipe.power, rng=rng)
    progress("tokenizer", 0, 1)
    tokenizer = train_tokenizer(_vocabulary_text(drawn, questions, rng), size=recipe.tokens)
    progress("tokenizer", 1, 1)
    row_of = {sentence: row for row, sentence in enumerate(english)}
    parallel = _Parallel(
        english=TokenBags(tokenizer, [p.english for p in drawn]),
        other=TokenBags(tokenizer, [_sometimes_careless(p.other, p.language, rng) for p in drawn]),
        target=np.array([row_of[p.english] for p in drawn]),
        teacher=teacher,
    )
    trainer = _Trainer(tokenizer.get_vocab_size(), recipe)
    for step in range(recipe.steps):
        trainer.step([(1.0, lambda: trainer.parallel_loss(parallel))], rate=recipe.rate * (1 - step / recipe.steps))
        if step % 50 == 49:
            progress("distillation", step + 1, recipe.steps)
    own = _Own.of(tokenizer, questions, rng)
    for step in range(recipe.own_steps):
        trainer.step(
            [(1.0, lambda: trainer.own_loss(own)), (recipe.own_weight, lambda: trainer.parallel_loss(parallel))],
            rate=recipe.own_rate * (1 - step / recipe.own_steps),
        )
        if step % 50 == 49:
            progress("own questions", step + 1, recipe.own_steps)
    write_model(out, tokenizer, trainer.weights())


def write_model(out: Path, tokenizer: Any, weights: NDArray[np.float32]) -> None:
    """Write token vectors, shape (tokens, dim), as int8 with one scale a row."""
    from safetensors.numpy import save_file

    out.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127.0
    quantised = np.round(weights / scale[:, None]).astype(np.int8)
    save_file({"embeddings": quantised, "weights": scale.astype(np.float32)}, out / "model.safetensors")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    config = {"model_type": "model2vec", "architectures": ["StaticModel"], "hidden_dim": weights.shape[1], "normalize": True,
              "embedding_dtype": "int8"}  # fmt: skip
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    modules = [
        {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (out / "modules.json").write_text(json.dumps(modules, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class _Parallel:
    english: TokenBags
    other: TokenBags
    target: NDArray[np.int64]
    teacher: NDArray[np.float32]


@dataclass(frozen=True)
class _Own:
    """Our questions, plain and careless, with their need and category as numbers."""

    bags: TokenBags
    need: NDArray[np.int64]
    category: NDArray[np.int64]

    @classmethod
    def of(cls, tokenizer: Any, questions: list[Question], rng: random.Random) -> "_Own":
        related = [q for q in questions if q.need != UNRELATED]
        texts = [q.text for q in related] + [carelessly(q.text, q.language, rng) for q in related]
        needs = sorted({q.need for q in related})
        categories = sorted({broader(need) for need in needs})
        need = np.array([needs.index(q.need) for q in related] * 2)
        category = np.array([categories.index(broader(q.need)) for q in related] * 2)
        return cls(TokenBags(tokenizer, texts), need, category)


class _Trainer:
    """Token vectors under sparse Adam; one thread, since two on busy cores are slower."""

    def __init__(self, tokens: int, recipe: Recipe) -> None:
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(recipe.seed)
        self._torch = torch
        self._recipe = recipe
        self._rng = np.random.default_rng(recipe.seed)
        self._bag = torch.nn.EmbeddingBag(tokens, recipe.dim, mode="mean", sparse=True)
        torch.nn.init.normal_(self._bag.weight, std=0.05)
        self._optimiser: Any = torch.optim.SparseAdam(list(self._bag.parameters()), lr=recipe.rate)

    def step(self, losses: list[tuple[float, Callable[[], Any]]], *, rate: float) -> None:
        for group in self._optimiser.param_groups:
            group["lr"] = max(rate, 1e-6)
        self._optimiser.zero_grad()
        for weight, loss in losses:
            (weight * loss()).backward()
        self._optimiser.step()

    def parallel_loss(self, parallel: _Parallel) -> Any:
        functional = self._torch.nn.functional
        rows = self._rng.integers(len(parallel.target), size=self._recipe.batch)
        english, other = self._embed(parallel.english, rows), self._embed(parallel.other, rows)
        target = self._torch.from_numpy(parallel.teacher[parallel.target[rows]])
        away = 2.0 - (english * target).sum(1) - (other * target).sum(1)
        similar = english @ other.T / self._recipe.temperature
        same = self._torch.from_numpy(parallel.target[rows][:, None] == parallel.target[rows][None, :])
        similar = similar.masked_fill(same & ~self._torch.eye(len(rows), dtype=self._torch.bool), -1e4)
        at = self._torch.arange(len(rows))
        contrast = functional.cross_entropy(similar, at) + functional.cross_entropy(similar.T, at)
        return self._recipe.teacher_weight * away.mean() + 0.5 * contrast

    def own_loss(self, own: _Own) -> Any:
        """Supervised contrastive loss: same need attracts, same category is left out, everything else repels."""
        rows = self._rng.integers(len(own.need), size=self._recipe.own_batch)
        vectors = self._embed(own.bags, rows)
        same_need = self._torch.from_numpy(own.need[rows][:, None] == own.need[rows][None, :])
        same_category = self._torch.from_numpy(own.category[rows][:, None] == own.category[rows][None, :])
        itself = self._torch.eye(len(rows), dtype=self._torch.bool)
        similar = (vectors @ vectors.T) / self._recipe.own_temperature
        similar = similar.masked_fill(itself | (same_category & ~same_need), -1e4)
        log_p = similar - self._torch.logsumexp(similar, dim=1, keepdim=True)
        friends = (same_need & ~itself).float()
        return -(log_p * friends).sum(1).div(friends.sum(1).clamp(min=1)).mean()

    def weights(self) -> NDArray[np.float32]:
        return np.asarray(self._bag.weight.detach().numpy(), dtype=np.float32)

    def _embed(self, bags: TokenBags, rows: NDArray[np.int64]) -> Any:
        tokens, offsets = bags.batch(rows, dropout=self._recipe.token_dropout, rng=self._rng)
        summed = self._bag(self._torch.from_numpy(tokens), self._torch.from_numpy(offsets))
        return self._torch.nn.functional.normalize(summed)


def _reduced(vectors: NDArray[np.float16], dim: int) -> NDArray[np.float32]:
    """Return the teacher's vectors on their first `dim` principal axes, of unit length."""
    full = vectors.astype(np.float32)
    full -= full.mean(axis=0)
    _, axes = np.linalg.eigh(full[:: max(1, len(full) // 50_000)].T @ full[:: max(1, len(full) // 50_000)])
    reduced = full @ axes[:, ::-1][:, :dim]
    return np.asarray(reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _vocabulary_text(pairs: list[Pair], questions: list[Question], rng: random.Random) -> list[str]:
    sample = rng.sample(pairs, min(150_000, len(pairs)))
    texts = [p.other for p in sample] + [p.english for p in sample[: len(sample) // 6]]
    texts += [carelessly(p.other, p.language, rng) for p in sample[: len(sample) // 5]]
    for q in questions:
        texts += [q.text, carelessly(q.text, q.language, rng)]
    return texts


def _sometimes_careless(text: str, language: str, rng: random.Random) -> str:
    return carelessly(text, language, rng) if rng.random() < 0.25 else text
