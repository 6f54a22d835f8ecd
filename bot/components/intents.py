"""Which intent a message has: Rasa's graph component around the intent model."""

# ruff: noqa: ARG003  # Rasa gives the arguments of create and load

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import bot.intent_model
import knowledge.linear
import knowledge.ngrams
import knowledge.text
from bot.intent_model import IntentModel, train_intents
from knowledge.encoder import StaticEncoder
from knowledge.linear import LinearModel
from knowledge.settings import SHIPPED_ENCODER

_FILE = "intents.npz"
_RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):  # type: ignore[misc]  # Rasa lives in an environment of its own
    """Learns intents from the NLU examples and gives each message the likeliest one."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the hash of what the model is made with: part of the key in Rasa's training cache."""
        return {"made_with": _made_with()}

    def __init__(self, storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._encoder = StaticEncoder(SHIPPED_ENCODER)
        self._model = IntentModel(model, self._encoder) if model else None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Return an untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Return the trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, LinearModel.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all NLU examples and keep the model."""
        lines = [(str(example.get(TEXT)), str(example.get(INTENT))) for example in training_data.intent_examples]
        model = train_intents(lines, self._encoder)
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its intent and the ranking of the next likeliest."""
        assert self._model is not None, "Rasa processes messages only with a loaded model"
        for message in messages:
            ranking = [
                {"name": intent, "confidence": confidence}
                for intent, confidence in self._model.rank(str(message.get(TEXT) or ""))[:_RANKED]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _made_with() -> str:
    digest = hashlib.sha256()
    for module in (bot.intent_model, knowledge.linear, knowledge.ngrams, knowledge.text):
        digest.update(Path(str(module.__file__)).read_bytes())
    for name in ("model.safetensors", "tokenizer.json"):
        digest.update((SHIPPED_ENCODER / name).read_bytes())
    return digest.hexdigest()[:16]
