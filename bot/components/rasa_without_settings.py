"""What Rasa 3.6 has no settings for: how long it waits for an action server, and two detours that cost more than a search."""

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import rasa.core.actions.action
import rasa.engine.runner.dask
import rasa.utils.endpoints
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException

ACTION_TIMEOUT_S = 3


def arrange() -> None:
    """Arrange this process for the dialogue.

    A hung action server would hold a conversation for 300 s; the gateway has answered the parent by itself long before. Rasa
    checks the JSON schema of an action's answer anew at each answer, and plans its graph of components for parallel work
    at each step, although that work is then done one after the other.
    """
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
    rasa.utils.endpoints.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
    RemoteAction._validate_action_result = _is_answer
    rasa.engine.runner.dask.dask = SimpleNamespace(get=run_in_order)


def run_in_order(graph: Mapping[str, Sequence[Any]], targets: Sequence[str]) -> list[tuple[str, Any]]:
    """Return the outputs of some nodes, as `dask.get` does: each node runs once, after those it needs.

    Args:
        graph: Node name -> (component, names of the nodes it needs), or input name -> (its name, its value).
        targets: The names of the nodes wanted.
    """
    outputs: dict[str, tuple[str, Any]] = {}

    def output(name: str) -> Any:
        if name not in graph:
            return name  # an input that was not given; the component says so
        if name not in outputs:
            first, *rest = graph[name]
            node: Callable[..., tuple[str, Any]] | None = first if callable(first) else None
            outputs[name] = node(*map(output, rest)) if node else (first, *rest)
        return outputs[name]

    return [output(name) for name in targets]


def _is_answer(_action: RemoteAction, answer: Any) -> bool:
    lists = [answer.get("events", []), answer.get("responses", [])] if isinstance(answer, dict) else [None]
    if not all(isinstance(one, list) and all(isinstance(item, dict) for item in one) for one in lists):
        raise RasaException("the action server's answer is none: a JSON object with lists of events and responses")
    return True
