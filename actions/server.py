"""The action server: wires the actions to the knowledge base and answers Rasa on this machine only."""

import logging
import traceback
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from sanic import Sanic

from actions.action import LotseAction
from actions.change_language import ActionChangeLanguage
from actions.find_services import (
    ActionAskPlace,
    ActionAskRequest,
    ActionFindServices,
    ActionMoreResults,
    ActionStartOver,
)
from actions.leave_question import (
    ActionAskConsent,
    ActionAskContact,
    ActionAskQuestion,
    ActionLeaveQuestion,
    ValidateLeaveQuestionForm,
)
from actions.offering_details import ActionOfferingDetails
from actions.small_talk import ActionDeleteConversation
from actions.talk_to_person import ActionTalkToPerson
from knowledge import Knowledge

_log = logging.getLogger(__name__)
_NOTHING = ActionExecutorRunResult(events=[], responses=[])

ACTIONS: tuple[type[LotseAction], ...] = (
    ActionAskPlace,
    ActionAskRequest,
    ActionFindServices,
    ActionMoreResults,
    ActionStartOver,
    ActionOfferingDetails,
    ActionChangeLanguage,
    ActionTalkToPerson,
    ActionAskConsent,
    ActionAskQuestion,
    ActionAskContact,
    ValidateLeaveQuestionForm,
    ActionLeaveQuestion,
    ActionDeleteConversation,
)


class Executor(ActionExecutor):  # type: ignore[misc]  # the SDK has no types
    """Runs actions; one that fails says nothing, and the gateway answers the parent from its own search."""

    async def run(self, action_call: dict[str, Any], *args: Any, **kwargs: Any) -> ActionExecutorRunResult | None:
        """Run an action. A failure is logged without its message, which may hold a parent's words."""
        try:
            return await super().run(action_call, *args, **kwargs)
        except Exception as error:
            frames = "".join(traceback.format_tb(error.__traceback__))
            _log.error("%s failed: %s\n%s", action_call.get("next_action"), type(error).__name__, frames)
            return _NOTHING

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:  # noqa: ARG002
        """Return an empty domain: the actions need none, and Rasa sends none (bot/endpoints.yml)."""
        return {}


def create_server(knowledge: Knowledge) -> Sanic[Any, Any]:
    """Return the action server's app over a knowledge base."""
    app: Sanic[Any, Any] = create_app(create_executor(knowledge))
    return app


def create_executor(knowledge: Knowledge) -> Executor:
    """Return an executor of all actions."""
    executor = Executor()
    for action in ACTIONS:
        executor.register_action(action(knowledge))
    return executor
