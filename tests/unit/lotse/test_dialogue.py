from pathlib import Path

import pytest
import yaml

from knowledge import Settings, read_settings
from knowledge.training.questions import read_questions
from lotse import dialogue
from lotse.dialogue import DialogueTrainingError, dialogue_model, ensure_dialogue_model, inputs, write_requests


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"LOTSE_DATA_DIR": str(tmp_path)})


def fail(*_: object) -> None:
    raise AssertionError("nothing is to be trained")


def trained(settings: Settings, key: str) -> Path:
    model = dialogue_model(settings)
    model.parent.mkdir(parents=True)
    model.write_bytes(b"a model")
    model.with_suffix(".key").write_text(key, encoding="utf-8")
    return model


def test_a_model_of_the_present_inputs_is_not_trained_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogue, "_train", fail)
    model = trained(settings, dialogue.key_of_inputs())
    assert ensure_dialogue_model(settings, fail) == model


def test_a_model_of_other_inputs_is_replaced(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue, "_train", lambda folder, *_: (folder / "model.tar.gz").write_bytes(b"a new model"))
    monkeypatch.setattr(dialogue, "RASA_PYTHON", Path(__file__))
    trained(settings, "of other inputs")
    told: list[str] = []
    assert ensure_dialogue_model(settings, told.append).read_bytes() == b"a new model"
    assert dialogue_model(settings).with_suffix(".key").read_text(encoding="utf-8") == dialogue.key_of_inputs()
    assert told[0] == "training the dialogue model, about a minute"


def test_a_training_that_fails_keeps_the_model_before(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DialogueTrainingError("no memory")

    monkeypatch.setattr(dialogue, "_train", broken)
    monkeypatch.setattr(dialogue, "RASA_PYTHON", Path(__file__))
    model = trained(settings, "of other inputs")
    with pytest.raises(DialogueTrainingError, match="no memory"):
        ensure_dialogue_model(settings, lambda line: None)
    assert model.read_bytes() == b"a model"


def test_without_rasas_environment_the_next_step_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue, "RASA_PYTHON", settings.data_dir / "missing")
    with pytest.raises(DialogueTrainingError, match="make setup"):
        ensure_dialogue_model(settings, fail)


def test_requests_are_sampled_and_leave_out_what_is_held_back(tmp_path: Path) -> None:
    content = yaml.safe_load(write_requests(tmp_path / "requests.yml").read_text(encoding="utf-8"))
    written = {entry["intent"]: entry["examples"].splitlines() for entry in content["nlu"]}
    questions = read_questions()
    assert 0.15 < len(written["find_services"]) / len(questions) < 0.35
    held_back = {f"- {question.text}" for question in questions if question.held_back and question.need != "unrelated"}
    assert held_back
    assert not held_back & set(written["find_services"])
    assert len(written["out_of_scope"]) > 100


def test_the_inputs_are_what_the_model_learns_from() -> None:
    names = {path.name for path in inputs()}
    assert {"config.yml", "linear.py", "ngrams.py", "decisions.py", "model.safetensors", "de.yml", "de.txt"} <= names
    assert not {"endpoints.yml", "credentials.yml"} & names
