"""Rasa's graph component that takes over what the gateway understood: corrects the intent and turns the rest into entities."""

# ruff: noqa: ARG003  # Rasa gives the arguments of create and load

from __future__ import annotations

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components import rasa_without_settings
from bot.decisions import decide, entities_of, entities_of_button, read_understood, weighed

_BUTTON = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?", re.DOTALL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class UnderstoodReader(GraphComponent):  # type: ignore[misc]  # Rasa lives in an environment of its own
    """Reads `metadata.language` and `metadata.understood` of each message (docs/dialogue.md)."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UnderstoodReader:
        """Return the component; it has no state."""
        rasa_without_settings.arrange()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Correct each message's intent and add its entities."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            metadata = message.get(METADATA) or {}
            button = _BUTTON.fullmatch(text.strip())
            if button:
                # Rasa reads a button's intent and entities from the text alone, later on: ours must stand there too.
                message.set(TEXT, _with_entities(button, metadata))
                continue
            understood = read_understood(metadata)
            ranking = weighed(message.get(INTENT_RANKING_KEY) or [], understood)
            intent = decide(ranking[0] if ranking else {}, text, understood)
            message.set(INTENT, intent, add_to_output=True)
            found = entities_of(str(intent["name"]), text, understood)
            message.set(ENTITIES, [_entity(name, value) for name, value in found.items()], add_to_output=True)
        return messages


def _entity(name: str, value: object) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": UnderstoodReader.__name__}


def _with_entities(button: re.Match[str], metadata: dict[str, Any]) -> str:
    try:
        given = json.loads(button["entities"] or "{}")
    except ValueError:
        return button[0]
    return f"/{button['intent']}" + json.dumps(
        {**entities_of_button(button["intent"], metadata.get("language")), **given}
    )
