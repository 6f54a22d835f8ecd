"""Rasa waits up to 300 s for an action server that hangs, holds the conversation meanwhile, and has no setting for it."""

import rasa.core.actions.action
import rasa.utils.endpoints

ACTION_TIMEOUT_S = 3


def shorten() -> None:
    """Have this process wait only briefly for actions; the gateway has answered the parent by itself before."""
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
    rasa.utils.endpoints.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
