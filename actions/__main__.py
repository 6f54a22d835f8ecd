"""Starts the action server: `python -m actions --port 5055`."""

import argparse
import logging

from actions.server import create_server
from knowledge import KnowledgeError, open_knowledge, read_settings

_log = logging.getLogger("actions")


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m actions", description="The action server of the dialogue.")
    parser.add_argument("--port", type=int, default=5055)
    port = parser.parse_args().port
    logging.basicConfig(level=logging.WARNING)
    knowledge = open_knowledge(read_settings())
    try:
        knowledge.warm_up()
    except KnowledgeError as error:
        _log.error("the search is not ready: %s; actions stay silent until it is", error)
    # rasa_sdk's own way of starting binds to all addresses and keeps a second process.
    create_server(knowledge).run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
