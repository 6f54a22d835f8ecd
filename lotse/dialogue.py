"""Trains the dialogue model in Rasa's own environment, when its inputs have changed."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from knowledge import KnowledgeError, Settings
from knowledge.settings import ROOT, SHIPPED_ENCODER
from knowledge.taxonomy import UNRELATED
from knowledge.training.questions import FOLDER as QUESTIONS
from knowledge.training.questions import Question, read_questions, without_repeats

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
RASA_ENVIRONMENT = {
    "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONUNBUFFERED": "1",
}  # fmt: skip

# One question in five teaches what a request sounds like; all of them would drown the other intents.
_SHARE_PERCENT = 22
# libyaml is ten times as fast, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STEP = "Starting to train component "
_MODEL = "model.tar.gz"


class DialogueTrainingError(KnowledgeError):
    """The dialogue model cannot be trained; the message says why."""


def dialogue_model(settings: Settings) -> Path:
    """Return where the trained dialogue model lies."""
    return settings.data_dir / "dialogue" / _MODEL


def ensure_dialogue_model(settings: Settings, progress: Callable[[str], None]) -> Path:
    """Train the dialogue model unless it was made from the present inputs, and return it.

    Args:
        progress: Called with one line at every step of a training; never for a model that is up to date.

    Raises:
        DialogueTrainingError: Rasa's environment is missing, or the training failed.
    """
    model, key = dialogue_model(settings), key_of_inputs()
    stamp = model.with_suffix(".key")
    if model.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == key:
        return model
    if not RASA_PYTHON.exists():
        raise DialogueTrainingError("Rasa's environment .venv-rasa is missing; build it with `make setup`")
    model.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    progress("training the dialogue model, about a minute")
    with tempfile.TemporaryDirectory(dir=model.parent) as folder:
        examples = write_requests(Path(folder) / "requests.yml")
        _train(Path(folder), examples, progress)
        stamp.unlink(missing_ok=True)
        (Path(folder) / _MODEL).replace(model)
    stamp.write_text(key, encoding="utf-8")
    progress(f"the dialogue model is ready ({time.monotonic() - began:.0f} s)")
    return model


def write_requests(path: Path) -> Path:
    """Write NLU examples of requests, and of what no family service answers, sampled from the authored questions.

    What stands among the examples of another intent is left out: Rasa wants each text under one.
    """
    intents: dict[str, list[str]] = {"find_services": [], "out_of_scope": []}
    taken = {example.text.casefold() for example in examples()}
    for question in without_repeats(read_questions()):
        if question.text.casefold() in taken:
            continue
        if question.need == UNRELATED:
            intents["out_of_scope"].append(question.text)
        elif _is_sampled(question):
            intents["find_services"].append(question.text)
    nlu = [{"intent": intent, "examples": _listed(texts)} for intent, texts in intents.items()]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000), encoding="utf-8")
    return path


class Example(NamedTuple):
    """One line of the NLU examples."""

    intent: str
    text: str
    language: str


def examples() -> Iterator[Example]:
    """Yield the NLU examples, topic by topic and language by language."""
    for path in sorted((ROOT / "bot" / "data" / "nlu").glob("*/*.yml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in entry["examples"].splitlines())
            yield from (Example(entry["intent"], line, path.stem) for line in lines if line)


def inputs() -> list[Path]:
    """Return the files that the dialogue model is made from, in a fixed order."""
    listed = [
        ROOT / "config.yml",
        *(ROOT / "bot").rglob("*.yml"),
        *(ROOT / "bot").rglob("*.py"),
        *QUESTIONS.glob("*.txt"),
    ]
    shared = [ROOT / "knowledge" / f"{name}.py" for name in ("linear", "ngrams", "text")]
    encoder = [SHIPPED_ENCODER / name for name in ("model.safetensors", "tokenizer.json")]
    untrained = {ROOT / "bot" / "endpoints.yml", ROOT / "bot" / "credentials.yml"}
    return sorted({*listed, *shared, *encoder, Path(__file__)} - untrained)


def _train(folder: Path, examples: Path, progress: Callable[[str], None]) -> None:
    command = [
        str(RASA_PYTHON), "-m", "rasa", "train", "--config", str(ROOT / "config.yml"), "--domain", str(ROOT / "bot" / "domain"),
        "--data", str(ROOT / "bot" / "data"), str(examples), "--out", str(folder), "--fixed-model-name", _MODEL.partition(".")[0],
        "--skip-validation",  # the tests validate; here it would only cost time
    ]  # fmt: skip
    # Rasa keeps what it trained in a cache of its own; beside the model, it spares the intents when only replies changed.
    environment = {**os.environ, **RASA_ENVIRONMENT, "RASA_CACHE_DIRECTORY": str(folder.parent / "cache")}
    told: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told.append(line.strip())
            if _STEP in line:
                progress(f"training {line.partition(_STEP)[2].strip(chr(39) + '.' + chr(10))}")
    if process.returncode or not (folder / _MODEL).exists():
        raise DialogueTrainingError(f"training the dialogue model failed: {_reason(told)}")


def _is_sampled(question: Question) -> bool:
    return not question.held_back and zlib.crc32(b"request" + question.text.encode()) % 100 < _SHARE_PERCENT


def _listed(texts: Iterable[str]) -> str:
    # Rasa would read [words](entity) in an example as markup.
    return "".join(f"- {text.replace('[', '(').replace(']', ')')}\n" for text in texts)


def _reason(told: list[str]) -> str:
    if shutil.disk_usage(ROOT).free < 10**8:
        return "the disk is full; free some space"
    # Rasa's errors end in a hint to its documentation; the cause stands in the lines before.
    said = [line for line in told if line and "Warning" not in line and "Processed" not in line]
    return " ".join(said[-4:]) or "Rasa said nothing"


def key_of_inputs() -> str:
    """Return a hash of everything that the dialogue model is made from."""
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
