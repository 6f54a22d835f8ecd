"""What Rasa 3.6 has no settings for: how long it waits for an action server, and how it checks what that one answers."""

from typing import Any

import rasa.core.actions.action
import rasa.utils.endpoints
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # of Rasa's environment
from rasa.core.actions.action import RemoteAction

ACTION_TIMEOUT_S = 3
_ANSWER = Draft7Validator(RemoteAction.action_response_format_spec())


def arrange() -> None:
    """Arrange this process for the dialogue.

    A hung action server would hold a conversation for 300 s; the gateway has answered the parent by itself long before. And
    Rasa checks the schema of an action's answer anew at each answer, which costs more than the whole search.
    """
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
    rasa.utils.endpoints.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
    RemoteAction._validate_action_result = _is_valid


def _is_valid(_action: RemoteAction, answer: dict[str, Any]) -> bool:
    _ANSWER.validate(answer)
    return True
