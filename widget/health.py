"""GET /healthz: the process lives. GET /readyz: it can answer parents; Rasa's state is told, but does not decide."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, jsonify

from knowledge import Knowledge, Query
from widget.conversation.assistant import Assistant
from widget.wiring import wired_gateway

health = Blueprint("health", __name__)
_log = logging.getLogger(__name__)


@health.get("/healthz")
def alive() -> Response:
    """Tell that the process lives."""
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """Tell whether store, models, places and index can be used; 503 names what cannot."""
    gateway = wired_gateway()
    faults = faults_of(gateway.knowledge)
    assistant: Assistant = gateway.assistant
    status = "not ready" if faults else "ready"
    return jsonify(status=status, faults=faults, assistant=assistant.state()), 503 if faults else 200


def faults_of(knowledge: Knowledge) -> dict[str, str]:
    """Return part -> what kind of fault keeps it from being used; the log says more."""
    checks: dict[str, Callable[[], object]] = {
        "store": lambda: knowledge.store.generation(),  # noqa: PLW0108  # opening the store may fail, too
        "language model": lambda: knowledge.identifier.identify("Guten Tag", default="de"),
        "search": lambda: knowledge.search(Query(text="Kita", near="06366", limit=1)),
    }
    faults = {}
    for part, check in checks.items():
        try:
            check()
        except Exception as error:
            _log.warning("%s is not usable: %s: %s", part, type(error).__name__, error)
            faults[part] = type(error).__name__
    return faults
