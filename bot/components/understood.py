"""Rasa's graph component that takes over what the gateway understood: corrects the intent and turns the rest into entities."""

# ruff: noqa: ARG003  # Rasa gives the arguments of create and load

from __future__ import annotations

import json
import re
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components import rasa_without_settings
from bot.decisions import Understood, decide, entities_of, entities_of_button, language_of, read_understood, weighed
from bot.question_form import CONSENT, FORM, answer_amid_question, intent_amid_question

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

    def process(self, messages: list[Message], tracker: Optional[DialogueStateTracker] = None) -> list[Message]:
        """Correct each message's intent and add its entities; while a question is left, as answers to its form."""
        step = _open_step(tracker)
        for message in messages:
            text = str(message.get(TEXT) or "")
            metadata = message.get(METADATA) or {}
            button = _BUTTON.fullmatch(text.strip())
            if button:
                # Rasa reads a button's intent and entities from the text alone, later on: ours must stand there too.
                message.set(TEXT, _with_entities(button, metadata, step))
                continue
            understood = read_understood(metadata)
            ranking = weighed(message.get(INTENT_RANKING_KEY) or [], understood)
            intent = decide(ranking[0] if ranking else {}, text, understood)
            if step is not None:
                intent = intent_amid_question(step, intent, text, understood)
            message.set(INTENT, intent, add_to_output=True)
            found = _entities(str(intent["name"]), text, understood, step)
            message.set(ENTITIES, [_entity(name, value) for name, value in found.items()], add_to_output=True)
        return messages


def _open_step(tracker: Optional[DialogueStateTracker]) -> Optional[str]:
    """Return what the form for leaving a question has asked for last, None outside of it."""
    if tracker is None or tracker.active_loop_name != FORM:
        return None
    step = tracker.get_slot(REQUESTED_SLOT)
    return str(step) if step else None


def _entities(intent: str, text: str, understood: Understood, step: Optional[str]) -> dict[str, Any]:
    if step is None:
        return entities_of(intent, text, understood)
    # What is told to people is no search: a place or a need in it stays there.
    found = entities_of(intent, text, understood) if step == CONSENT else language_of(intent, text, understood)
    return {**found, **answer_amid_question(step, intent, text)}


def _entity(name: str, value: object) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": UnderstoodReader.__name__}


def _with_entities(button: re.Match[str], metadata: dict[str, Any], step: Optional[str]) -> str:
    try:
        given = json.loads(button["entities"] or "{}")
    except ValueError:
        return button[0]
    intent = button["intent"]
    answer = answer_amid_question(step, intent, None) if step else {}
    return f"/{intent}" + json.dumps({**entities_of_button(intent, metadata.get("language")), **answer, **given})
